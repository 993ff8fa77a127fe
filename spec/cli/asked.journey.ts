import { channel } from "node:diagnostics_channel";
import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { whileReading } from "../../lib/cli/whileReading.js";
import { vaultTag } from "../../lib/testing/vaults/vaultMark.js";
import { served } from "../emulator/served.js";
import { allow, memberWorld } from "../emulator/worlds.js";
import { cliAt } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

describe("Commands that ask AWS", function () {
  this.timeout(60_000);

  it("policy --caller fills in the account and the role of whoever calls, with its path", async () => {
    const { stdout, code } = await served({ world: memberWorld({ identity: allow("*") }) }, (emulator) =>
      cliAt(["policy", "--caller", "--vault", "prod-vault", "--format", "json"], environmentOf(emulator)),
    );

    const { creator, key } = JSON.parse(stdout) as { creator: object; key: object };
    expect(creator).to.have.nested.property(
      "Statement[0].Resource",
      "arn:aws:backup:us-west-2:444455556666:backup-vault:prod-vault",
    );
    expect(key).to.have.nested.property("Principal.AWS", "arn:aws:iam::444455556666:role/team/Deployer");
    expect(code).to.equal(0);
  });

  it("policy --caller says where IAM does not tell the path of the role", async () => {
    const { stderr, code } = await served({ world: memberWorld({ identity: allow("kms:*") }) }, (emulator) =>
      cliAt(["policy", "--caller", "--only", "key"], environmentOf(emulator)),
    );

    expect(stderr).to.match(
      /^--caller: IAM does not tell the path of arn:aws:iam::444455556666:role\/Deployer, .*--principal/,
    );
    expect(code).to.equal(0);
  });

  it("policy --caller ends with 4 where AWS does not tell", async () => {
    const { stderr, code } = await served({ world: memberWorld() }, (emulator) =>
      cliAt(["policy", "--caller"], { ...environmentOf(emulator), AWS_SESSION_TOKEN: "over" }),
    );

    expect(stderr).to.match(/^error: --caller: AWS does not tell who calls \(/);
    expect(code).to.equal(4);
  });

  it("sweep removes what a test left behind, and nothing else", async () => {
    const [{ stdout, code }, names] = await served(
      { world: memberWorld({ identity: allow("*") }) },
      async (emulator) => {
        const client = new BackupClient(emulator.clientConfig());
        for (const [BackupVaultName, BackupVaultTags] of [
          ["vault-access-test-old", { [vaultTag]: "2020-01-01T00:00:00.000Z" }],
          ["vault-access-test-mine", {}],
        ] as const) {
          await client.send(new CreateBackupVaultCommand({ BackupVaultName, BackupVaultTags }));
        }
        const swept = await cliAt(["sweep"], environmentOf(emulator));
        return [swept, emulator.world.accounts[0]?.vaults.map(({ name }) => name)] as const;
      },
    );

    expect(stdout).to.equal("removed arn:aws:backup:us-west-2:444455556666:backup-vault:vault-access-test-old\n");
    expect(names).to.deep.equal(["vault-access-test-mine"]);
    expect(code).to.equal(0);
  });

  it("sweep gives up by --timeout where nothing answers", async () => {
    const { stderr, code } = await served(
      { world: memberWorld({ identity: allow("*") }), faults: [{ operation: "ListBackupVaults", effect: "hang" }] },
      (emulator) => cliAt(["sweep", "--timeout", "1"], environmentOf(emulator)),
    );

    expect(stderr).to.match(/^error: (--timeout 1: AWS had not listed the vaults by then|.*exceeded the configured)/);
    expect(code).to.equal(4);
  });

  it("on a terminal say after a while what is being read, on one line, and take it away at the end", async () => {
    let shown = "";
    let onShown = () => {};
    const drawn = new Promise<void>((resolve) => {
      onShown = resolve;
    });
    const io = {
      stdout: () => {},
      stderr: (text: string) => {
        shown += text;
        if (text.includes("reading")) onShown();
      },
      stdin: async () => "",
      env: {},
      isTerminal: false,
      isErrorTerminal: true,
    };

    await whileReading(io, { total: 3 }, async () => {
      channel("backup-vault-access:call").publish({ type: "asked", call: "iam:GetRole" });
      await drawn;
    });

    expect(shown).to.equal("0 of 3 checked, 0 calls answered, reading iam:GetRole\r\u001B[2K");
  });
});
