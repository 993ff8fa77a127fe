import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListAliasesCommand,
  ListResourceTagsCommand,
  paginateListGrants,
} from "@aws-sdk/client-kms";
import { expect } from "chai";
import type { Emulator, World } from "../../lib/emulator/index.js";
import type { PolicyDocument } from "../../lib/policy/PolicyDocument.js";
import { failureOf, served } from "./served.js";
import { accountId, allow, keyArn, managementId, memberWorld } from "./worlds.js";

const sessionArn = `arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1`;
const roleArn = `arn:aws:iam::${accountId}:role/team/Deployer`;
const foreignArn = `arn:aws:kms:us-west-2:${managementId}:key/0000abcd-12ab-34cd-56ef-1234567890ab`;

const kms = (emulator: Emulator) => new KMSClient({ ...emulator.clientConfig(), maxAttempts: 1 });

function keyPolicy(principal: string, ...actions: string[]): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: actions, Resource: "*" }],
  };
}

/** A key of another account, with its own policy. */
function withForeignKey(world: World, policy: PolicyDocument): World {
  world.accounts
    .find(({ id }) => id === managementId)
    ?.keys.push({ arn: foreignArn, manager: "CUSTOMER", state: "Enabled", policy, grants: [], aliases: [], tags: {} });
  return world;
}

