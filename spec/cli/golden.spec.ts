import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { cli } from "./cli.js";
import { folder, golden, typed } from "./goldens.js";

/*
 * What each command prints, in each format, as a person gets it. A difference is looked at; is it as it should be, the
 * files are written anew by GOLDEN=write. golden.journey.ts holds the built program to the same files.
 */

describe("What the command line prints", () => {
  for (const [name, args] of Object.entries(typed)) {
    it(`${name} is as it was looked at`, async () => {
      const told = golden(await cli(args));

      const file = new URL(`${name}.golden`, folder);
      if (process.env.GOLDEN === "write") writeFileSync(file, told);
      expect(existsSync(file) ? readFileSync(file, "utf8") : "(no such file)").to.equal(told);
    });
  }

  it("has no file that nothing is held to", () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".golden"));

    expect(files.map((file) => file.replace(".golden", ""))).to.have.members(Object.keys(typed));
  });
});
