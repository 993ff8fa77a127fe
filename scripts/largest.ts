// `npm run bench:largest`: how long a diagnosis of the largest policies that AWS allows holds the process up: ten managed
// policies of 6,144 characters, an inline one of 10,240, five service control policies of 5,120 at each of seven levels.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
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

for (const [what, tags] of [
  ["every Deny applies", { status: "none" }],
  ["no Deny is decided", { status: "notRead" }],
] as const) {
  const snapshot = largest(tags);
  for (const fixes of [false, true]) {
    const times = Array.from({ length: 6 }, () => {
      const began = performance.now();
      diagnose(snapshot, { fixes });
      return performance.now() - began;
    });
    const [first = 0, ...later] = times;
    const median = later.sort((a, b) => a - b)[Math.floor(later.length / 2)] ?? 0;
    console.log(
      `${what}, ${fixes ? "with" : "without"} fixes: first ${first.toFixed(0)} ms, then ${median.toFixed(0)} ms (median of ${later.length})`,
    );
  }
}
