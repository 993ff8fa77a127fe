import { inWords } from "../diagnosis/phrases.js";
import { callKind } from "../facts/actions.js";
import type { ContextLookup } from "../policy/ContextKeyState.js";

/** One call that might be gained. */
export interface Called {
  action: string;
  /** What the action is called: an example stands for others of a pattern. */
  told: string;
  resource: string;
  /** What the resource is called where it is not the vault's or the key's own. */
  where: string;
  how: "own" | "forwarded";
  lookup: ContextLookup;
}

/** A call that is gained; `isOpen`: what denied it, or allows it, hangs on what is not known of other calls. */
export interface Gain extends Called {
  isOpen: boolean;
}

const mostToldActions = 5;

/** Calls as sentences: those on one resource and of one manner together, those that are surely gained first. */
export function gainTexts(calls: readonly Gain[]): string[] {
  const sure = calls.filter(({ isOpen }) => !isOpen);
  const nameOf = ({ action, where, how }: Gain) => `${action} ${how} ${where}`;
  const told = new Set(sure.map(nameOf));
  const open = calls.filter((call) => call.isOpen && !told.has(nameOf(call)));
  return [
    ...alikeTexts(sure),
    ...alikeTexts(open).map((text) => `${text}, as far as conditions hold that are not known`),
  ];
}

function alikeTexts(calls: readonly Gain[]): string[] {
  const byAction = new Map<string, Called[]>();
  for (const call of calls) byAction.set(call.action, [...(byAction.get(call.action) ?? []), call]);
  const byWhere = new Map<string, string[]>();
  for (const [action, some] of byAction) {
    const places = [...new Set(some.map(({ where }) => where))];
    const [where = ""] = places;
    const told = places.length > 1 ? where.replace(/^the /, "any ") : where;
    const manners = new Set(some.map(({ how }) => how));
    const manner =
      manners.size > 1 ? "" : manners.has("forwarded") ? ", where an AWS service forwards it" : directly(action);
    const key = `${told === "" ? "" : ` on ${told}`}${manner}`;
    byWhere.set(key, [...(byWhere.get(key) ?? []), some[0]?.told ?? action]);
  }
  return [...byWhere].map(([where, actions]) => `${shortened(actions)}${where}`);
}

/** Only of calls to KMS it matters that they are not made through AWS Backup. */
function directly(action: string): string {
  return callKind(action) === "kms" ? ", called directly" : "";
}

function shortened(actions: readonly string[]): string {
  if (actions.length <= mostToldActions) return inWords(actions);
  return `${actions.slice(0, mostToldActions).join(", ")} and ${actions.length - mostToldActions} more`;
}
