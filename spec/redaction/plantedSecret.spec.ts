import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import { redact } from "../../lib/redaction/redact.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { SnapshotFormatError } from "../../lib/snapshot/SnapshotFormatError.js";
import { runs } from "../random/runs.js";
import { everyPlace } from "./everyPlace.js";
import { type Spelling, spellings } from "./spellings.js";

const examples = new URL("../examples/", import.meta.url);
const texts = [
  ...readdirSync(examples)
    .filter((name) => name.endsWith(".snapshot.json"))
    .map((name) => readFileSync(new URL(name, examples), "utf8")),
  JSON.stringify(everyPlace()),
];

type Path = (string | number)[];
type Place = { path: Path; kind: "text" | "number" | "name" };

/** Every text, every number and every name of a field, with the way to it. */
function placesIn(value: unknown, path: Path = []): Place[] {
  if (typeof value === "string") return [{ path, kind: "text" }];
  if (typeof value === "number") return [{ path, kind: "number" }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]): Place[] => [
    ...(Array.isArray(value) ? [] : [{ path: [...path, name], kind: "name" as const }]),
    ...placesIn(item, [...path, name]),
  ]);
}

function plant(document: unknown, { path, kind }: Place, { text }: Spelling): void {
  const last = path.at(-1) ?? "";
  const holder = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((value, name) => value[name] as Record<string, unknown>, document as never);
  if (kind === "name") {
    const value = holder[last];
    delete holder[last];
    holder[text] = value;
  } else holder[last] = kind === "number" && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

function parsed(document: unknown): Snapshot | null {
  try {
    return parseSnapshot(document as object);
  } catch (error) {
    if (error instanceof SnapshotFormatError) return null;
    throw error;
  }
}

/** Every text and name, as they are and not as JSON spells them, also of JSON inside of texts. */
function allTexts(value: unknown): string[] {
  if (typeof value === "string") {
    try {
      return [value, ...allTexts(JSON.parse(value))];
    } catch {
      return [value];
    }
  }
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, item]) => [name, ...allTexts(item)]);
}

/** The secrets that can still be read and were not told. */
function unlisted({ snapshot, kept }: ReturnType<typeof redact>, secrets: readonly Spelling[]): string[] {
  const left = allTexts(snapshot).join("\n").toLowerCase();
  const told = kept.join("\n").toLowerCase();
  return secrets
    .map(({ needle }) => needle.toLowerCase())
    .filter((needle) => left.includes(needle) && !told.includes(needle));
}

const verdicts = (snapshot: Snapshot) => {
  const { outcome, blockers, actions } = diagnose(snapshot, { fixes: false });
  return {
    outcome,
    blockers: blockers.map(({ layer, effect, actions: blocked, certainty }) => ({ layer, effect, blocked, certainty })),
    actions: actions.map(({ action, verdict }) => [action, verdict]),
  };
};

/** Places that take any text, the deeper ones first, so that the way to each is there when its name changes. */
const tolerant = placesIn(everyPlace())
  .sort((one, other) => other.path.length - one.path.length)
  .filter((place) => {
    const document = everyPlace();
    plant(document, place, { text: "z q!", needle: "" });
    return parsed(document) !== null;
  });

describe("A secret anywhere in a snapshot", () => {
  it("is spelled in more than fifty ways here, and everywhere", () => {
    expect(Object.keys(spellings).length).to.be.greaterThan(50);
    expect(tolerant.length).to.be.greaterThan(300);
  });

  for (const [name, spell] of Object.entries(spellings)) {
    it(`spelled as ${name}, in every place at once, is gone or listed`, function () {
      this.timeout(60_000);
      for (const kinds of [["text", "number"], ["name"]]) {
        const document = everyPlace();
        const planted = tolerant
          .filter(({ kind }) => kinds.includes(kind))
          .map((place, at) => {
            const secret = spell(at);
            plant(document, place, secret);
            return secret;
          });

        const redaction = redact(parseSnapshot(document));

        expect(unlisted(redaction, planted)).to.deep.equal([]);
      }
    });
  }

  it("alone in its place is not in the redacted one, or listed; the diagnosis and what was given stay", function () {
    this.timeout(120_000);
    const fresh = Date.now() % 2 ** 31;
    const place = fc.constantFrom(...texts).chain((text) =>
      fc.record({
        text: fc.constant(text),
        place: fc.constantFrom(...placesIn(JSON.parse(text))),
        spelling: fc.constantFrom(...Object.values(spellings)),
      }),
    );
    for (const seed of [20261126, fresh]) {
      console.log(`      seed ${seed}`);
      fc.assert(
        fc.property(place, ({ text, place: where, spelling }) => {
          const document: unknown = JSON.parse(text);
          const secret = spelling(77);
          plant(document, where, secret);
          const snapshot = parsed(document);
          fc.pre(snapshot !== null);
          const given = JSON.stringify(snapshot);

          const redaction = redact(snapshot);

          expect(unlisted(redaction, [secret])).to.deep.equal([]);
          expect(verdicts(redaction.snapshot)).to.deep.equal(verdicts(snapshot));
          expect(JSON.stringify(snapshot)).to.equal(given);
        }),
        { numRuns: runs(300), seed },
      );
    }
  });
});