describe("KMS in the emulator", () => {
  it("describes a key by its ARN, id and alias", () => {
    const world = memberWorld();
    for (const key of world.accounts[0]?.keys ?? []) key.aliases = ["alias/prod"];
    return served({ world }, async (emulator) => {
      for (const KeyId of [keyArn, "1234abcd-12ab-34cd-56ef-1234567890ab", "alias/prod"]) {
        const { KeyMetadata } = await kms(emulator).send(new DescribeKeyCommand({ KeyId }));
        expect(KeyMetadata).to.include({
          Arn: keyArn,
          AWSAccountId: accountId,
          KeyState: "Enabled",
          Enabled: true,
          KeyManager: "CUSTOMER",
          MultiRegion: false,
        });
      }
      const { Aliases } = await kms(emulator).send(new ListAliasesCommand({ KeyId: keyArn }));
      expect(Aliases?.map(({ AliasName }) => AliasName)).to.deep.equal(["alias/prod"]);
    });
  });

  it("serves the key policy's text as it stands, also where it is malformed", () => {
    const text = '{"Version":"2012-10-17","Statement":[{}';
    const world = memberWorld();
    for (const key of world.accounts[0]?.keys ?? []) key.policy = text;
    return served({ world }, async (emulator) => {
      const auditor = new KMSClient({ ...emulator.clientConfig(), credentials: emulator.auditor });
      const { Policy } = await auditor.send(new GetKeyPolicyCommand({ KeyId: keyArn }));
      expect(Policy).to.equal(text);
    });
  });

  it("lists grants page by page and tells tags", () => {
    const world = memberWorld();
    for (const key of world.accounts[0]?.keys ?? []) {
      key.tags = { stage: "prod" };
      key.grants = Array.from({ length: 5 }, (_, index) => ({
        grantId: `g${index}`,
        granteePrincipal: roleArn,
        operations: ["Decrypt"],
        constraints: { encryptionContextSubset: { a: "b" } },
      }));
    }
    return served({ world }, async (emulator) => {
      const grants: (string | undefined)[] = [];
      for await (const page of paginateListGrants({ client: kms(emulator), pageSize: 2 }, { KeyId: keyArn })) {
        grants.push(...(page.Grants ?? []).map(({ GrantId }) => GrantId));
        expect(page.Grants?.[0]?.Constraints?.EncryptionContextSubset).to.deep.equal({ a: "b" });
      }
      expect(grants).to.deep.equal(["g0", "g1", "g2", "g3", "g4"]);
      const { Tags } = await kms(emulator).send(new ListResourceTagsCommand({ KeyId: keyArn }));
      expect(Tags).to.deep.equal([{ TagKey: "stage", TagValue: "prod" }]);
    });
  });

  it("says NotFoundException of a key that is not there", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const failure = await failureOf(
        kms(emulator).send(new DescribeKeyCommand({ KeyId: "99999999-12ab-34cd-56ef-1234567890ab" })),
      );
      expect(failure).to.deep.equal({
        name: "NotFoundException",
        message: `Key 'arn:aws:kms:us-west-2:${accountId}:key/99999999-12ab-34cd-56ef-1234567890ab' does not exist`,
        status: 400,
      });
    }));

  describe("names the side that is silent", () => {
    it("the key policy", () =>
      served(
        { world: memberWorld({ keyPolicy: keyPolicy(`arn:aws:iam::${accountId}:role/Other`, "kms:*") }) },
        async (emulator) => {
          expect(await failureOf(kms(emulator).send(new DescribeKeyCommand({ KeyId: keyArn })))).to.deep.equal({
            name: "AccessDeniedException",
            message: `User: ${sessionArn} is not authorized to perform: kms:DescribeKey on resource: ${keyArn} because no resource-based policy allows the kms:DescribeKey action`,
            status: 400,
          });
        },
      ));

    it("the identity policy, where the key policy delegates", () =>
      served({ world: memberWorld({ identity: allow("backup:*") }) }, async (emulator) => {
        expect((await failureOf(kms(emulator).send(new DescribeKeyCommand({ KeyId: keyArn })))).message).to.equal(
          `User: ${sessionArn} is not authorized to perform: kms:DescribeKey on resource: ${keyArn} because no identity-based policy allows the kms:DescribeKey action`,
        );
      }));
  });

  describe("across accounts", () => {
    const hidden = `User: ${sessionArn} is not authorized to perform: kms:DescribeKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;
    const describeForeign = (emulator: Emulator) => kms(emulator).send(new DescribeKeyCommand({ KeyId: foreignArn }));

    it("needs both sides", () =>
      served({ world: withForeignKey(memberWorld(), keyPolicy(roleArn, "kms:*")) }, async (emulator) => {
        const { KeyMetadata } = await describeForeign(emulator);
        expect(KeyMetadata?.AWSAccountId).to.equal(managementId);
      }));

    it("hides a key whose policy is silent like one that is not there", () =>
      served({ world: withForeignKey(memberWorld(), keyPolicy("*", "kms:Encrypt")) }, async (emulator) => {
        expect((await failureOf(describeForeign(emulator))).message).to.equal(hidden);
        emulator.reset(memberWorld());
        expect((await failureOf(describeForeign(emulator))).message).to.equal(hidden);
      }));

    it("refuses where the caller's own policies are silent", () =>
      served(
        { world: withForeignKey(memberWorld({ identity: allow("backup:*") }), keyPolicy(roleArn, "kms:*")) },
        async (emulator) => {
          expect((await failureOf(describeForeign(emulator))).message).to.contain(
            "because no identity-based policy allows",
          );
        },
      ));

    it("keeps the key policy to the key's own account, but for the auditor", () =>
      served({ world: withForeignKey(memberWorld(), keyPolicy(roleArn, "kms:*")) }, async (emulator) => {
        const read = new GetKeyPolicyCommand({ KeyId: foreignArn });
        expect((await failureOf(kms(emulator).send(read))).name).to.equal("AccessDeniedException");
        const auditor = new KMSClient({ ...emulator.clientConfig(), credentials: emulator.auditor });
        expect((await auditor.send(read)).Policy).to.contain(roleArn);
      }));
  });

  describe("follows grants as they were captured", () => {
    const granted = (granteePrincipal: string, changes: Parameters<typeof memberWorld>[0] = {}) => {
      const world = memberWorld({ identity: allow("backup:*"), ...changes });
      for (const key of world.accounts[0]?.keys ?? []) {
        key.grants = [{ grantId: "g1", granteePrincipal, operations: ["DescribeKey"] }];
      }
      return world;
    };
    const describeKey = (emulator: Emulator) => kms(emulator).send(new DescribeKeyCommand({ KeyId: keyArn }));

    it("one to the role needs no identity policy", () =>
      served({ world: granted(roleArn) }, async (emulator) => {
        expect((await describeKey(emulator)).KeyMetadata?.Arn).to.equal(keyArn);
      }));

    it("one to the role does not survive a silent boundary", () =>
      served({ world: granted(roleArn, { boundary: allow("backup:*") }) }, async (emulator) => {
        expect((await failureOf(describeKey(emulator))).message).to.contain("because no permissions boundary allows");
      }));

    it("one to the session survives a silent boundary", () =>
      served({ world: granted(sessionArn, { boundary: allow("backup:*") }) }, async (emulator) => {
        expect((await describeKey(emulator)).KeyMetadata?.Arn).to.equal(keyArn);
      }));
  });

  it("does not hold an AWS managed key to resource control policies", () => {
    const world = memberWorld({
      resourceControl: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" }],
      },
    });
    return served({ world }, async (emulator) => {
      const denied = await failureOf(kms(emulator).send(new DescribeKeyCommand({ KeyId: keyArn })));
      expect(denied.message).to.contain("with an explicit deny in a resource control policy");
      for (const key of emulator.world.accounts[0]?.keys ?? []) key.manager = "AWS";
      const { KeyMetadata } = await kms(emulator).send(new DescribeKeyCommand({ KeyId: keyArn }));
      expect(KeyMetadata?.KeyManager).to.equal("AWS");
    });
  });
});
