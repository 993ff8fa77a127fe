import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { parseWorld, startEmulator, WorldFormatError, world } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { allow, memberWorld } from "./worlds.js";

const accountId = "444455556666";
const smallest = {
  caller: { arn: `arn:aws:iam::${accountId}:role/Deployer` },
  accounts: [
    {
      id: accountId,
      roles: [{ name: "Deployer", inlinePolicies: [{ name: "All", document: allow("*") }] }],
    },
  ],
};

describe("A world file", () => {
  it("needs only what matters", () =>
    served({ world: parseWorld(JSON.stringify(smallest)) }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());
      const made = await client.send(new CreateBackupVaultCommand({ BackupVaultName: "first" }));
      expect(made.BackupVaultArn).to.equal(`arn:aws:backup:us-east-1:${accountId}:backup-vault:first`);
    }));

  it("is read the same by every door: in code, by startEmulator, from JSON", async () => {
    const arn = `arn:aws:kms:us-east-1:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const written = {
      ...smallest,
      accounts: [{ ...smallest.accounts[0], id: accountId, keys: [{ arn }], vaults: [] }],
      organizations: [{ id: "o-a1b2c3d4e5", managementAccountId: "111122223333" }],
    };

    const parsed = parseWorld(JSON.stringify(written));

    expect(parsed.accounts[0]?.keys[0]?.policy).to.have.property("Id", "key-default-1");
    expect(world(written).organizations).to.deep.equal(parsed.organizations);
    await served({ world: written }, async (emulator) => {
      expect(emulator.world).to.deep.equal(parsed);
      const made = await new BackupClient(emulator.clientConfig()).send(
        new CreateBackupVaultCommand({ BackupVaultName: "first", EncryptionKeyArn: arn }),
      );
      expect(made.BackupVaultName).to.equal("first");
      emulator.reset(written);
      expect(emulator.world).to.deep.equal(parsed);
    });
  });

  it("is refused by startEmulator as by the command line, with the place named", async () => {
    const { message } = await failureOf(startEmulator({ world: { ...smallest, accounts: [{ id: "4444" }] } }));

    expect(message).to.contain("accounts[0].id").and.to.contain("12 digits");
  });

  it("keeps tags whatever they are called", () => {
    const tags = '{"__proto__":"a","constructor":"b","team":"c"}';
    const text = JSON.stringify(smallest).replace('"name":"Deployer"', `"name":"Deployer","tags":${tags}`);

    const [account] = parseWorld(text).accounts;

    expect(JSON.stringify(account?.roles[0]?.tags)).to.have.length(tags.length);
    expect(Object.keys(account?.roles[0]?.tags ?? {})).to.have.members(["__proto__", "constructor", "team"]);
  });

  it("attaches FullAWSAccess where a target names no policies, and nothing where it names none", () => {
    const organization = (policies?: string[]) => ({
      ...smallest,
      organizations: [
        {
          id: "o-a1b2c3d4e5",
          managementAccountId: "111122223333",
          targets: [
            { id: "r-ab12", type: "ROOT" },
            { id: accountId, type: "ACCOUNT", parentId: "r-ab12", ...(policies && { policies }) },
          ],
        },
      ],
    });
    const create = (input: object) =>
      served({ world: parseWorld(input) }, (emulator) =>
        new BackupClient({ ...emulator.clientConfig(), maxAttempts: 1 }).send(
          new CreateBackupVaultCommand({ BackupVaultName: "first" }),
        ),
      );
    return Promise.all([
      create(organization()).then(({ BackupVaultName }) => expect(BackupVaultName).to.equal("first")),
      failureOf(create(organization([]))).then(({ message }) =>
        expect(message).to.contain("because no service control policy allows"),
      ),
    ]);
  });

  it("may be any world, as it lives", () => {
    const world = memberWorld();
    expect(parseWorld(world)).to.deep.equal(world);
  });

  const cases: { why: string; input: string | object; path: string; expected: RegExp }[] = [
    { why: "no JSON", input: "{", path: "", expected: /^expected JSON/ },
    { why: "no caller", input: { accounts: smallest.accounts }, path: "caller", expected: /missing$/ },
    { why: "no account", input: { ...smallest, accounts: [] }, path: "accounts", expected: /at least one account/ },
    {
      why: "an account id that is too short",
      input: { ...smallest, accounts: [{ id: "4444" }] },
      path: "accounts[0].id",
      expected: /12 digits/,
    },
    {
      why: "a slip of the pen",
      input: { ...smallest, accounts: [{ id: accountId, role: [] }] },
      path: "accounts[0].role",
      expected: /no field of this name/,
    },
    {
      why: "a caller of no account",
      input: { ...smallest, caller: { arn: "arn:aws:iam::999999999999:role/Deployer" } },
      path: "caller.arn",
      expected: /one of the accounts/,
    },
    {
      why: "a policy that is a list",
      input: {
        ...smallest,
        accounts: [{ id: accountId, roles: [{ name: "R", inlinePolicies: [{ name: "P", document: [] }] }] }],
      },
      path: "accounts[0].roles[0].inlinePolicies[0].document",
      expected: /a policy document/,
    },
  ];
  for (const { why, input, path, expected } of cases) {
    it(`is refused, with the place named: ${why}`, () => {
      let thrown: unknown;
      try {
        parseWorld(input);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).to.be.instanceOf(WorldFormatError);
      if (thrown instanceof WorldFormatError) {
        expect(thrown.path).to.equal(path);
        expect(thrown.expected).to.match(expected);
      }
    });
  }
});
