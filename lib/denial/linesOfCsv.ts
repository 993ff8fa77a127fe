import { trailColumns, trailTable } from "../facts/denials.js";
import { vaultName } from "../facts/names.js";
import { type CleanLine, cleanLines } from "./cleanLines.js";
import { csvRows } from "./csvRows.js";
import { linesOfValue } from "./linesOfJson.js";

/**
 * A text that holds a table of CloudTrail's events, as the console downloads it, as Athena and CloudTrail Lake give it, and
 * as terminals and Markdown draw it, as lines "name: value": each row is a report of its own. Null where it holds none.
 */
export function linesOfCsv(text: string): CleanLine[] | null {
  for (const { index, 0: line } of text.matchAll(trailTable)) {
    const separator = [",", ";", "\t", "|"].find((one) => line.includes(one));
    if (separator === undefined) continue;
    const [names = []] = csvRows(line, separator);
    const columns = names.map((name) => trailColumns.get(name.toLowerCase().replace(/[^a-z]/g, "")));
    if (!columns.includes("eventName") || !columns.some((name) => name?.startsWith("error") === true)) continue;
    const rows = csvRows(text.slice(index + line.length), separator);
    return [...cleanLines(text.slice(0, index)), ...linesOfValue(rows.map((row) => eventOf(columns, row)))];
  }
  return null;
}

/** A row as CloudTrail writes the event, as far as the table has it. */
function eventOf(columns: readonly (string | undefined)[], row: readonly string[]): object {
  const told = columns.flatMap((name, at): [string, unknown][] => {
    const cell = row[at]?.trim() ?? "";
    if (name === undefined || cell === "") return [];
    if (name === "arn") return [["userIdentity", { arn: cell }]];
    return [[name, structure(cell) ?? cell]];
  });
  const { recipientAccountId, resourceName, ...event } = Object.fromEntries(told);
  // A key's owner gets an event, too, where another account's call is refused on it.
  const isCallers = event.eventSource === "backup.amazonaws.com" && recipientAccountId !== undefined;
  // The console's table has the vault's name, or its ARN, as the event's resource.
  const name = typeof resourceName === "string" ? resourceName.replace(/^.*:backup-vault:/, "") : "";
  const isVault = event.eventName === "CreateBackupVault" && vaultName.test(name);
  const vault = isVault ? { backupVaultName: name } : {};
  return isCallers ? { callerAccount: recipientAccountId, ...event, ...vault } : { ...event, ...vault };
}

/** `{name=value, name={name=value}}`, as Athena prints what has parts, with all its parts beside each other. */
function structure(cell: string): Record<string, string> | null {
  if (!/^\{\w{1,60}=/.test(cell)) return null;
  const parts = cell.split(/[{}]|, (?=\w{1,60}=)/).map((part) => /^(\w{1,60})=(.*)$/s.exec(part));
  // Of two parts of one name the outer one comes first.
  return Object.fromEntries(parts.flatMap((part) => (part === null ? [] : [[part[1], part[2] ?? ""]])).reverse());
}
