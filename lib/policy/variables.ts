import type { ContextLookup } from "./KeyState.js";
import { literalUnits, type PatternUnit, patternUnits } from "./wildcard.js";
/** pattern units of a text with its policy variables replaced; null: a variable never resolves, so nothing matches */
export interface Expanded {
  units: PatternUnit[];
  exact: string;
  unknownKeys: string[];
}
export function expand(text: string, version: string, lookup: ContextLookup, wildcards: boolean): Expanded | null {
  const plain = (part: string) => (wildcards ? patternUnits(part) : literalUnits(part));
  if (version !== "2012-10-17") return { units: plain(text), exact: text, unknownKeys: [] };
  const units: PatternUnit[] = [];
  let exact = "";
  const unknownKeys: string[] = [];
  const push = (part: PatternUnit[], t: string) => {
    for (const u of part) units.push(u);
    exact += t;
  };
  let at = 0;
  for (;;) {
    const start = text.indexOf("${", at);
    const end = start < 0 ? -1 : text.indexOf("}", start);
    if (start < 0 || end < 0) {
      push(plain(text.slice(at)), text.slice(at));
      break;
    }
    push(plain(text.slice(at, start)), text.slice(at, start));
    const inner = text.slice(start + 2, end);
    at = end + 1;
    if (inner === "*" || inner === "?" || inner === "$") {
      push(literalUnits(inner), inner);
      continue;
    }
    const m = /^([^,]*?)\s*(?:,\s*'([^']*)')?\s*$/.exec(inner);
    const key = (m?.[1] ?? inner).trim();
    const fallback = m?.[2];
    const { name, state } = lookup(key);
    if (state.kind === "value") {
      if (typeof state.value !== "string") return null;
      push(literalUnits(state.value), state.value);
    } else if (state.kind === "absent") {
      if (fallback === undefined) return null;
      push(literalUnits(fallback), fallback);
    } else {
      if (state.multiValued) {
        return null;
      }
      units.push({ kind: "run" });
      unknownKeys.push(name);
    }
  }
  return { units, exact, unknownKeys };
}
