import type { ReportCase } from "./ReportCase.js";
import { subjectFacts } from "./subjectFacts.js";
import { subjectLine } from "./subjectLine.js";

/**
 * How an index of cases calls each: what all have in common is said once, of each what is its own. Cases that were given
 * other names keep them.
 *
 * @returns `shared` is empty where nothing is common to all
 * @example
 * namesApart(cases); // { shared: "Region us-west-2, account 444455556666", names: ["vault daily", "vault weekly"] }
 */
export function namesApart(cases: readonly ReportCase[]): { shared: string; names: string[] } {
  const given = { shared: "", names: cases.map(({ name }) => name) };
  if (cases.length < 2 || cases.some(({ name, diagnosis }) => name !== subjectLine(diagnosis))) return given;
  const facts = cases.map(({ diagnosis }) => subjectFacts(diagnosis).map(([name, text]) => `${name} ${text}`));
  const [first = [], ...others] = facts.map((those) => new Set(those));
  const shared = [...first].filter((fact) => others.every((those) => those.has(fact)));
  const common = new Set(shared);
  const own = facts.map((those) => those.filter((fact) => !common.has(fact)).join(", "));
  return { shared: shared.join(", "), names: own.map((name, at) => name || (given.names[at] ?? "")) };
}
