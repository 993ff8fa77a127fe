// The floor plan (CONTRIBUTING.md), held: imports of lib/ go one way, by folders and by files, a fact stands once, a name is
// exported once, and a file that is no table fits on a few screens. `npm run check:imports`.
import { readImports } from "./imports/readImports.js";

/** What each folder of lib/, and each file that stands beside them, may import besides itself. */
const plan: Record<string, string[]> = {
  facts: [],
  policy: ["facts"],
  snapshot: ["facts", "policy"],
};
const below = (...names: string[]) => [...new Set(names.flatMap((name) => [name, ...(plan[name] ?? [])]))];
plan.denial = below("snapshot");
plan.question = below("snapshot");
plan.plan = below("question");
plan.verdict = below("denial", "question");
plan.diagnosis = below("verdict");
plan.fix = below("diagnosis");
plan["diagnose.ts"] = below("fix");
plan["newJudge.ts"] = below("diagnose.ts");
plan.report = below("newJudge.ts");
plan.survey = below("report");
plan.redaction = below("newJudge.ts");
plan.aws = ["facts"];
plan.evidence = below("aws", "denial", "question");
plan.options = below("diagnosis", "evidence");
plan.client = below("report", "redaction", "evidence", "options");
plan.emulator = below("policy");
plan.replay = below("emulator", "question");
plan.testing = below("client", "replay");
plan.cli = below("survey", "testing", "plan");
plan["index.ts"] = below("client");

const longest = 250;

const files = readImports();
const faults = [...upwards(), ...cycles(), ...twins(), ...longFiles(), ...repeatedFacts()];
if (faults.length > 0) {
  console.error(faults.sort().join("\n"));
  console.error(`\n${faults.length} faults`);
  process.exit(1);
}
console.log(`imports go one way in ${files.size} files of ${Object.keys(plan).length} folders; every fact stands once`);

function* upwards(): Generator<string> {
  for (const [file, { imports }] of files) {
    const from = floorOf(file);
    if (plan[from] === undefined) yield `lib/${file}: ${from} is not in the floor plan of scripts/check-imports.ts`;
    for (const { to } of imports) {
      const floor = floorOf(to);
      if (!files.has(to)) yield `lib/${file}: imports lib/${to}, which is not there`;
      else if (floor !== from && !plan[from]?.includes(floor)) {
        yield `lib/${file}: imports lib/${to}, but ${from} may not know ${floor}`;
      }
    }
  }
}

function floorOf(file: string): string {
  return file.split("/", 1).join();
}

/** Files that import each other in a ring, types included: each ring once. */
function* cycles(): Generator<string> {
  const done = new Set<string>();
  const path: string[] = [];
  function* visit(file: string): Generator<string> {
    if (path.includes(file)) {
      yield `lib/${file}: imports itself by way of ${[...path.slice(path.indexOf(file) + 1), file].join(", ")}`;
      return;
    }
    if (done.has(file)) return;
    path.push(file);
    for (const { to } of files.get(file)?.imports ?? []) yield* visit(to);
    path.pop();
    done.add(file);
  }
  for (const file of files.keys()) yield* visit(file);
}

/** Names that two files export: a name has one meaning. */
function* twins(): Generator<string> {
  const homes = new Map<string, string>();
  for (const [file, { text }] of files) {
    const declared =
      /^export (?:declare |abstract |async )*(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;
    for (const name of new Set([...text.matchAll(declared)].map(([, found = ""]) => found))) {
      const home = homes.get(name);
      if (home === undefined) homes.set(name, file);
      else yield `lib/${file}: exports ${name}, and so does lib/${home}`;
    }
  }
}

function* longFiles(): Generator<string> {
  for (const [file, { text, lines }] of files) {
    if (floorOf(file) !== "facts" && lines > longest && /\bfunction\b|=>/.test(text))
      yield `lib/${file}: ${lines} lines, of at most ${longest}`;
  }
}

/** What only lib/facts/ may say: how an ARN is put together, how names look, which condition keys there are of a kind. */
function* repeatedFacts(): Generator<string> {
  const keys = new Set(
    [...(files.get("facts/conditionKeys.ts")?.text ?? "").matchAll(/"([a-z0-9]+:[\w:/-]+)"/gi)].map(([, key = ""]) =>
      key.toLowerCase(),
    ),
  );
  const isKey = (text: string) => keys.has(text.toLowerCase());
  for (const [file, { text }] of files) {
    if (floorOf(file) === "facts") continue;
    for (const [index, line] of text.split("\n").entries()) {
      const place = `lib/${file}:${index + 1}`;
      if (splitsArn(line)) yield `${place}: takes an ARN apart; parseArn of facts/arn.ts does`;
      if (/(?<!\w-\(?)\\d\{12\}|\{12\}\$|\^arn:(?!\/)|\[\^:[\\s\]]*\]\+?:(iam|sts|kms|backup)|\{2,50\}/.test(line)) {
        yield `${place}: says how a name looks; facts/names.ts does`;
      }
    }
    for (const [list] of text.matchAll(/\[[^[\]]*\]|(?:\s*case "[^"]+":)+/g)) {
      const named = [...list.matchAll(/"([^"]+)"/g)].map(([, one = ""]) => one).filter(isKey);
      if (named.length <= 2) continue;
      const line = text.slice(0, text.indexOf(list)).split("\n").length;
      yield `lib/${file}:${line}: lists condition keys (${named.slice(0, 3).join(", ")}, ...); facts/conditionKeys.ts does`;
    }
  }
}

/** `split(":")` from which a third part or a later one is taken, or that is done to what is called an ARN. */
function splitsArn(line: string): boolean {
  if (!line.includes('.split(":")')) return false;
  const [, taken = ""] = /\[([^\]]*)\]\s*=[^=>]*\.split\(":"\)/.exec(line) ?? [];
  return (
    /arn\??\.split/i.test(line) ||
    /split\(":"\)(\)|\?|\.at\(|\.slice\(|\[)+[2-9]/.test(line) ||
    taken.split(",").length > 2
  );
}
