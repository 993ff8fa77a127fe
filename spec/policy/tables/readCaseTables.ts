import { readdirSync, readFileSync } from "node:fs";
import type { CaseTable } from "./CaseTable.js";

/** Every table of this folder, in the order of their names. */
export function readCaseTables(): CaseTable[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(`${import.meta.dirname}/${name}`, "utf8")) as CaseTable);
}
