import { readFileSync } from "node:fs";
import { expect } from "chai";
import { readCaseTables } from "./tables/readCaseTables.js";
import { renderConformance } from "./tables/renderConformance.js";

describe("docs/conformance.md", () => {
  it("tells what the case tables prove; else run npx tsx scripts/conformance.ts", () => {
    const committed = readFileSync(`${import.meta.dirname}/../../docs/conformance.md`, "utf8");

    expect(committed === renderConformance(readCaseTables())).to.equal(true);
  });

  it("lists every case under a name of its own in its table", () => {
    for (const { table, rules } of readCaseTables()) {
      const names = rules.flatMap(({ rows }) => rows.map(({ name }) => name));

      expect(new Set(names).size, table).to.equal(names.length);
    }
  });
});
