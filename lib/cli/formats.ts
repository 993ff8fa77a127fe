import { CliError } from "./CliError.js";

/** The formats that this version prints; the contract names more. */
export const formats = ["text", "json"] as const;

export type Format = (typeof formats)[number];

export function checkedFormat(format: string): Format {
  const known = formats.find((one) => one === format);
  if (known !== undefined) return known;
  throw new CliError(`--format ${format}: expected ${formats.join(" or ")} (this version prints no other)`);
}
