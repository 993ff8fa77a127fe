import { readdirSync, readFileSync } from "node:fs";
import type { CaseTable } from "./CaseTable.js";

/** Every table of a folder, in the order of their names. */
export function readTables(folder: string): CaseTable[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as CaseTable);
}
