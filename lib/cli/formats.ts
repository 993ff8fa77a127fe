import { CliError } from "./CliError.js";

/** What a diagnosis can be printed as. */
export const formats = ["text", "json", "junit", "sarif", "html", "markdown", "github"] as const;

export type Format = (typeof formats)[number];

/** @throws CliError where it is none of these */
export function checkedFormat(format: string): Format;
export function checkedFormat<Known extends Format>(format: string, known: readonly Known[]): Known;
export function checkedFormat(format: string, known: readonly Format[] = formats): Format {
  const found = known.find((one) => one === format);
  if (found !== undefined) return found;
  throw new CliError(`--format ${format}: expected one of ${known.join(", ")}`);
}
