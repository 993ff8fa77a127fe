const epochSeconds = /^\+?(\d+)(?:\.(\d+))?$/;
const isoDate =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)?(Z|[+-][01]\d:?[0-5]\d)?)?)?$/;

/**
 * Reads a date as condition operators do: ISO 8601 (W3C) with or without time and zone, or epoch seconds, also with a
 * leading plus; to the millisecond, what is finer is cut off. Four digits are a year.
 *
 * @returns epoch milliseconds (Infinity where they are more than a number holds), or null for what is no date
 */
export function epochMilliseconds(text: string): number | null {
  const iso = isoDate.exec(text);
  if (iso !== null) return ofIsoDate(iso);
  const epoch = epochSeconds.exec(text);
  return epoch === null ? null : Number(`${epoch[1]}${milliseconds(epoch[2])}`);
}

function ofIsoDate([
  ,
  year,
  month = "01",
  day = "01",
  hour = "00",
  minute = "00",
  second = "00",
  fraction,
  zone = "Z",
]: RegExpExecArray): number | null {
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = Date.parse(`${written}.${milliseconds(fraction)}Z`);
  // Date rolls February 30 over into March; it is no date.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, written.length) !== written) return null;
  return zone === "Z" ? time : time - minutesOf(zone) * 60_000;
}

function milliseconds(fraction = ""): string {
  return fraction.slice(0, 3).padEnd(3, "0");
}

function minutesOf(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}
