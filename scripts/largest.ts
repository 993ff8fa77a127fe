// `npm run bench:largest`: how long a diagnosis of the largest policies that AWS allows holds the process up: ten managed
// policies of 6,144 characters, an inline one of 10,240, five service control policies of 5,120 at each of seven levels.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { diagnoseInTurn } from "../lib/diagnose.js";
import { diagnose, parseSnapshot, type Snapshot } from "../lib/index.js";

const example = new URL("../spec/examples/allowed.snapshot.json", import.meta.url);
const allowAll = { Effect: "Allow", Action: "*", Resource: "*" };

/** As many conditional Denies as fit into a document of so many characters. */
function document(most: number, first: number): string {
  const statements: object[] = [allowAll];
  for (let index = first; ; index += 1) {
    const next = {
      Sid: `S${index}`,
      Effect: "Deny",
      Action: index % 3 === 0 ? "backup:*" : "kms:*",
      Resource: "*",
      Condition: { StringNotEquals: { "aws:PrincipalTag/t": `v${index}` } },
    };
    const text = JSON.stringify({ Version: "2012-10-17", Statement: [...statements, next] });
    if (text.length > most) return JSON.stringify({ Version: "2012-10-17", Statement: statements });
    statements.push(next);
  }
}

function largest(tags: Snapshot["caller"]["tags"]): Snapshot {
  const snapshot = parseSnapshot(readFileSync(example, "utf8"));
  const managed = Array.from({ length: 10 }, (_, at) => ({ name: `M${at}`, document: document(6_144, at * 1_000) }));
  const inline = { name: "inline", attachedTo: "role/Deployer", document: document(10_240, 99_000) };
  const levels = Array.from({ length: 7 }, (_, level) => ({
    id: level === 0 ? "r-ab12" : `ou-ab12-1111111${level}`,
    type: level === 0 ? ("ROOT" as const) : ("ORGANIZATIONAL_UNIT" as const),
    policies: Array.from({ length: 5 }, (_, at) => ({
      name: `P${level}${at}`,
      document: document(5_120, level * 100_000 + at * 1_000),
    })),
  }));
  return {
    ...snapshot,
    caller: { ...snapshot.caller, tags },
    policies: {
      ...snapshot.policies,
      identity: { status: "read", value: [...managed, inline] },
      serviceControl: { status: "read", value: levels },
    },
  };
}

const cases = {
  "every Deny applies": { status: "none" },
  "no Deny is decided": { status: "notRead" },
} as const;

/** As a client does it: piece by piece, then the diagnosis; or the diagnosis at one stroke. Then five times more. */
function measure(what: keyof typeof cases, fixes: boolean, inPieces: boolean): string {
  const snapshot = largest(cases[what]);
  const stalls: number[] = [];
  const timed = (work: () => unknown): void => {
    const began = performance.now();
    work();
    stalls.push(performance.now() - began);
  };
  const turns = diagnoseInTurn(snapshot, { fixes });
  for (let isDone = !inPieces; !isDone; ) {
    timed(() => {
      isDone = turns.next().done === true;
    });
  }
  if (!inPieces) timed(() => diagnose(snapshot, { fixes }));
  const [longest, whole] = [Math.max(...stalls), stalls.reduce((sum, stall) => sum + stall, 0)];
  const later = Array.from({ length: 5 }, () => {
    stalls.length = 0;
    timed(() => diagnose(snapshot, { fixes }));
    return stalls[0] ?? 0;
  }).sort((one, other) => one - other);
  const cells = [longest, whole, later[2] ?? 0].map((milliseconds) => `${milliseconds.toFixed(0)} ms`);
  return `| ${what}, ${fixes ? "with" : "without"} fixes | ${inPieces ? "piece by piece" : "at one stroke"} | ${cells.join(" | ")} |`;
}

const [, , chosen] = process.argv;
if (chosen !== undefined) {
  const { what, fixes, inPieces } = JSON.parse(chosen) as {
    what: keyof typeof cases;
    fixes: boolean;
    inPieces: boolean;
  };
  console.log(measure(what, fixes, inPieces));
} else {
  console.log("| case | how | longest stall | all of it | once more (median of 5) |\n| --- | --- | --- | --- | --- |");
  // Each in a process of its own, which has seen nothing.
  for (const what of Object.keys(cases)) {
    for (const fixes of [false, true]) {
      for (const inPieces of [true, false]) {
        const args = [...process.execArgv, process.argv[1] ?? "", JSON.stringify({ what, fixes, inPieces })];
        process.stdout.write(execFileSync(process.execPath, args, { encoding: "utf8" }));
      }
    }
  }
}
