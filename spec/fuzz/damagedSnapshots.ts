import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { SnapshotFormatError } from "../../lib/snapshot/SnapshotFormatError.js";

const folder = new URL("../examples/", import.meta.url);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith(".snapshot.json"))
  .map((name): unknown => JSON.parse(readFileSync(new URL(name, folder), "utf8")));

/** Values that stand where nobody expects them. */
const odd: unknown[] = [
  null,
  "",
  "*",
  "${aws:username}",
  "${aws:PrincipalTag/team, 'x'}",
  "${",
  "arn:aws:kms:us-west-2:444455556666:key/*",
  "arn:aws:iam::444455556666:root",
  "%7B%22Statement%22%3A%5B%5D%7D",
  "{",
  '{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}',
  "\u0000\u202e\u001b[31m",
  "\ud800",
  "1e999999",
  "::/0",
  "2026-11-20T12:00:00Z",
  0,
  -1,
  1e308,
  true,
  [],
  {},
  ["*"],
  [[]],
  { present: true },
  { status: "notRead" },
  { status: "none" },
  { status: "read" },
  { status: "unreadable", reason: "AccessDenied: no" },
  { AWS: "*" },
  { Effect: "Deny", NotPrincipal: { AWS: "444455556666" }, NotAction: "s3:*", NotResource: "*" },
  {
    StringLike: { "aws:PrincipalTag/a": ["*", "${aws:SourceVpce}"] },
    "ForAllValues:NumericLessThan": { "kms:GrantOperations": "x" },
  },
  { __proto__: null, constructor: "x", toString: "y" },
];

type Mutation = { at: number; how: "replace" | "delete" | "repeat" | "rename"; value: unknown; name: string };

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(100_000),
  how: fc.constantFrom("replace", "replace", "replace", "delete", "repeat", "rename"),
  value: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...odd) }, { weight: 1, arbitrary: fc.jsonValue() }),
  name: fc.constantFrom(
    "Action",
    "NotAction",
    "Principal",
    "NotPrincipal",
    "Condition",
    "Effect",
    "value",
    "document",
    "aws:TagKeys",
  ),
});

interface Place {
  holder: Record<string, unknown> | unknown[];
  key: string | number;
}

function places(value: unknown, found: Place[] = []): Place[] {
  if (Array.isArray(value)) {
    value.forEach((item, key) => {
      found.push({ holder: value, key });
      places(item, found);
    });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      found.push({ holder: value as Record<string, unknown>, key });
      places(item, found);
    }
  }
  return found;
}

function mutate(snapshot: unknown, { at, how, value, name }: Mutation): void {
  const all = places(snapshot);
  const place = all[at % Math.max(1, all.length)];
  if (place === undefined) return;
  const { holder, key } = place;
  if (Array.isArray(holder)) {
    if (how === "delete") holder.splice(Number(key), 1);
    else if (how === "repeat") holder.push(structuredClone(holder[Number(key)]));
    else holder[Number(key)] = structuredClone(value);
  } else if (how === "delete") delete holder[key];
  else if (how === "rename" || how === "repeat") holder[name] = structuredClone(holder[key]);
  else holder[key] = structuredClone(value);
}

/** Snapshots that were damaged at one to four places, mostly inside their policies. */
export const damagedSnapshot: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(...examples), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([example, mutations]) => {
    const copy = structuredClone(example);
    for (const one of mutations) mutate(copy, one);
    return copy;
  });

/** Diagnoses so many damaged snapshots; counts those that parseSnapshot took. Throws on any other error. */
export function fuzz(numRuns: number, seed: number): { accepted: number } {
  let accepted = 0;
  fc.assert(
    fc.property(damagedSnapshot, (input) => {
      const snapshot = (() => {
        try {
          return parseSnapshot(input as object);
        } catch (error) {
          if (error instanceof SnapshotFormatError) return null;
          throw error;
        }
      })();
      if (snapshot === null) return;
      accepted += 1;
      const { outcome } = diagnose(snapshot);
      if (!["blocked", "allowed", "inconclusive"].includes(outcome)) throw new Error(`odd outcome ${outcome}`);
    }),
    { numRuns, seed },
  );
  return { accepted };
}
