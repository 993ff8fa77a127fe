import { createHash } from "node:crypto";
import { relative } from "node:path";
import type { Mutant } from "./listMutants.js";

/** A short name of a mutant: the same in the process that draws the sample and in the one that holds the checker. */
export function mutantKey({ fileName, location: { start, end }, mutatorName, replacement }: Mutant): string {
  const place = [start.line, start.column, end.line, end.column];
  const text = JSON.stringify([relative(process.cwd(), fileName), place, mutatorName, replacement]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
