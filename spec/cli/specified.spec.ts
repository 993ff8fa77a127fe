import { readFileSync } from "node:fs";
import { expect } from "chai";
import { cli } from "./cli.js";

/** Section 6 of the specification: the command line. */
const section =
  readFileSync(new URL("../../docs/specification.md", import.meta.url), "utf8")
    .split(/^## /m)
    .find((text) => text.startsWith('<a id="section-6">')) ?? "";

const helpOf = async (...words: string[]) => (await cli([...words, "--help"])).stdout;
const optionsIn = (help: string) => [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, name = ""]) => name);

// specification, section 6
describe("The command line offers nothing that the specification does not tell", () => {
  it("no command, and no option of any command", async () => {
    const help = await helpOf();
    const commands = [...help.matchAll(/^ {2}([a-z]+)\b/gm)]
      .map(([, name = ""]) => name)
      .filter((name) => name !== "help");
    let options = 0;
    const missing = commands.filter((name) => !section.includes(`\`backup-vault-access ${name}`));
    for (const words of [[], ...commands.map((name) => [name])]) {
      for (const option of optionsIn(await helpOf(...words))) {
        const told = new RegExp(`${option}(?![a-z-])`).test(section) || ["--help", "--version"].includes(option);
        options += 1;
        if (!told) missing.push([...words, option].join(" "));
      }
    }

    expect(commands).to.include.members(["explain", "check", "snapshot", "emulator"]);
    expect(options).to.be.greaterThan(40);
    expect(missing).to.deep.equal([]);
  });
});
