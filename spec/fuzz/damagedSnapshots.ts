import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import { redact } from "../../lib/redaction/redact.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { SnapshotFormatError } from "../../lib/snapshot/SnapshotFormatError.js";
import { everyPlace } from "../redaction/everyPlace.js";

const folder = new URL("../examples/", import.meta.url);
const examples = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith(".snapshot.json"))
    .map((name): unknown => JSON.parse(readFileSync(new URL(name, folder), "utf8"))),
  everyPlace(),
];

/** JSON of so many levels. */
function levelsText(count: number): string {
  return `${'{"a":['.repeat(count / 2)}${"]}".repeat(count / 2)}`;
}

function levels(count: number): unknown {
  return JSON.parse(levelsText(count));
}

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
  JSON.parse('{"__proto__":{"status":"read","Effect":"Deny"},"constructor":"x","toString":"y"}'),
  JSON.parse('{"__proto__":5,"constructor":[],"prototype":null,"hasOwnProperty":"x","then":"y","toJSON":"z"}'),
  levels(50),
  levels(150),
  levels(10_000),
  levelsText(10_000),
  "*".repeat(2_000),
  "a?*".repeat(700),
  "${".repeat(700),
  "arn:".repeat(500),
  "/".repeat(2_000),
  "-1e-400",
  "9".repeat(400),
  "0001-01-01T00:00:00+99:99",
  "255.255.255.255/33",
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
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "then",
    "toJSON",
    "0",
    "length",
    "",
  ),
});

interface Place {
  holder: Record<string, unknown> | unknown[];
  key: string | number;
}

function places(value: unknown, found: Place[] = [], depth = 0): Place[] {
  if (depth > 300) return found;
  if (Array.isArray(value)) {
    value.forEach((item, key) => {
      found.push({ holder: value, key });
      places(item, found, depth + 1);
    });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      found.push({ holder: value as Record<string, unknown>, key });
      places(item, found, depth + 1);
    }
  }
  return found;
}

/** Shared where it is too deep to be copied. */
function copied(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return value;
  }
}

function mutate(snapshot: unknown, { at, how, value, name }: Mutation): void {
  const all = places(snapshot);
  const place = all[at % Math.max(1, all.length)];
  if (place === undefined) return;
  const { holder, key } = place;
  if (Array.isArray(holder)) {
    if (how === "delete") holder.splice(Number(key), 1);
    else if (how === "repeat") holder.push(copied(holder[Number(key)]));
    else holder[Number(key)] = copied(value);
  } else if (how === "delete") delete holder[key];
  else {
    const [under, what] = how === "replace" ? [String(key), value] : [name, holder[key]];
    // As JSON.parse does, so that __proto__ is a name like others.
    Object.defineProperty(holder, under, {
      value: copied(what),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
}

/** Snapshots that were damaged at one to four places, mostly inside their policies. */
const damagedSnapshot: fc.Arbitrary<unknown> = fc
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
      // Every so often, since it takes many diagnoses.
      if (accepted % 50 !== 0) return;
      const redacted = diagnose(redact(snapshot).snapshot, { fixes: false });
      if (redacted.outcome !== outcome) throw new Error(`redacted it is ${redacted.outcome}, not ${outcome}`);
    }),
    { numRuns, seed },
  );
  return { accepted };
}
