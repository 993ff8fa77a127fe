/**
 * Milliseconds since 1970 of an ISO 8601 time, with or without time and zone, or of epoch seconds; null for others
 * (aws-behaviour, condition-dates).
 */
export function timeOf(text: string): number | null {
  if (/^[+-]?\d{5,}$/.test(text)) return Number(text) * 1000;
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  if (parts === null) return null;
  const [, day = "", time = "00:00", zone = "Z"] = parts;
  const milliseconds = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}
