/**
 * A decimal number of any precision, as `0.DIGITS * 10^exponent`. Digits are compared as text, so that neither a long
 * number nor a large exponent costs more than reading it.
 */
export interface Decimal {
  sign: -1 | 0 | 1;
  exponent: number;
  /** Without leading and trailing zeros. */
  digits: string;
}

/** The exponents that a 32-bit integer holds; what lies beyond is taken for no number. */
const largestExponent = 2 ** 31;

/** Reads `01`, `+1`, `1.`, `.5` and `1e0`; null for what is no number, NaN and Infinity among it. */
export function parseDecimal(text: string): Decimal | null {
  const found = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (found === null) return null;
  const [, sign, whole = "", fraction = "", power = "0"] = found;
  const scale = Number(power);
  if (Math.abs(scale) >= largestExponent) return null;
  const written = whole + fraction;
  const leading = countZeros(written, 0, 1);
  if (leading === written.length) return { sign: 0, exponent: 0, digits: "" };
  const trailing = countZeros(written, written.length - 1, -1);
  return {
    sign: sign === "-" ? -1 : 1,
    exponent: whole.length - leading + scale,
    digits: written.slice(leading, written.length - trailing),
  };
}

function countZeros(digits: string, from: number, step: 1 | -1): number {
  let count = 0;
  while (digits[from + count * step] === "0") count += 1;
  return count;
}

/** Below zero where a < b, zero where they are equal, above zero where a > b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.exponent !== b.exponent) return (a.exponent - b.exponent) * a.sign;
  return (a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0) * a.sign;
}
