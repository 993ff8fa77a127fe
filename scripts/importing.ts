// `npm run bench:import [-- --pairs N]`: what importing the package costs over the SDK's own client alone: processor time
// and memory of a process that imports and ends, the median of interleaved processes.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compiledAt } from "./bench/buildAt.js";

const { values } = parseArgs({ options: { pairs: { type: "string", default: "21" } } });
const pairs = Number(values.pairs);
const folder = compiledAt();
const modules = {
  "@aws-sdk/client-backup alone": "@aws-sdk/client-backup",
  "the drop-in": join(folder, "dist/client/client-backup.js"),
  "the root entry": join(folder, "dist/index.js"),
};

function cost(module: string): { time: number; memory: number } {
  const code = `await import(${JSON.stringify(module)});
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ time: (user + system) / 1e3, memory: process.memoryUsage().rss / 1e6 }));`;
  const env = { ...process.env, NODE_NO_WARNINGS: "1" };
  const answer = execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  return JSON.parse(answer) as { time: number; memory: number };
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const rounds = Array.from({ length: pairs }, () =>
  Object.fromEntries(Object.entries(modules).map(([name, module]) => [name, cost(module)])),
);
const [alone = ""] = Object.keys(modules);
console.log(`median of ${pairs} interleaved processes, Node.js ${process.version}\n`);
console.log("| imported | ms of processor time | over the client alone | MB more |\n| --- | --- | --- | --- |");
for (const name of Object.keys(modules)) {
  const each = rounds.flatMap((round) => {
    const [own, base] = [round[name], round[alone]];
    return own === undefined || base === undefined ? [] : [{ own, base }];
  });
  const time = median(each.map(({ own }) => own.time));
  const more = median(each.map(({ own, base }) => own.time / base.time - 1));
  const memory = median(each.map(({ own, base }) => own.memory - base.memory));
  console.log(`| ${name} | ${time.toFixed(0)} | ${(more * 100).toFixed(0)} % | ${memory.toFixed(1)} |`);
}
