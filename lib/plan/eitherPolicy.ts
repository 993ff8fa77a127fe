import { isDeepStrictEqual } from "node:util";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Policy } from "../snapshot/Snapshot.js";
import { isRecord } from "./fieldOf.js";
import { notKnown } from "./NotKnown.js";
import { policyOfPlan, underNotKnown } from "./policyOfPlan.js";

type Statement = Readonly<Record<string, unknown>>;

/**
 * One of two policies, of which only the apply tells which is in force: what both say is sure, and the rest of each counts
 * under a condition that nobody can decide.
 */
export function eitherPolicy(
  one: Evidence<Policy>,
  other: Evidence<Policy>,
  { name, because }: { name: string; because: string },
): Evidence<Policy> {
  const [first, second] = [documentIn(one), documentIn(other)];
  if (first === null || second === null || first.version !== second.version)
    return policyOfPlan(name, notKnown(because));
  const said = (by: readonly Statement[]) => (one: Statement) => by.some((other) => covers(other, one));
  const [inSecond, inFirst] = [said(second.statements), said(first.statements)];
  const isTwin = (one: Statement) => first.statements.some((other) => covers(one, other) && covers(other, one));
  const sure = [
    ...first.statements.filter(inSecond),
    ...second.statements.filter((statement) => inFirst(statement) && !isTwin(statement)),
  ];
  const open = [
    ...first.statements.filter((statement) => !inSecond(statement)),
    ...second.statements.filter((statement) => !inFirst(statement)),
  ].map((statement) => underNotKnown(statement, [because]));
  const document = { Version: first.version, Statement: [...sure, ...open] };
  return { status: "read", value: { name, document: document as unknown as PolicyDocument } };
}

/** Null where it cannot be read, or is none. */
function documentIn(policy: Evidence<Policy>): { version: unknown; statements: readonly Statement[] } | null {
  if (policy.status !== "read") return null;
  const { document: given } = policy.value;
  const document = typeof given === "string" ? parsed(given) : given;
  if (!isRecord(document)) return null;
  const statements: unknown[] = [document.Statement].flat();
  const isWhole = (one: unknown): one is Statement =>
    isRecord(one) && (one.Condition === undefined || isRecord(one.Condition)) && one.NotPrincipal === undefined;
  return statements.every(isWhole) ? { version: document.Version, statements } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether a statement says the same of all principals of another one. */
function covers(wide: Statement, narrow: Statement): boolean {
  const bare = (statement: Statement) =>
    Object.entries(statement).flatMap(([name, value]) =>
      name === "Sid" || name === "Principal"
        ? []
        : [
            [
              name,
              name === "Condition"
                ? value
                : [value]
                    .flat()
                    .map((one) => JSON.stringify(one))
                    .sort(),
            ],
          ],
    );
  const [all, some] = [principalsOf(wide), principalsOf(narrow)];
  return (
    isDeepStrictEqual(Object.fromEntries(bare(wide)), Object.fromEntries(bare(narrow))) &&
    some.every((principal) => all.includes(principal))
  );
}

function principalsOf({ Principal: principal }: Statement): string[] {
  if (!isRecord(principal)) return [JSON.stringify(principal)];
  return Object.entries(principal).flatMap(([type, names]) => [names].flat().map((name) => `${type} ${String(name)}`));
}
