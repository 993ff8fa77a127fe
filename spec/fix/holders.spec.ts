import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { Fix } from "../../lib/diagnosis/Diagnosis.js";
import { evaluatePolicies } from "../../lib/policy/index.js";
import { reportFix } from "../../lib/report/index.js";
import { buildSnapshot, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";

// Whose policies apply, and who else has them: specification, rule 15

const account = "444455556666";
const diagnosed = (patch: SnapshotPatch) => diagnose(buildSnapshot([], patch));
const fixesOf = (patch: SnapshotPatch): readonly Fix[] => diagnosed(patch).fixes;

describe("A fix of the policies of a user who federates", () => {
  // aws:PrincipalArn of a federated user is the session's own ARN:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
  const alice = `arn:aws:iam::${account}:user/alice`;
  const fed = `arn:aws:sts::${account}:federated-user/alice-fed`;
  const federated = { "caller.arn": fed, "caller.principalArn": fed, "caller.issuerArn": alice };
  const vault = `arn:aws:backup:us-west-2:${account}:backup-vault:prod-vault`;
  const said = (fix: Fix | undefined, principalArn: string) =>
    evaluatePolicies([fix?.document?.after ?? ""], {
      action: "backup:CreateBackupVault",
      resource: vault,
      context: { "aws:PrincipalArn": principalArn },
      unlistedKeys: "absent",
    }).verdict;

  it("that allows is for the federated user alone, neither for the user nor for others that are federated", () => {
    const [fix] = fixesOf({
      ...federated,
      "policies.identity": [{ name: "Own", attachedTo: "user/alice", statements: ["Allow kms:* backup-storage:*"] }],
    });

    expect(fix).to.include({ verified: true, layer: "identity-policy" });
    expect(fix?.widens).to.deep.equal([]);
    expect(said(fix, fed)).to.equal("allowed");
    expect(said(fix, alice)).to.equal("implicitDeny");
    expect(said(fix, `${fed}-2`)).to.equal("implicitDeny");
  });

  it("that lifts a Deny lifts it for the federated user alone", () => {
    const statements = ["Allow *", "Deny backup:*"];
    const [fix] = fixesOf({
      ...federated,
      "policies.identity": [{ name: "Own", attachedTo: "user/alice", statements }],
    });

    expect(fix).to.include({ verified: true, layer: "identity-policy" });
    expect(said(fix, fed)).to.equal("allowed");
    expect(said(fix, alice)).to.equal("explicitDeny");
    expect(said(fix, `${fed}-2`)).to.equal("explicitDeny");
  });
});

describe("A fix for a role of IAM Identity Center", () => {
  const name = "AWSReservedSSO_Deploy_0123456789abcdef";
  const sso = {
    "caller.arn": `arn:aws:sts::${account}:assumed-role/${name}/alice`,
    "caller.principalArn": `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/${name}`,
  };
  const ofAccount = { name: "Limit", arn: `arn:aws:iam::${account}:policy/team/Limit` };
  const document = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["backup:*", "kms:*"], Resource: "*" }],
  };

  it("changes a boundary that is the account's own managed policy, which is no part of the role", () => {
    const diagnosis = diagnosed({
      ...sso,
      "policies.identity": ["Allow *"],
      "policies.permissionsBoundary": { status: "read", value: { ...ofAccount, document } },
    });

    expect(diagnosis.fixes[0]).to.include({ verified: true, layer: "permissions-boundary", policy: "Limit" });
    expect(reportFix(diagnosis, 1, "cli")).to.contain(
      `aws iam create-policy-version --policy-arn arn:aws:iam::${account}:policy/team/Limit `,
    );
  });

  it("names the permission set, also where a policy of it denies", () => {
    const [fix] = fixesOf({
      ...sso,
      "policies.identity": [
        { name: "AwsSSOInlinePolicy", attachedTo: `role/${name}`, statements: ["Allow *", "Deny backup:*"] },
      ],
    });

    expect(fix?.verified).to.equal(false);
    expect(fix?.note).to.contain("It is the permission set Deploy.");
  });
});

describe("A fix of a managed policy that has a path", () => {
  const diagnosis = diagnosed({
    "policies.permissionsBoundary": {
      status: "read",
      value: {
        name: "Limit",
        arn: `arn:aws:iam::${account}:policy/team/storage/Limit`,
        document: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: ["backup:*", "kms:*"], Resource: "*" }],
        },
      },
    },
  });

  it("keeps the path in Terraform and CloudFormation, which would make the policy anew without it", () => {
    expect(reportFix(diagnosis, 1, "terraform")).to.match(/^ {2}path = "\/team\/storage\/"$/m);
    expect(reportFix(diagnosis, 1, "cloudformation")).to.match(/^ {6}Path: "\/team\/storage\/"$/m);
  });
});

describe("A copy in the place of a boundary that AWS manages", () => {
  it("is told to widen nothing that the boundary allowed already", () => {
    const [fix] = fixesOf({
      "policies.permissionsBoundary": {
        status: "read",
        value: {
          name: "PowerUserAccess",
          arn: "arn:aws:iam::aws:policy/PowerUserAccess",
          document: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: ["backup:*", "kms:*", "s3:*"], Resource: "*" }],
          },
        },
      },
    });

    expect(fix).to.include({ verified: true, change: "create-policy" });
    expect(fix?.widens).to.deep.equal([]);
  });

  it("has a name that no other policy of the account has", () => {
    const [fix] = fixesOf({
      "policies.identity": [
        { name: "All", attachedTo: "role/Deployer", statements: ["Allow *"] },
        {
          name: "PowerUserAccessWithBackupVaults",
          arn: `arn:aws:iam::${account}:policy/PowerUserAccessWithBackupVaults`,
          statements: ["Allow s3:*"],
        },
      ],
      "policies.permissionsBoundary": {
        status: "read",
        value: {
          name: "PowerUserAccess",
          arn: "arn:aws:iam::aws:policy/PowerUserAccess",
          document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] },
        },
      },
    });

    expect(fix).to.include({ verified: true, policy: "PowerUserAccessWithBackupVaults2" });
  });
});
