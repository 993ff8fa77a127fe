import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { reportFix } from "../../lib/report/index.js";
import { buildSnapshot, type Json, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";
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

describe("A managed policy that stands in two layers at once", () => {
  const both = { name: "Both", arn: "arn:aws:iam::444455556666:policy/Both" };
  const statements = (...some: Json[]) => ({ Version: "2012-10-17", Statement: some });
  const allow = (...Action: string[]) => ({ Effect: "Allow", Action, Resource: "*" });
  const denying = statements(allow("*"), { ...allow("backup:*"), Effect: "Deny" });
  const silent = statements(allow("kms:*", "backup-storage:*"));
  const attached = (document: Json) => ({ ...both, attachedTo: "role/Deployer", document });
  const asBoundary = (one: Json, other = one): SnapshotPatch => ({
    "policies.identity": [attached(one)],
    "policies.permissionsBoundary": { status: "read", value: { ...both, document: other } },
  });
  // Given as one of PolicyArns when the role was assumed.
  const asSessionPolicy = (one: Json, other = one): SnapshotPatch => ({
    "policies.identity": [attached(one)],
    "policies.session": { status: "read", value: [{ ...both, document: other }] },
  });
  const encoded = encodeURIComponent(JSON.stringify(denying, null, 4));

  for (const [what, patch, layer] of [
    ["as identity policy and boundary that deny", asBoundary(denying), "permissions-boundary"],
    ["as identity policy and boundary that are silent", asBoundary(silent), "permissions-boundary"],
    ["as identity policy and session policy that deny", asSessionPolicy(denying), "session-policy"],
    [
      "however its copies are written: an object and a URL-encoded text",
      asBoundary(denying, encoded),
      "permissions-boundary",
    ],
    [
      "however its copies are written: a URL-encoded text and an object",
      asSessionPolicy(encoded, denying),
      "session-policy",
    ],
  ] as const) {
    it(`is mended once, ${what}`, () => {
      const { blockers, fixes, outcome } = diagnose(buildSnapshot([], patch));

      expect(outcome).to.equal("blocked");
      expect(blockers.map((blocker) => blocker.layer)).to.deep.equal(["identity-policy", layer]);
      expect(fixes.filter(({ document }) => document !== undefined)).to.have.length(1);
      expect(fixes.every(({ verified }) => verified)).to.equal(true);
      expect(fixes.filter(({ title }) => title.startsWith("Nothing of its own"))).to.have.length(1);
      expect(fixes.find(({ document }) => document !== undefined)?.note).to.equal(
        "With this change the vault can be created.",
      );
    });
  }

  it("is played through in both, so that what a session keeps denying is seen", () => {
    const other = statements(allow("*"), { ...allow("backup:*"), Effect: "Deny", Sid: "OfAnotherVersion" });

    const { fixes } = diagnose(buildSnapshot([], asSessionPolicy(denying, other)));

    expect(fixes.filter(({ document }) => document !== undefined)).to.have.length(2);
    expect(fixes.at(-1)?.note).to.equal("With these 2 changes the vault can be created.");
  });
});
