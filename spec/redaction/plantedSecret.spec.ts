import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { diagnose } from "../../lib/fix/diagnose.js";
import { redact } from "../../lib/redaction/redact.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { SnapshotFormatError } from "../../lib/snapshot/SnapshotFormatError.js";

const examples = new URL("../examples/", import.meta.url);
const texts = readdirSync(examples)
  .filter((name) => name.endsWith(".snapshot.json"))
  .map((name) => readFileSync(new URL(name, examples), "utf8"));

const secret = "zq7secret";

/** How a secret stands in a text that was something else. */
const forms: ((text: string) => string)[] = [
  () => secret,
  (text) => text + secret,
  (text) => secret + text,
  (text) => `${text}/${secret}`,
  (text) => `${text}:${secret}`,
  () => `*${secret}?`,
  (text) => `${text.slice(0, 3)}${secret}${text.slice(3)}`,
  () => `$\{aws:PrincipalTag/${secret}, '${secret}'}`,
  () => `$\{${secret}`,
  () => `arn:aws:iam::123456789012:role/path/${secret}-*`,
  () => `arn:${secret}:${secret}:${secret}:${secret}:${secret}`,
  () => `arn:aws-${secret}:sns:us-${secret}-1:123456789012:us-${secret}-1`,
  () => `backup.us-${secret}-1.amazonaws.com`,
  () => `é${secret}ü`,
  () => `AWS${secret.toUpperCase()}`,
  () => `${secret}.example.com:sub`,
  () => `us-east-1.${secret}.amazonaws.com`,
  () => `role/aws-service-role/${secret}/x`,
];

type Path = (string | number)[];

/** Every text and every name of a field, with the way to it. */
function placesIn(value: unknown, path: Path = []): { path: Path; isName: boolean }[] {
  if (typeof value === "string") return [{ path, isName: false }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    ...(Array.isArray(value) ? [] : [{ path: [...path, name], isName: true }]),
    ...placesIn(item, [...path, name]),
  ]);
}

/** AWS's own words by where they stand: nobody can choose a Region, an action or a condition key. */
const published = /"(?:region|Action|NotAction)"|"Condition","[^"]+","[^"]+"\]$|"context","[^"]+"\]$/;

function planted(text: string, { path, isName }: { path: Path; isName: boolean }, form: (text: string) => string) {
  const document = JSON.parse(text) as Record<string, unknown>;
  const last = path.at(-1) ?? "";
  const holder = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((value, name) => value[name] as Record<string, unknown>, document);
  if (isName) {
    const value = holder[last];
    delete holder[last];
    holder[form(String(last))] = value;
  } else holder[last] = form(String(holder[last]));
  return document;
}

function parsed(document: object): Snapshot | null {
  try {
    return parseSnapshot(document);
  } catch (error) {
    if (error instanceof SnapshotFormatError) return null;
    throw error;
  }
}

const verdicts = (snapshot: Snapshot) => {
  const { outcome, blockers, actions } = diagnose(snapshot, { fixes: false });
  return {
    outcome,
    blockers: blockers.map(({ layer, effect, actions: blocked, certainty }) => ({ layer, effect, blocked, certainty })),
    actions: actions.map(({ action, verdict }) => [action, verdict]),
  };
};

describe("A secret anywhere in a snapshot", () => {
  it("is not in the redacted one, or listed; the diagnosis and the snapshot that was given stay", function () {
    this.timeout(60_000);
    const place = fc.constantFrom(...texts).chain((text) =>
      fc.record({
        text: fc.constant(text),
        place: fc.constantFrom(
          ...placesIn(JSON.parse(text)).filter(({ path }) => !published.test(JSON.stringify(path))),
        ),
        form: fc.constantFrom(...forms),
      }),
    );
    fc.assert(
      fc.property(place, ({ text, place: where, form }) => {
        const snapshot = parsed(planted(text, where, form));
        fc.pre(snapshot !== null);
        const given = JSON.stringify(snapshot);

        const { snapshot: shareable, kept } = redact(snapshot);

        const isLeft = JSON.stringify(shareable).toLowerCase().includes(secret);
        expect(isLeft && !kept.some((one) => one.toLowerCase().includes(secret))).to.equal(false);
        expect(verdicts(shareable)).to.deep.equal(verdicts(snapshot));
        expect(JSON.stringify(snapshot)).to.equal(given);
      }),
      { numRuns: 400 },
    );
  });
});
