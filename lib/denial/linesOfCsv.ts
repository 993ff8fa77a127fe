import { expandedRow, trailTable } from "../facts/denials.js";
import { type CleanLine, cleanLines } from "./cleanLines.js";
import { csvRows } from "./csvRows.js";
import { columnOf, eventOf } from "./eventOf.js";
import { linesOfValue } from "./linesOfJson.js";

/**
 * A text that holds a table of CloudTrail's events, as the console downloads it, as Athena and CloudTrail Lake give it, and
 * as terminals and Markdown draw it, as lines "name: value": each row is a report of its own. Null where it holds none.
 */
export function linesOfCsv(text: string): CleanLine[] | null {
  const [before = "", ...expanded] = text.split(expandedRow);
  const records = expanded.map(cellsOf);
  if (records.some((cells) => cells.some(([name]) => columnOf(name) === "eventName"))) {
    return [...cleanLines(before), ...linesOfValue(records.map(eventOf))];
  }
  for (const { index, 0: line } of text.matchAll(trailTable)) {
    const separator = [",", ";", "\t", "|"].find((one) => line.includes(one));
    if (separator === undefined) continue;
    const [names = []] = csvRows(line, separator);
    const columns = names.map(columnOf);
    if (!columns.includes("eventName") || !columns.some((name) => name?.startsWith("error") === true)) continue;
    const rows = csvRows(text.slice(index + line.length).replace(/\\"(?!")/g, '""'), separator);
    const events = rows.map((row) => eventOf(names.map((name, at) => [name, row[at] ?? ""])));
    return [...cleanLines(text.slice(0, index)), ...linesOfValue(events)];
  }
  return null;
}

/** A row that stands upright, a cell a line; what has no name goes on with the cell above. */
function cellsOf(text: string): [string, string][] {
  const cells: [string, string][] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name = "", sign = "", cell = line] = /^ {0,60}(\w{0,60}) {0,60}([|:])(?: (.*))?$/.exec(line) ?? [];
    const above = cells.at(-1);
    if (name !== "") cells.push([name, cell]);
    else if (above !== undefined) above[1] = `${above[1].replace(/ *\+$/, "")}${sign === "" ? "" : "\n"}${cell}`;
  }
  return cells;
}
