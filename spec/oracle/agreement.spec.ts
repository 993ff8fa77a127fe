import { expect } from "chai";
import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { arbitrarySnapshot } from "../random/arbitrarySnapshot.js";
import { chooser, fillingsOf } from "../random/fillings.js";
import { runs } from "../random/runs.js";
import type { Filling } from "./Filling.js";
import { type Judgement, judge, judgeTagging } from "./judge.js";
import type { UndocumentedFact } from "./Question.js";

type Judgements = Record<string, Judgement>;

const newSeed = () => Date.now() % 2 ** 31;

/** What the oracle says, in the specification's words. */
function verdictOf({ allowed, explicitlyDenied }: Judgement): "allowed" | "explicitDeny" | "implicitDeny" {
  if (explicitlyDenied) return "explicitDeny";
  return allowed ? "allowed" : "implicitDeny";
}

const facts: UndocumentedFact[] = [
  "limits-hold-for-anyone",
  "limits-hold-across",
  "grant-covers-create-grant",
  "part-of-not-principal-spares",
  "allow-with-not-principal",
];

/** The seven, and backup:TagResource, which counts where tags are given. */
function judged(snapshot: Snapshot, filling: Filling): Judgements {
  return { ...judge(snapshot, filling), "backup:TagResource": judgeTagging(snapshot, filling) };
}

/**
 * The oracle's answers for every way in which what AWS does not document may turn out; one where nothing hangs on it.
 */
function judgedEveryWay(snapshot: Snapshot): Judgements[] {
  let isAsked = false;
  const oneWay = (way: number): Filling => ({
    undocumented: (fact) => {
      isAsked = true;
      return ((way >> facts.indexOf(fact)) & 1) === 1;
    },
  });
  const first = judged(snapshot, oneWay(0));
  if (!isAsked) return [first];
  return [first, ...Array.from({ length: 2 ** facts.length - 1 }, (_, index) => judged(snapshot, oneWay(index + 1)))];
}

/**
 * The verdict that all these answers allow: theirs where they are one; silence where a layer refuses each time, by
 * silence or by a possible Deny; else unknown, also where every answer refuses but by different layers (specification,
 * section 4.1 and rule 2).
 */
function commonVerdict(answers: Judgement[]): string {
  const [verdict, ...others] = new Set(answers.map(verdictOf));
  if (verdict === undefined || answers.some(({ allowed }) => allowed)) {
    return others.length === 0 ? (verdict ?? "unknown") : "unknown";
  }
  if (verdict === "explicitDeny" && others.length === 0) return "explicitDeny";
  const layersOf = ({ deniedBy }: Judgement) => deniedBy.map(({ layer }) => layer);
  const [first, ...rest] = answers;
  const shared =
    first === undefined ? [] : layersOf(first).filter((layer) => rest.every((one) => layersOf(one).includes(layer)));
  return shared.length > 0 ? "implicitDeny" : "unknown";
}

describe("The diagnosis and the oracle", function () {
  this.timeout(300_000);

  it("say the same of every action where every key is known", () => {
    const seed = newSeed();
    const counts: Record<string, number> = {};
    const snapshots = fc.sample(arbitrarySnapshot("known"), { numRuns: runs(1_500), seed });

    for (const snapshot of snapshots) {
      const judged = judgedEveryWay(parseSnapshot(snapshot));
      for (const { action, verdict } of diagnose(snapshot, { fixes: false }).actions) {
        const expected = commonVerdict(judged.flatMap((judgements) => judgements[action] ?? []));
        expect(verdict, verdict === expected ? "" : about(seed, action, snapshot)).to.equal(expected);
        counts[verdict] = (counts[verdict] ?? 0) + 1;
      }
    }

    console.log(
      `      ${snapshots.length} snapshots, seed ${seed}, ${total(counts)} comparisons: ${JSON.stringify(counts)}`,
    );
    for (const verdict of ["allowed", "explicitDeny", "implicitDeny"])
      expect(counts[verdict]).to.be.greaterThan(snapshots.length / 6);
  });

  for (const [knowledge, whole, ways] of [
    ["one unknown", 600, 40],
    ["unknown", 300, 20],
  ] as const) {
    it(`agree under every filling that is tried where something is not known (${knowledge})`, () => {
      const seed = newSeed();
      const snapshots = runs(whole);
      let known = 0;
      let unknown = 0;
      let missed = 0;

      fc.sample(arbitrarySnapshot(knowledge), { numRuns: snapshots, seed }).forEach((snapshot, index) => {
        const next = fillingsOf(snapshot, chooser(seed + index));
        const answers = judgedBy(snapshot, next, ways);
        for (const { action, verdict } of diagnose(snapshot, { fixes: false }).actions) {
          const told = answers.flatMap((judgements) => judgements[action] ?? []);
          if (verdict === "unknown") {
            unknown += 1;
            if (isOneAnswer(told) && isOneAnswerStill(snapshot, next, action, told)) missed += 1;
            continue;
          }
          known += 1;
          for (const answer of told.map(verdictOf)) {
            // A possible Deny in a layer that is silent anyway is told as silence (specification, section 4.1).
            if (verdict === "implicitDeny" && answer === "explicitDeny") continue;
            if (answer !== verdict) expect(answer, about(seed, action, snapshot)).to.equal(verdict);
          }
        }
      });

      console.log(
        `      ${snapshots} snapshots, ${ways} fillings each, seed ${seed}: ${known * ways} comparisons of known verdicts; of ${unknown} unknown ones ${missed} were given one answer by every filling`,
      );
      // As many of few say little.
      if (knowledge === "one unknown") expect(missed).to.be.at.most(Math.max(3, 0.01 * unknown));
    });
  }
});

function judgedBy(snapshot: Snapshot, next: () => Filling, ways: number): Judgements[] {
  return Array.from({ length: ways }, (): Judgements => judged(snapshot, next()));
}

/** The same answer by the same layers every time: then nothing was unknown, as far as the fillings can tell. */
function isOneAnswer(told: Judgement[]): boolean {
  const answers = told.map(({ allowed, deniedBy }) => JSON.stringify([allowed, deniedBy.map(({ layer }) => layer)]));
  return new Set(answers).size === 1 && new Set(told.map(verdictOf)).size === 1;
}

/** A filling that differs may be rare: where few showed none, ten times as many are tried. */
function isOneAnswerStill(snapshot: Snapshot, next: () => Filling, action: string, told: Judgement[]): boolean {
  const more = judgedBy(snapshot, next, 10 * told.length).flatMap((judgements) => judgements[action] ?? []);
  return isOneAnswer([...told, ...more]);
}

function about(seed: number, action: string, snapshot: Snapshot): string {
  return `seed ${seed}: ${action} of ${JSON.stringify(snapshot)}`;
}

function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
