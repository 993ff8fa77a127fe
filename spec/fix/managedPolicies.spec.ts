import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { reportFix } from "../../lib/report/index.js";
import { buildSnapshot, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";
import { kindsOfChange } from "./kindsOfChange.js";

/*
 * A session is given one inline policy and up to ten managed ones, and what a new session is not given it has not:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html,
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html; a managed session policy changes
 * for running sessions: aws-behaviour, sts-answers.
 */

const commandOf = (patch: SnapshotPatch = {}) => {
  const diagnosis = diagnose(buildSnapshot([], patch));
  expect(diagnosis.fixes[0]).to.include({ verified: true });
  return {
    fix: diagnosis.fixes[0],
    cli: reportFix(diagnosis, 1, "cli"),
    terraform: reportFix(diagnosis, 1, "terraform"),
  };
};

describe("A fix of a session policy", () => {
  it("makes the session anew with the managed session policies that it had", () => {
    const { fix, cli, terraform } = commandOf(kindsOfChange["a session policy is given beside managed ones"]);

    expect(fix?.sessionPolicyArns).to.deep.equal([
      "arn:aws:iam::444455556666:policy/Storage",
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
    ]);
    expect(cli).to.match(
      / --policy-arns arn=arn:aws:iam::444455556666:policy\/Storage arn=arn:aws:iam::aws:policy\/ReadOnlyAccess$/m,
    );
    expect(terraform).to.contain(
      'policy_arns = ["arn:aws:iam::444455556666:policy/Storage", "arn:aws:iam::aws:policy/ReadOnlyAccess"]',
    );
    expect(fix?.note).to.contain("it takes a new session, with its managed session policies as before");
  });

  it("gives managed ones as JSON where a name holds what the CLI's shorthand would end at", () => {
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html: a name may hold _+=,.@-
    const { cli } = commandOf({
      "policies.session": [
        { name: "Given", statements: ["Allow backup:* backup-storage:*"] },
        { name: "a,b=c", arn: "arn:aws:iam::444455556666:policy/a,b=c", statements: ["Allow s3:*"] },
      ],
    });

    expect(cli).to.contain(` --policy-arns '[{"arn":"arn:aws:iam::444455556666:policy/a,b=c"}]'`);
  });

  it("of a federated user is made by who federates, not by assuming a role", () => {
    const { cli, terraform } = commandOf(kindsOfChange["a federated user's session policy is changed"]);

    expect(cli).to.match(/^aws sts get-federation-token --name alice-fed --policy '/m);
    expect(cli).to.match(/ --policy-arns arn=arn:aws:iam::aws:policy\/ReadOnlyAccess$/m);
    expect(cli + terraform).not.to.match(/assume.role/);
  });

  it("that is a managed one is a new version of it, and takes no new session", () => {
    const { fix, cli } = commandOf(kindsOfChange["a managed session policy is changed"]);

    expect(cli).to.contain("aws iam create-policy-version --policy-arn arn:aws:iam::444455556666:policy/Storage ");
    expect(cli).not.to.contain("aws sts");
    expect(fix?.note ?? "").not.to.contain("new session");
  });

  it("that is an inline one with a Deny takes a new session, too", () => {
    const { fix, cli } = commandOf({ "policies.session": ["Allow *", "Deny backup:*"] });

    expect(fix?.note).to.contain("it takes a new session.");
    expect(cli).to.contain("aws sts assume-role --role-arn arn:aws:iam::444455556666:role/team/Deployer ");
  });
});

describe("A managed policy that is identity policy and boundary at once", () => {
  const both = { name: "Both", arn: "arn:aws:iam::444455556666:policy/Both" };
  const twice = (...statements: { Effect: string; Action: string[]; Resource: string }[]): SnapshotPatch => {
    const document = { Version: "2012-10-17", Statement: statements };
    return {
      "policies.identity": [{ ...both, attachedTo: "role/Deployer", document }],
      "policies.permissionsBoundary": { status: "read", value: { ...both, document } },
    };
  };
  const allow = (...Action: string[]) => ({ Effect: "Allow", Action, Resource: "*" });

  for (const [what, patch] of [
    ["denies", twice(allow("*"), { ...allow("backup:*"), Effect: "Deny" })],
    ["is silent", twice(allow("kms:*", "backup-storage:*"))],
  ] as const) {
    it(`is mended once where it ${what}`, () => {
      const { blockers, fixes, outcome } = diagnose(buildSnapshot([], patch));

      expect(outcome).to.equal("blocked");
      expect(blockers.map(({ layer }) => layer)).to.deep.equal(["identity-policy", "permissions-boundary"]);
      expect(fixes.filter(({ document }) => document !== undefined)).to.have.length(1);
      expect(fixes.every(({ verified }) => verified)).to.equal(true);
      expect(fixes.filter(({ title }) => title.startsWith("Nothing of its own"))).to.have.length(1);
    });
  }
});
