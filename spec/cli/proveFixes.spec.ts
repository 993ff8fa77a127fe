import { expect } from "chai";
import { served } from "../emulator/served.js";
import { allow, keyArn, memberWorld } from "../emulator/worlds.js";
import { cli, cliAt } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

describe("check --prove-fixes", function () {
  this.timeout(60_000);

  it("tells under the fix that AWS's policy simulator agrees", () =>
    served({ world: memberWorld({ identity: allow("backup:*", "kms:*") }) }, async (emulator) => {
      const { code, stdout, stderr } = await cliAt(
        ["check", "--vault", "prod-vault", "--key", keyArn, "--prove-fixes"],
        environmentOf(emulator),
      );

      expect(stderr).to.equal("");
      expect(code).to.equal(1);
      expect(stdout).to.contain(
        "AWS's policy simulator agrees: With the change made it allows backup-storage:MountCapsule.",
      );
    }));

  it("is refused beside --attempt, which asks AWS by doing", async () => {
    const { code, stderr } = await cli(["check", "--vault", "prod-vault", "--attempt", "--prove-fixes"]);

    expect(code).to.equal(3);
    expect(stderr).to.contain("--attempt and --prove-fixes: expected one of the two");
  });
});
