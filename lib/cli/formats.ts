import { CliError } from "./CliError.js";

/** The formats that this version prints; the contract names more. */
export const formats = ["text", "json", "junit", "github"] as const;

export type Format = (typeof formats)[number];

/** @throws CliError where it is none of these */
export function checkedFormat(format: string): Format;
export function checkedFormat<Known extends Format>(format: string, known: readonly Known[]): Known;
export function checkedFormat(format: string, known: readonly Format[] = formats): Format {
  const found = known.find((one) => one === format);
  if (found !== undefined) return found;
  throw new CliError(`--format ${format}: expected one of ${known.join(", ")} (this version prints no other here)`);
}
