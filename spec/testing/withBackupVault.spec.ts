import {
  AlreadyExistsException,
  BackupClient,
  CreateBackupVaultCommand,
  type CreateBackupVaultCommandInput,
  DeleteBackupVaultCommand,
  ListTagsCommand,
} from "@aws-sdk/client-backup";
import { expect } from "chai";
import type { Emulator } from "../../lib/emulator/index.js";
import { BackupVaultAccessDeniedError } from "../../lib/index.js";
import {
  evidenceFrom,
  LeftoverVaultError,
  sweepBackupVaults,
  useEmulator,
  withBackupVault,
} from "../../lib/testing/index.js";
import { asked } from "../client/refusals.js";
import { accountId, allow, allSeven, deny, keyArn, memberWorld } from "../emulator/worlds.js";
import { failing } from "./failing.js";

const clientOf = (emulator: Emulator) => new BackupClient({ ...emulator.clientConfig(), maxAttempts: 1 });
const denied = Object.assign(new Error("not authorized"), { name: "AccessDeniedException" });
const vaultsIn = ({ world }: Emulator) => world.accounts.find(({ id }) => id === accountId)?.vaults ?? [];

describe("withBackupVault", () => {
  const emulator = useEmulator({ world: memberWorld({ identity: allSeven }) });

  it("hands a vault that exists to the test, and removes it after", async () => {
    const during = await withBackupVault(clientOf(emulator()), { EncryptionKeyArn: keyArn }, ({ BackupVaultArn }) => ({
      arn: BackupVaultArn,
      vaults: vaultsIn(emulator()).map(({ name, encryptionKeyArn }) => ({ name, encryptionKeyArn })),
    }));

    expect(during.arn).to.match(/:backup-vault:vault-access-test-[0-9a-f]{16}$/);
    expect(during.vaults).to.deep.equal([{ name: during.arn?.split(":").at(-1), encryptionKeyArn: keyArn }]);
    expect(vaultsIn(emulator())).to.deep.equal([]);
  });

  it("names and tags the vault as it was asked, with a prefix and a tag of its own", async () => {
    const client = clientOf(emulator());

    const { name, tags } = await withBackupVault(
      client,
      { BackupVaultName: "prod", BackupVaultTags: { cost: "42" } },
      async ({ BackupVaultName, BackupVaultArn }) => ({
        name: BackupVaultName,
        tags: (await client.send(new ListTagsCommand({ ResourceArn: BackupVaultArn }))).Tags ?? {},
      }),
    );

    expect(name).to.equal("vault-access-test-prod");
    expect(tags.cost).to.equal("42");
    expect(Date.parse(tags["backup-vault-access:made-by-a-test-at"] ?? "")).to.be.closeTo(Date.now(), 60_000);
  });

  it("removes the vault where the test fails, and fails as the test did", async () => {
    const failure = new Error("the test failed");

    const error = await failing(() =>
      withBackupVault(clientOf(emulator()), {}, () => {
        throw failure;
      }),
    );

    expect(error).to.equal(failure);
    expect(vaultsIn(emulator())).to.deep.equal([]);
  });

  it("is content where the test has removed the vault itself", async () => {
    const client = clientOf(emulator());

    const told = await withBackupVault(client, {}, async ({ BackupVaultName }) => {
      await client.send(new DeleteBackupVaultCommand({ BackupVaultName }));
      return "done";
    });

    expect(told).to.equal("done");
  });

  it("is refused with a diagnosis", async () => {
    emulator().reset(memberWorld({ identity: allow("backup:*", "kms:*") }));

    const error = await failing(() =>
      withBackupVault(clientOf(emulator()), { EncryptionKeyArn: keyArn }, () => {}, {
        evidence: evidenceFrom(emulator()),
      }),
    );

    expect(BackupVaultAccessDeniedError.isInstance(error) && error.blockingLayer).to.equal("identity-policy");
  });

  it("never touches a vault that existed before", async () => {
    const client = clientOf(emulator());
    await client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" }));

    const { name } = await failing(() =>
      withBackupVault(client, { BackupVaultName: "prod-vault" }, () => {}, { namePrefix: "" }),
    );

    expect(name).to.equal("AlreadyExistsException");
    expect(vaultsIn(emulator()).map((vault) => vault.name)).to.deep.equal(["prod-vault"]);
  });

  it("reports a leftover with how to remove it, and what the test failed with", async () => {
    emulator().reset(memberWorld({ identity: allSeven, serviceControl: deny("backup:DeleteBackupVault") }));

    const error = await failing(() =>
      withBackupVault(clientOf(emulator()), { BackupVaultName: "prod" }, () => {
        throw new Error("the test failed");
      }),
    );

    expect(error).to.be.instanceOf(LeftoverVaultError);
    expect(error.message).to.match(
      /^The backup vault arn:.*:vault-access-test-prod is left over: .*AccessDeniedException.* The test itself had failed: Error: the test failed\. Remove it: aws backup delete-backup-vault --backup-vault-name vault-access-test-prod --region us-west-2$/,
    );
    expect(vaultsIn(emulator())).to.have.length(1);
  });

  it("knows its own vault where AWS, asked again after a lost answer, says that there is one", async () => {
    const client = clientOf(emulator());
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const answer = await next(args);
        if (context.commandName !== "CreateBackupVaultCommand") return answer;
        const { BackupVaultName, CreatorRequestId } = args.input as CreateBackupVaultCommandInput;
        const Arn = `arn:aws:backup:us-west-2:${accountId}:backup-vault:${BackupVaultName}`;
        throw new AlreadyExistsException({ message: "exists", $metadata: {}, CreatorRequestId, Arn });
      },
      { step: "initialize" },
    );

    const arn = await withBackupVault(client, { BackupVaultName: "lost" }, ({ BackupVaultArn }) => BackupVaultArn);

    expect(arn).to.match(/:backup-vault:vault-access-test-lost$/);
    expect(vaultsIn(emulator())).to.deep.equal([]);
  });

  it("removes the vault also where the answer to its creation was lost", async () => {
    // The vault is made, then the connection breaks: as if the answer had been lost on the way.
    const client = clientOf(emulator());
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const answer = await next(args);
        if (context.commandName === "CreateBackupVaultCommand") throw new Error("read ECONNRESET");
        return answer;
      },
      { step: "deserialize", priority: "low" },
    );

    const { message } = await failing(() => withBackupVault(client, {}, () => {}));

    expect(message).to.equal("read ECONNRESET");
    expect(asked(emulator())).to.deep.equal([
      "backup:CreateBackupVault",
      "backup:DescribeBackupVault",
      "backup:DeleteBackupVault",
    ]);
    expect(vaultsIn(emulator())).to.deep.equal([]);
  });
});

