import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { cli } from "./cli.js";

const example = fileURLToPath(new URL("../examples/mountcapsule-missing.snapshot.json", import.meta.url));
const explain = (...args: string[]) => cli(["explain", "--snapshot", example, ...args]);

// specification, section 6
describe("backup-vault-access explain --fix", () => {
  it("prints the one fix in the form that is asked for, and ends as the diagnosis does", async () => {
    const asCli = await explain("--fix", "1", "--as", "cli");
    const byDefault = await explain("--fix", "1");

    expect(asCli.stdout).to.match(
      /^: 'Allow backup-storage:MountCapsule .*\naws iam put-role-policy --role-name Deployer /s,
    );
    expect(asCli.code).to.equal(1);
    expect(byDefault.stdout).to.match(/^--- a\/CreateVault\n\+\+\+ b\/CreateVault\n@@ /);
    expect(asCli.stderr).to.equal("");
  });

  for (const [args, message] of [
    [["--fix", "0"], "--fix 0: expected the number of a fix, from 1"],
    [["--fix", "first"], "--fix first: expected the number of a fix, from 1"],
    [["--as", "json"], "--as json: expected --fix N beside it: which fix?"],
    [["--fix", "7"], "--fix 7: expected a whole number from 1 to 1"],
    [["--fix", "1", "--as", "pulumi"], "--as pulumi: expected diff, json, cli, terraform or cloudformation"],
  ] as const) {
    it(`ends with 3 and says what was expected: ${args.join(" ")}`, async () => {
      const { code, stdout, stderr } = await explain(...args);

      expect(code).to.equal(3);
      expect(stderr).to.equal(`error: ${message}\n`);
      expect(stdout).to.equal("");
    });
  }

  it("ends with 3 where nothing blocks, since there is nothing to fix", async () => {
    const allowed = example.replace("mountcapsule-missing", "allowed");

    const { code, stderr } = await cli(["explain", "--snapshot", allowed, "--fix", "1"]);

    expect(code).to.equal(3);
    expect(stderr).to.equal("error: --fix 1: there are no fixes\n");
  });
});
