// npm run plots: draws how the cost of a diagnosis grows, from what npm run bench measured on each Node.js, as
// docs/pictures/cost-NAME.svg.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

interface Run {
  yardstick: string;
  machine: { node: string };
  curves: { name: string; points: { size: number; before: number; after: number }[] }[];
}

const files = readdirSync("reports").filter((file) => /^bench-node\d+\.json$/.test(file));
if (files.length === 0) throw new Error("reports/bench-node*.json: none there; npm run bench makes them");
const runs = files.map((file) => JSON.parse(readFileSync(`reports/${file}`, "utf8")) as Run);
const { document } = parseHTML("<html></html>");

for (const { name } of runs[0]?.curves ?? []) {
  const points = runs.flatMap(({ yardstick, machine, curves }) => {
    const node = `Node.js ${machine.node.slice(1).split(".", 1)[0]}`;
    const found = curves.find((curve) => curve.name === name)?.points ?? [];
    return found.flatMap(({ size, before, after }) => [
      { size, cost: before, node, what: yardstick },
      { size, cost: after, node, what: "now" },
    ]);
  });
  const svg = Plot.plot({
    document,
    width: 960,
    height: 400,
    marginLeft: 60,
    marginRight: 60,
    style: { background: "white", color: "black", fontFamily: "sans-serif" },
    fx: { label: null },
    x: { type: "log", label: name, ticks: [...new Set(points.map(({ size }) => size))], tickFormat: "~s" },
    y: {
      type: "log",
      label: "microseconds of processor time for one diagnosis",
      grid: true,
      ticks: 4,
      tickFormat: "~s",
    },
    color: { domain: [...new Set(points.map(({ what }) => what))], range: ["#b3541e", "#1f6fb3"] },
    marks: [
      Plot.line(points, { fx: "node", x: "size", y: "cost", stroke: "what", marker: true }),
      Plot.text(
        points,
        Plot.selectLast({ fx: "node", x: "size", y: "cost", z: "what", text: "what", textAnchor: "start", dx: 8 }),
      ),
    ],
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const file = `docs/pictures/cost-${name.replaceAll(" ", "-")}.svg`;
  writeFileSync(file, `${svg.outerHTML}\n`);
  console.log(file);
}
