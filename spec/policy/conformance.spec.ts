import { readFileSync } from "node:fs";
import { expect } from "chai";
import { readLayerRules } from "../verdict/cases/readLayerRules.js";
import { readTables } from "../verdict/cases/readTables.js";
import { readCaseTables } from "./tables/readCaseTables.js";
import { renderConformance } from "./tables/renderConformance.js";

describe("docs/conformance.md", () => {
  it("tells what the case tables prove; else run npm run conformance", () => {
    const committed = readFileSync(`${import.meta.dirname}/../../docs/conformance.md`, "utf8");

    expect(committed === renderConformance()).to.equal(true);
  });

  it("lists every case under a name of its own in its table", () => {
    for (const { table, rules } of readCaseTables()) {
      const names = rules.flatMap(({ rows }) => rows.map(({ name }) => name));

      expect(new Set(names).size, table).to.equal(names.length);
    }
  });

  it("gives every rule of a layer that it tells the cases that prove it", () => {
    const tables = ["verdict", "diagnosis"].flatMap((folder) =>
      readTables(`${import.meta.dirname}/../${folder}/tables`),
    );
    for (const [name, { rules }] of Object.entries(readLayerRules().tables)) {
      const sources = tables
        .filter(({ table }) => table === name)
        .flatMap(({ cases }) => cases.map(({ source }) => source));

      expect(sources, name).to.include.members(Object.keys(rules));
    }
  });
});
