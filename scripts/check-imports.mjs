// Imports go one way (ARCHITECTURE): fails when a folder of lib/ imports one that it may not know.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What each folder of lib/ may import from lib/, besides itself. */
const allowed = {
  facts: [],
  policy: [],
  snapshot: ["policy"],
  caller: ["policy", "snapshot"],
  denial: ["policy", "snapshot", "caller"],
  request: ["policy", "snapshot", "caller", "denial"],
  verdict: ["policy", "snapshot", "caller", "denial", "request"],
  diagnosis: ["policy", "snapshot", "caller", "denial", "request", "verdict"],
  fix: ["policy", "snapshot", "caller", "denial", "request", "verdict", "diagnosis"],
  redaction: ["policy", "snapshot", "caller", "denial", "request", "verdict", "diagnosis"],
  report: ["policy", "snapshot", "caller", "denial", "request", "verdict", "diagnosis", "fix"],
  aws: [],
  evidence: ["aws", "policy", "snapshot", "caller", "denial", "request"],
  options: ["snapshot", "diagnosis"],
  client: [
    "policy",
    "snapshot",
    "caller",
    "denial",
    "request",
    "verdict",
    "diagnosis",
    "fix",
    "redaction",
    "report",
    "aws",
    "evidence",
    "options",
  ],
  emulator: ["facts", "policy"],
  replay: ["policy", "snapshot", "emulator"],
  testing: [
    "policy",
    "verdict",
    "snapshot",
    "caller",
    "denial",
    "request",
    "diagnosis",
    "fix",
    "report",
    "client",
    "emulator",
    "replay",
    "options",
  ],
  cli: [
    "policy",
    "snapshot",
    "caller",
    "denial",
    "request",
    "verdict",
    "diagnosis",
    "fix",
    "redaction",
    "report",
    "aws",
    "evidence",
    "options",
    "client",
    "emulator",
    "replay",
    "testing",
  ],
};

const lib = fileURLToPath(new URL("../lib", import.meta.url));
const faults = [];

for (const names of Object.values(allowed)) names.push("facts");
allowed.facts = [];
for (const file of readdirSync(lib, { recursive: true, encoding: "utf8" })) {
  const [from] = file.split("/");
  if (!file.endsWith(".ts") || from === file) continue;
  const may = allowed[from];
  if (may === undefined) {
    faults.push(`lib/${file}: the folder ${from} is not in the floor plan of scripts/check-imports.mjs`);
    continue;
  }
  const path = join(lib, file);
  for (const [, target] of readFileSync(path, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
    const to = relative(lib, resolve(dirname(path), target)).split("/")[0];
    if (to !== from && !may.includes(to)) faults.push(`lib/${file} imports ${target}: ${from} may not know ${to}`);
  }
}

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`imports go one way in ${Object.keys(allowed).length} folders`);
