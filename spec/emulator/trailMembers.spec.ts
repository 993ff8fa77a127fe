import { CreateAccessKeyCommand, CreateUserCommand, GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateGrantCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { expect } from "chai";
import type { Emulator } from "../../lib/emulator/index.js";
import { served } from "./served.js";
import { accountId, allow, memberWorld } from "./worlds.js";

/*
 * Members of events as CloudTrail shows them: https://docs.aws.amazon.com/kms/latest/developerguide/ct-creategrant.html
 * and https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html; responseElements as
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html says.
 */

const last = ({ cloudTrail }: Emulator) => JSON.parse(JSON.stringify(cloudTrail.at(-1))) as Record<string, unknown>;
const inIam = (use: (iam: IAMClient, emulator: Emulator) => Promise<void>) => {
  const world = memberWorld();
  const [alice] = world.accounts[0]?.users ?? [];
  alice?.inlinePolicies.push({ name: "All", document: allow("*") });
  return served({ world }, (emulator) =>
    use(new IAMClient(emulator.clientConfig(`arn:aws:iam::${accountId}:user/alice`)), emulator),
  );
};

describe("An event of the emulator's trail", () => {
  it("has the operation's members, all with small first letters, and neither Action nor Version", () =>
    inIam(async (iam, emulator) => {
      await iam.send(new CreateUserCommand({ UserName: "bob", Tags: [{ Key: "Team", Value: "Vaults" }] }));
      expect(last(emulator).requestParameters).to.deep.equal({
        userName: "bob",
        tags: [{ key: "Team", value: "Vaults" }],
      });
      expect(emulator.requests.at(-1)?.input).to.have.all.keys("UserName", "Tags");
    }));

  it("tells what a change answered, without its secret, and of a read nothing", () =>
    inIam(async (iam, emulator) => {
      await iam.send(new CreateUserCommand({ UserName: "bob" }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "bob" }));
      const { accessKey } = last(emulator).responseElements as { accessKey: object };
      expect(accessKey).to.include({ userName: "bob", accessKeyId: AccessKey?.AccessKeyId, status: "Active" });
      expect(JSON.stringify(emulator.cloudTrail)).not.to.include(AccessKey?.SecretAccessKey);
      await iam.send(new GetUserCommand({ UserName: "bob" }));
      expect(last(emulator).responseElements).to.equal(null);
    }));

  it("keeps the names in an encryption context as they are, and tells no grant token", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const kms = new KMSClient({ ...emulator.clientConfig(), credentials: emulator.auditor });
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
      const EncryptionContextSubset = { "aws:backup:Vault": "Prod" };
      const { GrantId, GrantToken } = await kms.send(
        new CreateGrantCommand({
          KeyId: KeyMetadata?.KeyId,
          GranteePrincipal: `arn:aws:iam::${accountId}:role/team/Deployer`,
          Operations: ["Decrypt"],
          Constraints: { EncryptionContextSubset },
        }),
      );
      const { requestParameters, responseElements } = last(emulator);
      expect(requestParameters).to.deep.include({
        constraints: { encryptionContextSubset: EncryptionContextSubset },
        operations: ["Decrypt"],
      });
      expect(responseElements).to.deep.include({ grantId: GrantId });
      expect(JSON.stringify(emulator.cloudTrail)).not.to.include(GrantToken);
    }));
});
