import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("An assertion without await", function () {
  this.timeout(60_000);

  it("is caught by the linter's rule no-floating-promises", () => {
    const args = [
      "--config",
      "spec/testing/fixtures/oxlintrc.json",
      "--type-aware",
      "--format",
      "unix",
      "spec/testing/fixtures/missingAwait.ts",
    ];

    // Findings make it end with 1.
    const { stdout: said } = spawnSync(`${root}/node_modules/.bin/oxlint`, args, { cwd: root, encoding: "utf8" });

    const found = said.split("\n").filter((line) => line.includes("no-floating-promises"));
    expect(found.map((line) => line.match(/:(\d+):\d+:/)?.[1])).to.deep.equal(["7", "8"]);
  });
});
