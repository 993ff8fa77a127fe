const iso =
  /^(-?\d+)(?:-(\d+)(?:-(\d+))?)?(?:t(?:(\d+)(?::(\d+)(?::(\d+)(?:\.(\d+))?)?)?(?:z|[+-](\d\d)(?::?(\d\d))?)?)?)?$/i;
const mostSeconds = 9_223_372_036_854_775_807n;

/**
 * Whether IAM takes a text for a date: seconds since 1970, or a beginning of an ISO 8601 time, however odd.
 *
 * @see aws-behaviour, policy-refused
 */
export function isPolicyDate(text: string): boolean {
  if (/^\d+$/.test(text)) return BigInt(text) <= mostSeconds;
  const parts = iso.exec(text);
  if (parts === null) return false;
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0, fraction = 0, zone = 0, zoneMinutes = 0] =
    parts.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  return (
    year >= -292_275_054 &&
    year <= 292_278_993 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hours <= 23 &&
    minutes <= 59 &&
    seconds <= 59 &&
    fraction <= 999_999_999 &&
    zone <= 23 &&
    zoneMinutes <= 59
  );
}
