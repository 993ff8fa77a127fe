import { expect } from "chai";
import { readPlan } from "../../lib/plan/readPlan.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";

const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };

/** What is known of the vault's key, whose ARN a template puts together around the key that it makes. */
function statusOf(arn: string): string | undefined {
  const document = {
    Resources: {
      Key: { Type: "AWS::KMS::Key", Properties: {} },
      Vault: {
        Type: "AWS::Backup::BackupVault",
        Properties: { BackupVaultName: "prod-vault", EncryptionKeyArn: { "Fn::Sub": arn } },
      },
    },
  };
  const [vault] = vaultsOfPlan(readPlan(JSON.stringify(document)), { file: "given", place, parameters: {} }).vaults;
  return vault?.key.kind === "planned" ? vault.key.planned.status : vault?.key.kind;
}

describe("A key's ARN that a template puts together", () => {
  it("is the planned key's where its Region and account are the stack's", () => {
    for (const where of ["us-west-2:444455556666", `\${AWS::Region}:\${AWS::AccountId}`]) {
      expect(statusOf(`arn:aws:kms:${where}:key/\${Key}`)).to.equal("new");
    }
  });

  it("is of a key that is not known where another Region or account is written out", () => {
    for (const where of ["ap-south-1:999999999999", "ap-south-1:444455556666", "us-west-2:999999999999"]) {
      expect(statusOf(`arn:aws:kms:${where}:key/\${Key}`), where).to.equal("unknown");
    }
  });
});
