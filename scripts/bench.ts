// npm run bench [-- --rounds N]: how many diagnoses a second of processor time, now and at the yardstick, commit 1b12ffb,
// in one run; and how the cost grows with the policies. Prints tables, and writes reports/bench.json.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import type { Snapshot } from "../lib/index.js";
import { type Build, buildAt } from "./bench/buildAt.js";
import { compare, rate } from "./bench/measure.js";
import { refusals } from "./bench/refusals.js";

const yardstick = "1b12ffb";
const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" } } });
const rounds = Number(values.rounds);

const snapshots = await refusals();
const before = await buildAt(yardstick);
const after = await buildAt();

const scenarios: { name: string; work: (build: Build) => () => number }[] = [
  { name: "documents seen before, without fixes", work: (build) => diagnosing(build, false) },
  { name: "from text not seen before, without fixes", work: fromText },
  { name: "with fixes and proofs", work: (build) => diagnosing(build, true) },
];
const rates = scenarios.map(({ name, work }) => ({ name, ...compare(work(before), work(after), rounds) }));

/** One identity policy that is larger and larger; the cost of a diagnosis in microseconds of processor time. */
const curves = [
  { name: "statements", sizes: [1, 10, 100, 1000, 4000], grow: (size: number) => withIdentity([statements(size)]) },
  {
    name: "policies",
    sizes: [1, 5, 10, 25, 50],
    grow: (size: number) => withIdentity(Array.from({ length: size }, () => statements(20))),
  },
  {
    name: "characters of a pattern",
    sizes: [10, 100, 500, 1000, 2000],
    grow: (size: number) => withIdentity([statements(5, `arn:aws:backup:*:${"a*".repeat(size / 2)}b`)]),
  },
].map(({ name, sizes, grow }) => ({
  name,
  points: sizes.map((size) => {
    const snapshot = grow(size);
    return {
      size,
      before: 1e6 / rate(() => told(before, snapshot)),
      after: 1e6 / rate(() => told(after, snapshot)),
    };
  }),
}));

const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
const machine = { node: process.version, processor: cpus()[0]?.model ?? "unknown", cores: cpus().length };
mkdirSync("reports", { recursive: true });
writeFileSync("reports/bench.json", `${JSON.stringify({ commit, yardstick, machine, rates, curves }, null, 2)}\n`);

console.log(
  `${commit} against ${yardstick}, Node.js ${machine.node}, ${machine.cores} cores of ${machine.processor}\n`,
);
console.log(`| diagnoses a second of processor time | ${yardstick} | ${commit} | ratio |\n| --- | --- | --- | --- |`);
for (const { name, before: old, after: now, ratio } of rates) {
  console.log(`| ${name} | ${Math.round(old)} | ${Math.round(now)} | ${ratio.toFixed(2)} |`);
}
for (const { name, points } of curves) {
  console.log(`\n| ${name} | microseconds at ${yardstick} | at ${commit} |\n| --- | --- | --- |`);
  for (const point of points)
    console.log(`| ${point.size} | ${Math.round(point.before)} | ${Math.round(point.after)} |`);
}

function diagnosing({ diagnose, parseSnapshot }: Build, fixes: boolean): () => number {
  const parsed = snapshots.map((snapshot) => parseSnapshot(structuredClone(snapshot)));
  return () => {
    for (const snapshot of parsed) diagnose(snapshot, { fixes });
    return parsed.length;
  };
}

/** Every time another text: the statements' ids change, so that nothing can be remembered. */
function fromText({ diagnose, parseSnapshot }: Build): () => number {
  let fresh = 0;
  const texts = snapshots.map((snapshot) => JSON.stringify(snapshot));
  return () => {
    for (const text of texts) {
      fresh += 1;
      diagnose(parseSnapshot(text.replaceAll("ExampleStmt1", `Example${fresh}`)), { fixes: false });
    }
    return texts.length;
  };
}

function told(build: Build, snapshot: Snapshot): number {
  build.diagnose(snapshot, { fixes: false });
  return 1;
}

function withIdentity(documents: object[]): Snapshot {
  const [first] = snapshots;
  if (first === undefined) throw new Error("the demonstration has refusals");
  const value = documents.map((document, index) => ({ name: `P${index}`, document: JSON.stringify(document) }));
  const grown = { ...first, simulation: { status: "notRead" }, denial: null };
  return after.parseSnapshot({ ...grown, policies: { ...first.policies, identity: { status: "read", value } } });
}

function statements(count: number, resource = "arn:aws:backup:*:*:backup-vault:other-*"): object {
  const Statement = Array.from({ length: count }, (_, index) => ({
    Sid: `S${index}`,
    Effect: "Allow",
    Action: ["backup:CreateBackupVault", `backup:Get${index}*`],
    Resource: resource,
    Condition: { StringLike: { "aws:PrincipalTag/team": `team-${index}-*` } },
  }));
  return { Version: "2012-10-17", Statement };
}
