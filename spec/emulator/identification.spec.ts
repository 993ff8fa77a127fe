import { BackupClient, ListBackupVaultsCommand } from "@aws-sdk/client-backup";
import { GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { KMSClient, ListAliasesCommand } from "@aws-sdk/client-kms";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import type { EmulatorClientConfig } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { accountId, memberWorld } from "./worlds.js";

const identityOf = (config: EmulatorClientConfig) =>
  new STSClient({ ...config, maxAttempts: 1 }).send(new GetCallerIdentityCommand({}));

/** The same failure as each protocol's own services tell it. */
async function failures(config: EmulatorClientConfig): Promise<string[]> {
  const settings = { ...config, maxAttempts: 1 };
  const all = [
    await failureOf(identityOf(settings)),
    await failureOf(new KMSClient(settings).send(new ListAliasesCommand({}))),
    await failureOf(new BackupClient(settings).send(new ListBackupVaultsCommand({}))),
  ];
  return all.map(({ name, status }) => `${name} ${status}`);
}

describe("The emulator knows its callers by their signature", () => {
  const callers = [
    {
      kind: "a role session",
      arn: `arn:aws:iam::${accountId}:role/team/Deployer`,
      shown: `arn:aws:sts::${accountId}:assumed-role/Deployer/session`,
      userId: /^AROA[A-Z2-7]{17}:session$/,
    },
    {
      kind: "a user",
      arn: `arn:aws:iam::${accountId}:user/alice`,
      shown: `arn:aws:iam::${accountId}:user/alice`,
      userId: /^AIDA[A-Z2-7]{17}$/,
    },
    {
      kind: "a federated user",
      arn: `arn:aws:sts::${accountId}:federated-user/bob`,
      shown: `arn:aws:sts::${accountId}:federated-user/bob`,
      userId: /^444455556666:bob$/,
    },
    {
      kind: "root",
      arn: `arn:aws:iam::${accountId}:root`,
      shown: `arn:aws:iam::${accountId}:root`,
      userId: /^444455556666$/,
    },
  ];
  for (const { kind, arn, shown, userId } of callers) {
    it(`${kind} is told who it is`, () =>
      served({ world: memberWorld() }, async (emulator) => {
        const identity = await identityOf(emulator.clientConfig(arn));
        expect(identity).to.include({ Arn: shown, Account: accountId });
        expect(identity.UserId).to.match(userId);
      }));
  }

  it("lists who called what, without the secrets", () =>
    served({ world: memberWorld() }, async (emulator) => {
      await identityOf(emulator.clientConfig());
      expect(emulator.requests).to.have.lengthOf(1);
      expect(emulator.requests[0]).to.include({
        service: "sts",
        operation: "GetCallerIdentity",
        callerArn: `arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1`,
        principalArn: `arn:aws:iam::${accountId}:role/team/Deployer`,
        status: 200,
        errorCode: null,
      });
      const { secretAccessKey } = emulator.clientConfig().credentials;
      expect(JSON.stringify(emulator.requests)).not.to.contain(secretAccessKey);
    }));

  it("refuses an access key that it does not know", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const config = emulator.clientConfig();
      const credentials = { accessKeyId: "AKIAUNKNOWNUNKNOWN00", secretAccessKey: "secret" };
      expect(await failures({ ...config, credentials })).to.deep.equal([
        "InvalidClientTokenId 403",
        "UnrecognizedClientException 400",
        "UnrecognizedClientException 403",
      ]);
    }));

  it("refuses a signature made with another secret", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const config = emulator.clientConfig();
      const credentials = { ...config.credentials, secretAccessKey: "another" };
      expect(await failures({ ...config, credentials })).to.deep.equal([
        "SignatureDoesNotMatch 403",
        "InvalidSignatureException 400",
        "InvalidSignatureException 403",
      ]);
    }));

  it("refuses temporary credentials without their session token", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const config = emulator.clientConfig();
      const { accessKeyId, secretAccessKey } = config.credentials;
      const failure = await failureOf(identityOf({ ...config, credentials: { accessKeyId, secretAccessKey } }));
      expect(failure.name).to.equal("InvalidClientTokenId");
    }));

  it("refuses credentials that have expired", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const arn = `arn:aws:iam::${accountId}:role/team/Deployer`;
      const credentials = emulator.credentialsFor(arn, { expiration: "2020-01-01T00:00:00Z" });
      const failing = await failures({ ...emulator.clientConfig(), credentials });
      expect(failing).to.deep.equal(["ExpiredToken 403", "ExpiredTokenException 400", "ExpiredTokenException 403"]);
    }));

  it("knows users by the access keys that the world holds, as long as they are active", () => {
    const world = memberWorld();
    const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG" };
    const [alice] = world.accounts[0]?.users ?? [];
    alice?.accessKeys.push({ ...credentials, status: "Active" });
    return served({ world }, async (emulator) => {
      const config = { ...emulator.clientConfig(), credentials };
      expect((await identityOf(config)).Arn).to.equal(`arn:aws:iam::${accountId}:user/alice`);
      for (const key of emulator.world.accounts[0]?.users[0]?.accessKeys ?? []) key.status = "Inactive";
      expect((await failureOf(identityOf(config))).name).to.equal("InvalidClientTokenId");
    });
  });

  it("refuses a request without a signature, and one for a service that it does not speak for", () =>
    served({ world: memberWorld() }, async ({ url }) => {
      const unsigned = await fetch(url, { method: "POST", body: "Action=GetCallerIdentity&Version=2011-06-15" });
      expect(unsigned.status).to.equal(403);
      expect(await unsigned.text()).to.contain("<Code>MissingAuthenticationToken</Code>");
      expect(Date.parse(unsigned.headers.get("date") ?? "")).to.be.closeTo(Date.now(), 5000);

      const authorization =
        "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00";
      const other = await fetch(url, { headers: { authorization } });
      expect(other.status).to.equal(400);
      expect(await other.text()).to.contain("The emulator does not know the service s3");
    }));

  it("serves clients in the same process without a socket", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const client = new IAMClient({ ...emulator.clientConfig(), requestHandler: emulator.requestHandler });
      const { User } = await client.send(new GetUserCommand({ UserName: "alice" }));
      expect(User?.Arn).to.equal(`arn:aws:iam::${accountId}:user/alice`);
    }));

  it("serves a fresh world after a reset, and forgets whom it knew", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const before = emulator.clientConfig();
      emulator.world.accounts[0]?.users.splice(0);
      emulator.reset();
      expect(emulator.world.accounts[0]?.users.map(({ name }) => name)).to.deep.equal(["alice"]);
      expect(emulator.requests).to.deep.equal([]);
      expect((await failureOf(identityOf(before))).name).to.equal("InvalidClientTokenId");
    }));
});