describe("sweepBackupVaults", () => {
  it("refuses an option that it does not know, or that is wrong, before any call", async () => {
    const client = new BackupClient({ region: "us-west-2" });
    const said = async (options: object) =>
      ((await failing(() => sweepBackupVaults(client, options))) as Error).message;

    expect(await said({ olderThanMs: 0 })).to.equal("options.olderThanMs: is not known; did you mean olderThan?");
    expect(await said({ olderThan: -1 })).to.equal("options.olderThan: expected milliseconds, 0 or more, found -1");
    expect(await said({ namePrefix: "" })).to.match(/^options\.namePrefix: expected a text that is not empty/);
  });

  const emulator = useEmulator({ world: memberWorld({ identity: allSeven }) });
  const hour = 3_600_000;
  const mark = "backup-vault-access:made-by-a-test-at";

  async function left(client: BackupClient, name: string, tags: Record<string, string>): Promise<void> {
    await client.send(new CreateBackupVaultCommand({ BackupVaultName: name, BackupVaultTags: tags }));
  }

  it("removes what tests left behind more than an hour ago, and nothing else", async () => {
    const client = clientOf(emulator());
    const ago = (time: number) => new Date(Date.now() - time).toISOString();
    await left(client, "vault-access-test-old", { [mark]: ago(2 * hour) });
    await left(client, "vault-access-test-young", { [mark]: ago(hour / 2) });
    await left(client, "vault-access-test-untagged", {});
    await left(client, "prod-vault", { [mark]: ago(2 * hour) });

    const { removed, left: kept } = await sweepBackupVaults(client);

    expect(removed.map((arn) => arn.split(":").at(-1))).to.deep.equal(["vault-access-test-old"]);
    expect(kept).to.deep.equal([]);
    expect(
      vaultsIn(emulator())
        .map(({ name }) => name)
        .sort(),
    ).to.deep.equal(["prod-vault", "vault-access-test-untagged", "vault-access-test-young"]);
  });

  it("says which it could not remove, and goes on", async () => {
    emulator().reset(memberWorld({ identity: allSeven, serviceControl: deny("backup:DeleteBackupVault") }));
    const client = clientOf(emulator());
    for (const name of ["one", "two"])
      await left(client, `vault-access-test-${name}`, { [mark]: "2026-01-01T00:00:00Z" });

    const { removed, left: kept } = await sweepBackupVaults(client);

    expect(removed).to.deep.equal([]);
    expect(kept.map(({ reason }) => reason.split(":")[0])).to.deep.equal([
      "AccessDeniedException",
      "AccessDeniedException",
    ]);
  });

  it("tells of those that it did not look at before it was ended", async () => {
    const client = clientOf(emulator());
    for (const name of ["one", "two", "three"]) {
      await left(client, `vault-access-test-${name}`, { [mark]: "2026-01-01T00:00:00Z" });
    }
    const end = new AbortController();
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const answer = await next(args);
        if (context.commandName === "DeleteBackupVaultCommand") end.abort();
        return answer;
      },
      { step: "deserialize", priority: "low" },
    );

    const { removed, left: kept } = await sweepBackupVaults(client, { abortSignal: end.signal });

    expect(removed).to.have.length(1);
    expect(kept.map(({ reason }) => reason)).to.deep.equal([
      "not looked at: the sweep was ended before",
      "not looked at: the sweep was ended before",
    ]);
    expect(vaultsIn(emulator())).to.have.length(2);
  });

  it("removes those that were made without a tag, as check --attempt makes them, by the request that made them", async () => {
    const client = clientOf(emulator());
    const made = async (BackupVaultName: string, CreatorRequestId: string) =>
      client.send(new CreateBackupVaultCommand({ BackupVaultName, CreatorRequestId }));
    await made("prod-vault", "3f9a1c2b-0000-4000-8000-000000000000");
    // As if the process had been killed before it removed the vault.
    const killed = clientOf(emulator());
    killed.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === "DeleteBackupVaultCommand") throw denied;
        return next(args);
      },
      { step: "initialize" },
    );
    const bare = { namePrefix: "", tagged: false };
    await failing(() => withBackupVault(killed, { BackupVaultName: "attempted" }, () => {}, bare));

    const late = { olderThan: 0, now: () => new Date(Date.now() + hour) };
    const young = await sweepBackupVaults(client, { namePrefix: "att" });
    const unnamed = await sweepBackupVaults(client, late);
    const { removed } = await sweepBackupVaults(client, { ...late, namePrefix: "att" });

    expect([...young.removed, ...unnamed.removed]).to.deep.equal([]);
    expect(removed.map((arn) => arn.split(":").at(-1))).to.deep.equal(["attempted"]);
    expect(vaultsIn(emulator()).map(({ name }) => name)).to.deep.equal(["prod-vault"]);
  });

  it("finds those of another prefix where it is told", async () => {
    const client = clientOf(emulator());
    await left(client, "ours-1", { [mark]: "2026-01-01T00:00:00Z" });

    const { removed } = await sweepBackupVaults(client, { namePrefix: "ours-" });

    expect(removed).to.have.length(1);
  });
});
