// npm run bench [-- --rounds N]: how many diagnoses a second of processor time, now and at the yardstick, commit 1b12ffb,
// in one run; and how the cost grows with the policies and with the principals that share an organization. Prints tables,
// and writes reports/bench-nodeN.json for the Node.js that runs it; npm run plots draws them.
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

/** What grows, and the cost of one diagnosis in microseconds of processor time. */
const curves = [
  { name: "statements", sizes: [1, 10, 100, 1000, 4000], grow: (size: number) => alone([statements(size)]) },
  {
    name: "policies",
    sizes: [1, 5, 10, 25, 50],
    grow: (size: number) => alone(Array.from({ length: size }, () => statements(20))),
  },
  {
    name: "characters of a pattern",
    sizes: [10, 100, 500, 1000, 2000],
    grow: (size: number) => alone([statements(5, `arn:aws:backup:*:${"a*".repeat(size / 2)}b`)]),
  },
  {
    name: "principals that share an organization",
    sizes: [1, 10, 100, 1000],
    grow: (size: number) => Array.from({ length: size }, (_, index) => principal(index)),
  },
].map(({ name, sizes, grow }) => {
  const builds = [before, after] as const;
  const cost = (build: Build, size: number) => 1e6 / rate(asked(build, grow(size)));
  // Node.js compiles what it sees often: the first size is no dearer than the others for being the first.
  for (const build of builds) cost(build, sizes[0] ?? 1);
  return { name, points: sizes.map((size) => ({ size, before: cost(before, size), after: cost(after, size) })) };
});

const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
const machine = { node: process.version, processor: cpus()[0]?.model ?? "unknown", cores: cpus().length };
mkdirSync("reports", { recursive: true });
const major = process.versions.node.split(".", 1)[0];
writeFileSync(
  `reports/bench-node${major}.json`,
  `${JSON.stringify({ commit, yardstick, machine, rates, curves }, null, 2)}\n`,
);

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

/** Documents seen before; of several snapshots, a judge for them all that has seen none, where there is one. */
function asked({ diagnose, newJudge }: Build, grown: readonly Snapshot[]): () => number {
  return () => {
    const judge = grown.length === 1 || newJudge === undefined ? { diagnose } : newJudge();
    for (const snapshot of grown) judge.diagnose(snapshot, { fixes: false });
    return grown.length;
  };
}

function alone(documents: object[]): Snapshot[] {
  return [withIdentity(documents)];
}

function principal(index: number): Snapshot {
  const arn = `arn:aws:iam::444455556666:role/Deployer${index}`;
  const snapshot = withIdentity([statements(5 + (index % 5))]);
  return { ...snapshot, caller: { ...snapshot.caller, arn, principalArn: arn } };
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
