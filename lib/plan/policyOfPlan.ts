import { planKeyPrefix } from "../facts/planKeys.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Policy } from "../snapshot/Snapshot.js";
import { isRecord } from "./fieldOf.js";
import { firstNotKnown, isNotKnown, type NotKnown } from "./NotKnown.js";

/**
 * A policy as it is planned. Where some of it is not known, the statement that hangs on it counts for all that it could
 * say, under a condition that nobody can decide: what the rest of the statement rules out, it rules out still.
 *
 * @param document a text, an object in which parts may be NotKnown, or NotKnown
 */
export function policyOfPlan(name: string, document: unknown): Evidence<Policy> {
  if (isNotKnown(document)) return { status: "unreadable", reason: `known only after the apply: ${document.because}` };
  if (typeof document === "string") return { status: "read", value: { name, document } };
  if (!isRecord(document)) return { status: "read", value: { name, document: JSON.stringify(document ?? null) } };
  const hole = firstNotKnown(document);
  // What of it is no policy, its reader tells.
  if (hole === null) return { status: "read", value: { name, document: document as unknown as PolicyDocument } };
  const { Statement: given, ...rest } = document;
  const statements = Array.isArray(given) ? given : [given];
  const undecidable = firstNotKnown(rest) ?? statements.map(effectHole).find((one) => one !== null) ?? null;
  if (undecidable !== null) {
    return { status: "unreadable", reason: `known only after the apply: ${undecidable.because}` };
  }
  const inPlace = statements.map(knownPart);
  const filled = { ...rest, Statement: [...inPlace, ...statements.flatMap(openPart)] };
  return { status: "read", value: { name, document: filled as unknown as PolicyDocument } };
}

/** What is not a statement, or does not say whether it allows. */
function effectHole(statement: unknown): NotKnown | null {
  if (isNotKnown(statement)) return statement;
  if (!isRecord(statement)) return null;
  return firstNotKnown([statement.Effect, Object.hasOwn(statement, "NotPrincipal") ? statement.NotPrincipal : null]);
}

/** Of a statement whose principals are known in part: what those get. Else the statement, widened. */
function knownPart(statement: unknown): unknown {
  if (!isRecord(statement) || firstNotKnown(statement) === null) return statement;
  const known = knownPrincipals(statement.Principal);
  const { Principal: _, ...rest } = statement;
  if (known === null) return widened(statement);
  return firstNotKnown(rest) === null ? { ...rest, Principal: known } : widened({ ...rest, Principal: known });
}

/** Behind the statements, so that their numbers stay: what the principals that are not known get. */
function openPart(statement: unknown): unknown[] {
  if (!isRecord(statement) || knownPrincipals(statement.Principal) === null) return [];
  const hole = firstNotKnown(statement.Principal);
  return hole === null ? [] : [widened({ ...statement, Principal: hole })];
}

/** The principals that are known, where some are and some are not; else null. */
function knownPrincipals(principal: unknown): Record<string, unknown> | null {
  if (!isRecord(principal) || firstNotKnown(principal) === null) return null;
  const known = Object.entries(principal).flatMap(([type, names]): [string, unknown][] => {
    const listed = (Array.isArray(names) ? names : [names]).filter((name) => !isNotKnown(name));
    return listed.length === 0 ? [] : [[type, listed]];
  });
  return known.length === 0 ? null : Object.fromEntries(known);
}

function widened(statement: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const holes = new Set<string>();
  const isOpen = (value: unknown) => {
    const hole = firstNotKnown(value);
    if (hole !== null) holes.add(hole.because);
    return hole !== null;
  };
  const { Condition: condition, ...rest } = statement;
  const parts = Object.entries(rest).map(([name, value]): [string, unknown] => {
    if (!isOpen(value)) return [name, value];
    if (name === "Principal") return [name, { AWS: "*" }];
    if (name === "Sid") return [name, undefined];
    return [name.replace(/^Not/, ""), "*"];
  });
  const tests = isRecord(condition)
    ? Object.entries(condition).map(([operator, keys]): [string, unknown] => [
        operator,
        isRecord(keys)
          ? Object.fromEntries(Object.entries(keys).filter(([, values]) => !isOpen(values)))
          : isOpen(keys)
            ? {}
            : keys,
      ])
    : isOpen(condition) || condition === undefined
      ? []
      : [["Condition", condition] as [string, unknown]];
  const kept = tests.filter(([, keys]) => !isRecord(keys) || Object.keys(keys).length > 0);
  const known = Object.fromEntries(parts.filter(([, value]) => value !== undefined));
  return underNotKnown({ ...known, Condition: Object.fromEntries(kept) }, [...holes].slice(0, 5));
}

/** A statement under a condition that nobody can decide, of what it hangs on. */
export function underNotKnown(
  statement: Readonly<Record<string, unknown>>,
  holes: readonly string[],
): Record<string, unknown> {
  const condition = isRecord(statement.Condition) ? statement.Condition : {};
  const open = Object.fromEntries(holes.map((because) => [`${planKeyPrefix}${because}`, "known"]));
  const equals = isRecord(condition.StringEquals) ? condition.StringEquals : {};
  return { ...statement, Condition: { ...condition, StringEquals: { ...equals, ...open } } };
}
