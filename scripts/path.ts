// Writes docs/path.md: the way from a caught denial to the thrown error, a file a step, made from what the files import.
// `npm run path` writes; `npm run path -- --check` fails where the page is no longer true, and where the way is no longer
// short and straight: more than fifteen steps, a stop that cannot be reached from the steps before it, a step that imports
// one that was left behind.
import { readFileSync, writeFileSync } from "node:fs";
import { readImports } from "./imports/readImports.js";

/** What the way passes, in this order: exports of lib/. The files between them are found by the imports. */
const stops = [
  { name: "createBackupVault", does: "the call is refused" },
  { name: "isDenial", does: "recognise: not a denial of ours, and the same error goes on" },
  { name: "errorForDenial", does: "explain, and never outlive the deadline" },
  { name: "collectEvidence", does: "collect: a snapshot; from here on nothing talks to AWS" },
  { name: "diagnose", does: "diagnose: one pure function" },
  { name: "inquiryOf", does: "ask: the seven questions, once" },
  { name: "weigh", does: "weigh: what each source says is settled, and each action decided" },
  { name: "judgeAction", does: "judge: one question by eight layers" },
  { name: "blockersOf", does: "tell what really blocks" },
  { name: "fixesInTurn", does: "fix, and prove it" },
  { name: "BackupVaultAccessDeniedError", does: "throw, with the original as its cause" },
];

const mostSteps = 15;
const page = new URL("../docs/path.md", import.meta.url);

const files = readImports();
const faults: string[] = [];
const steps: { file: string; stop: string }[] = [];

for (const { name, does } of stops) {
  const home = homeOf(name);
  if (home === undefined) {
    faults.push(`no file of lib/ is named after ${name}, a stop of the way`);
    continue;
  }
  const chain = steps.length === 0 ? [home] : chainTo(home);
  if (chain === undefined) faults.push(`lib/${home} is imported by no step before it, nor by what they import`);
  for (const file of chain ?? []) steps.push({ file, stop: file === home ? does : "" });
}
for (const [index, { file }] of steps.entries()) {
  for (const { file: left } of steps.slice(0, index)) {
    if (runtimeImports(file).includes(left)) faults.push(`lib/${file} goes back to lib/${left}`);
  }
}
if (steps.length > mostSteps) faults.push(`the way has ${steps.length} steps, of at most ${mostSteps}`);

const text = render();
if (!process.argv.includes("--check")) writeFileSync(page, text);
else if (readFileSync(page, "utf8") !== text) faults.push("docs/path.md is no longer true: run npm run path");
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

/** The file named after an export; of two, the one outside the emulator, which has a world of its own. */
function homeOf(name: string): string | undefined {
  return [...files.keys()].find(
    (file) => !file.startsWith("emulator/") && (file === `${name}.ts` || file.endsWith(`/${name}.ts`)),
  );
}

function runtimeImports(file: string): string[] {
  return (files.get(file)?.imports ?? []).filter(({ isType }) => !isType).map(({ to }) => to);
}

/** The files from the steps so far to one more, by the fewest imports, from the last step that leads there. */
function chainTo(home: string): string[] | undefined {
  const before = new Map(steps.toReversed().map(({ file }): [string, string | null] => [file, null]));
  for (const [file] of before) {
    for (const next of runtimeImports(file)) {
      if (before.has(next)) continue;
      before.set(next, file);
      if (next === home) {
        const chain: string[] = [];
        for (let at: string | null = home; at !== null && before.get(at) !== null; at = before.get(at) ?? null)
          chain.unshift(at);
        return chain;
      }
    }
  }
  return undefined;
}

function render(): string {
  const rows = steps.map(
    ({ file, stop }, index) => `| ${index + 1} | ${stop} | [${file}](../lib/${file}) | ${saysOf(file)} |`,
  );
  return `# From a refusal to its explanation

The way from a caught denial to the thrown error, a file a step. Each is imported by a step before it and by none after it,
so it can be read from the top to the bottom. Made by \`npm run path\` from the imports; \`npm run verify\` fails when it is
no longer true.

| step | what happens | file | what it says of itself |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}

/** The first sentence of the docstring of what the file is named after. */
function saysOf(file: string): string {
  const name = /([^/]+)\.ts$/.exec(file)?.[1] ?? "";
  const written = readFileSync(new URL(`../lib/${file}`, import.meta.url), "utf8");
  const docstring = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*export [\\w* ]*\\b${name}\\b`).exec(written)?.[1];
  if (docstring === undefined) {
    faults.push(`lib/${file}: ${name} has no docstring that says what this step does`);
    return "";
  }
  const words = docstring
    .replace(/^\s*\*/gm, " ")
    .replace(/\s+/g, " ")
    .trim();
  return (/^.*?[.:](?= |$)/.exec(words)?.[0] ?? words).replace(/:$/, ".").replaceAll("|", "\\|");
}
