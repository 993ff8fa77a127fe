// Every set of the reader's rights, in every world of docs/permissions.md: with fewer rights an answer is never more certain,
// and confirms no other blocker. Writes spec/evidence/rights.json, from which the page is made. `npm run rights`; it takes
// some minutes. `-- --world NAME` goes through one world and writes nothing.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  type Cell,
  decidingRights,
  overreach,
  type RightsFigures,
  withWorld,
  worlds,
} from "../spec/evidence/permissionsTable.js";

const { values } = parseArgs({ options: { world: { type: "string" } } });
const count = 2 ** decidingRights.length;
const withoutOf = (set: number) => decidingRights.filter((_, bit) => (set & (1 << bit)) !== 0);

const figures: RightsFigures[] = [];
for (const [world, made] of Object.entries(worlds)) {
  if (values.world !== undefined && values.world !== world) continue;
  const found = await withWorld(made(), async (tell) => {
    const cells: Cell[] = [];
    for (let set = 0; set < count; set += 1) cells.push(await tell(withoutOf(set)));
    return figuresOf(world, cells);
  });
  console.log(JSON.stringify(found));
  figures.push(found);
}
if (values.world === undefined) {
  const path = new URL("../spec/evidence/rights.json", import.meta.url);
  writeFileSync(path, `${JSON.stringify(figures, null, 2)}\n`);
}
process.exitCode = figures.every(({ overreaches }) => overreaches === 0) ? 0 : 1;

function figuresOf(world: string, cells: readonly Cell[]): RightsFigures {
  const outcomes: Record<string, number> = {};
  for (const { diagnosis } of cells) outcomes[diagnosis.outcome] = (outcomes[diagnosis.outcome] ?? 0) + 1;
  // Equal cells are one object, so that each pair is judged once.
  const judged = new Map<Cell, Map<Cell, string | null>>();
  let comparisons = 0;
  let overreaches = 0;
  for (const [set, fewer] of cells.entries()) {
    for (const bit of decidingRights.keys()) {
      const more = (set & (1 << bit)) === 0 ? undefined : cells[set ^ (1 << bit)];
      if (more === undefined) continue;
      comparisons += 1;
      const ofFewer = judged.get(fewer) ?? new Map<Cell, string | null>();
      judged.set(fewer, ofFewer);
      const wrong = ofFewer.has(more) ? ofFewer.get(more) : overreach(fewer.diagnosis, more.diagnosis);
      ofFewer.set(more, wrong ?? null);
      if (wrong == null) continue;
      overreaches += 1;
      if (overreaches <= 5) console.error(`${world}, without ${withoutOf(set).join(", ")}: ${wrong}`);
    }
  }
  return { world, sets: cells.length, answers: new Set(cells).size, outcomes, comparisons, overreaches };
}
