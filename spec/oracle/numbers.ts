/**
 * A decimal as a whole number of 10^-30, exact far beyond a double; null for what is no number (aws-behaviour,
 * condition-numbers).
 */
export function numberOf(text: string): bigint | null {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text);
  if (parts === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  if (whole === "" && fraction === "") return null;
  const shift = 30 - fraction.length + Number(exponent);
  if (shift < 0) return null;
  const size = BigInt(whole + fraction) * 10n ** BigInt(shift);
  return sign === "-" ? -size : size;
}
