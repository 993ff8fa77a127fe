import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const root = fileURLToPath(new URL("../..", import.meta.url));
const listed = execFileSync(process.execPath, ["scripts/verify.mjs", "--list"], { cwd: root, encoding: "utf8" });
const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  scripts: Record<string, string>;
};

describe("npm run verify", () => {
  it("repeats a gate by commands that package.json has", () => {
    const named = [...listed.matchAll(/npm run -s ([\w:-]+)/g)].map(([, name = ""]) => name);

    expect(named).to.include.members(["check:package", "check:imports", "typecheck"]);
    expect(named.filter((name) => scripts[name] === undefined)).to.eql([]);
  });

  it("holds every check that package.json has", () => {
    const checks = Object.keys(scripts).filter((name) => name.startsWith("check:"));

    expect(checks.filter((name) => !listed.includes(name))).to.eql([]);
  });

  it("says which gates there are where it is asked for another", () => {
    const asked = () =>
      execFileSync(process.execPath, ["scripts/verify.mjs", "lints"], { cwd: root, encoding: "utf8", stdio: "pipe" });

    expect(asked).to.throw(/no such gate: lints/);
  });
});
