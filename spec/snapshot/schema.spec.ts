import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { type JsonSchema, misfit } from "./fitsSchema.js";
import { exampleNames, exampleText, malformed, malformedSnapshots } from "./malformedSnapshots.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

function published(name: string): JsonSchema {
  return JSON.parse(readFileSync(`${root}/config/schemas/${name}.schema.json`, "utf8")) as JsonSchema;
}

describe("the published JSON Schemas", () => {
  it("are up to date with the types", function () {
    this.timeout(60_000);

    execFileSync(process.execPath, ["--import", "tsx", "scripts/schemas.ts", "--check"], { cwd: root, stdio: "pipe" });
  });

  for (const name of exampleNames) {
    it(`take the specification's example ${name}`, () => {
      expect(misfit(published("snapshot"), JSON.parse(exampleText(name)))).to.equal(null);
    });

    it(`take the diagnosis of ${name}`, () => {
      const diagnosis: unknown = JSON.parse(JSON.stringify(diagnose(parseSnapshot(exampleText(name)))));

      expect(misfit(published("diagnosis"), diagnosis)).to.equal(null);
    });
  }

  for (const row of malformedSnapshots) {
    if (row.schemaAccepts === true) continue;
    it(`refuse what parseSnapshot refuses: ${row.name}`, () => {
      expect(misfit(published("snapshot"), malformed(row))).not.to.equal(null);
    });
  }
});
