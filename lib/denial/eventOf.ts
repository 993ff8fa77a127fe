import { trailColumns } from "../facts/denials.js";
import { vaultName } from "../facts/names.js";

/** A table's column as CloudTrail calls what it holds; null where it is none of an event. */
export function columnOf(name: string): string | null {
  return trailColumns.get(name.toLowerCase().replace(/[^a-z]/g, "")) ?? null;
}

/** A row of a table of events as CloudTrail writes the event, as far as the table has it. */
export function eventOf(row: readonly (readonly [column: string, cell: string])[]): object {
  const told = row.flatMap(([column, text]): [string, unknown][] => {
    const name = columnOf(column);
    const cell = text.trim().replace(/^`+|`+$/g, "");
    if (name === null || cell === "") return [];
    if (name === "arn") return [["userIdentity", { arn: cell }]];
    return [[name, structure(cell) ?? cell]];
  });
  const { recipientAccountId, resourceName, ...event } = Object.fromEntries(told);
  // A key's owner gets an event, too, where another account's call is refused on it.
  const isCallers = event.eventSource === "backup.amazonaws.com" && recipientAccountId !== undefined;
  // The console's table has the vault's name, or its ARN, as the event's resource.
  const name = typeof resourceName === "string" ? resourceName.replace(/^.*:backup-vault:/, "") : "";
  const isVault = event.eventName === "CreateBackupVault" && vaultName.test(name);
  return {
    ...(isCallers && { callerAccount: recipientAccountId }),
    ...event,
    ...(isVault && { backupVaultName: name }),
  };
}

/** `{name=value, name={name=value}}`, as Athena prints what has parts, with all its parts beside each other. */
function structure(cell: string): Record<string, string> | null {
  if (!/^\{[\w:-]{1,60}=/.test(cell)) return null;
  const parts = cell.split(/[{}]|, (?=[\w:-]{1,60}=)/).map((part) => /^([\w:-]{1,60})=(.*)$/s.exec(part));
  // Of two parts of one name the outer one comes first.
  return Object.fromEntries(parts.flatMap((part) => (part === null ? [] : [[part[1], part[2] ?? ""]])).reverse());
}
