import { relative } from "node:path";
import type { Mutant } from "./listMutants.js";

/**
 * Where a mutant is, and what it puts there: `lib/policy/negate.ts:8:10-8:16 StringLiteral: ""`. Of a result: Stryker
 * counts its lines and columns from 1.
 */
export function mutantName({ fileName, location: { start, end }, mutatorName, replacement }: Mutant): string {
  const place = `${start.line}:${start.column}-${end.line}:${end.column}`;
  return `${relative(process.cwd(), fileName)}:${place} ${mutatorName}: ${(replacement ?? "").replace(/\s+/g, " ")}`;
}
