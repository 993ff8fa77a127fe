// `npm run bench:survey [-- --principals N]`: what it costs to ask about 10,000 principals of one account that share
// organization and key, from a stored dump, by the compiled command line: seconds of processor time of the whole process,
// and the heap after every thousand answers.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { plantedOrganization } from "../spec/survey/plantedOrganization.js";
import { compiledAt } from "./bench/buildAt.js";

const { values } = parseArgs({ options: { principals: { type: "string", default: "10000" } } });
const count = Number(values.principals);
const folder = compiledAt();
const snapshot = join(import.meta.dirname, "../spec/examples/allowed.snapshot.json");
const [[id, dump] = ["", ""]] = plantedOrganization(1, count).dumps;
const file = join(folder, "dump.json");
writeFileSync(file, dump.replaceAll(id, "444455556666"));

/** Tells on exit what the process cost; with garbage collection at hand, the heap after every thousand rows. */
const meter = `
let rows = 0;
const heap = [];
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (text, ...rest) => {
  if (globalThis.gc && (rows += 1) % 1000 === 0) { gc(); heap.push(Math.round(process.memoryUsage().heapUsed / 1e5) / 10); }
  return write(text, ...rest);
};
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write("\\n" + JSON.stringify({ seconds: (user + system) / 1e6, heap, rss: Math.round(process.resourceUsage().maxRSS / 1e3) }));
});`;

interface Cost {
  seconds: number;
  heap: number[];
  rss: number;
}

function cost(flags: string[], args: string[]): Cost {
  const hook = `data:text/javascript,${encodeURIComponent(meter)}`;
  const cli = ["--import", hook, join(folder, "dist/cli/main.js"), "explain", "--snapshot", snapshot];
  const whole = [...flags, ...cli, "--account-file", file, ...args];
  const script = `"$0" "$@" 2>&1 >/dev/null | tail -n 1`;
  return JSON.parse(execFileSync("sh", ["-c", script, process.execPath, ...whole], { encoding: "utf8" })) as Cost;
}

const runs = [
  { name: "a table", args: [] },
  { name: "lines (ndjson)", args: ["--format", "ndjson"] },
  { name: "a summary, each change proven", args: ["--summary"] },
].map(({ name, args }) => ({ name, ...cost([], args) }));
const { heap } = cost(["--expose-gc"], []);

const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
mkdirSync("reports", { recursive: true });
writeFileSync("reports/survey.json", `${JSON.stringify({ commit, count, runs, heap }, null, 2)}\n`);
console.log(
  `${count} principals, a dump of ${Math.round(dump.length / 1e5) / 10} MB, at ${commit}, Node.js ${process.version}, ${cpus()[0]?.model}\n`,
);
console.log("| what is printed | seconds of processor time | most memory, MB |\n| --- | --- | --- |");
for (const { name, seconds, rss } of runs) console.log(`| ${name} | ${seconds.toFixed(1)} | ${rss} |`);
console.log(`\nheap in MB after each thousand answers: ${heap.join(", ")}`);
