import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { Fix } from "../../lib/diagnosis/Diagnosis.js";
import { buildSnapshot, type Json, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html

const account = "444455556666";
const alice = `arn:aws:iam::${account}:user/alice`;
const user = { "caller.arn": alice, "caller.principalArn": alice };
const without: Json = { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } };
const aged: Json = { NumericGreaterThanIfExists: { "aws:MultiFactorAuthAge": "3600" } };

const ruled = (Condition: Json, more: SnapshotPatch): readonly Fix[] =>
  diagnose(
    buildSnapshot([], {
      "policies.serviceControl": [
        {
          id: "r-ab12",
          type: "ROOT",
          policies: [
            { name: "Mfa", id: "p-mfa", statements: ["Allow *", { Effect: "Deny", Action: "backup:*", Condition }] },
          ],
        },
      ],
      ...more,
    }),
  ).fixes;

const isFactor = ({ title }: Fix) => title.startsWith("Make the call with multi-factor authentication");

describe("An MFA rule", () => {
  it("that asks how long ago it was given is met by giving it anew", () => {
    const [fix] = ruled(aged, {
      ...user,
      "policies.identity": ["Allow *"],
      context: { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "7200" },
    });

    expect(fix).to.include({ verified: true, change: "other" });
    expect(fix?.title).to.match(/^Make the call with multi-factor authentication given anew/);
    expect(fix?.note).to.match(/^With sts:GetSessionToken, /);
  });

  it("is met by a role's session only where a user assumes the role, which is said", () => {
    const [fix] = ruled(without, { context: { "aws:MultiFactorAuthPresent": "false" } });

    expect(fix).to.include({ verified: true, change: "other" });
    expect(fix?.note).to.contain("With sts:AssumeRole by a user");
    expect(fix?.note).to.contain("has none");
  });

  const context = { "aws:MultiFactorAuthPresent": "false" };
  const fed = `arn:aws:sts::${account}:federated-user/alice-fed`;
  for (const [who, more] of [
    [
      "a federated user",
      {
        "caller.arn": fed,
        "caller.principalArn": fed,
        "caller.issuerArn": alice,
        "policies.identity": ["Allow *"],
        context,
      },
    ],
    ["a session of an instance", { context: { ...context, "ec2:RoleDelivery": "2.0" } }],
    ["a session by an identity provider", { context: { ...context, "aws:FederatedProvider": "example.com" } }],
    [
      "a session by web identity",
      { context: { ...context, "token.actions.githubusercontent.com:sub": "repo:a/b:ref:refs/heads/main" } },
    ],
    [
      "a session by a provider of a cluster",
      { context: { ...context, "oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE:aud": "sts.amazonaws.com" } },
    ],
    [
      "a chat application",
      {
        context: {
          ...context,
          "aws:ChatbotSourceArn": `arn:aws:chatbot::${account}:chat-configuration/slack-channel/x`,
        },
      },
    ],
    [
      "a session of IAM Identity Center",
      {
        "caller.arn": `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Deploy_0123456789abcdef/alice`,
        "caller.principalArn": `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Deploy_0123456789abcdef`,
        "policies.identity": ["Allow *"],
        context,
      },
    ],
  ] as const) {
    it(`is not to be met by ${who}, to whom no device is asked for`, () => {
      const fixes = ruled(without, more as SnapshotPatch);

      expect(fixes.filter(isFactor)).to.deep.equal([]);
      expect(fixes[0]).to.include({ verified: true, change: "edit-statement" });
      expect(fixes[0]?.note).to.contain("MFA rule that is meant");
    });
  }
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html: an Allow may ask for MFA, too
describe("An Allow that demands more of the call", () => {
  const context: Json = { "aws:MultiFactorAuthPresent": "false", "aws:MultiFactorAuthAge": null };
  const mfa: Json = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
  const recent: Json = { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } };
  const every = ["backup:*", "backup-storage:*", "kms:*"];
  const allow = (Condition: Json, Action = every): Json => ({
    Sid: "Given",
    Effect: "Allow",
    Action,
    Resource: "*",
    Condition,
  });
  const inIdentity = (...statements: Json[]): SnapshotPatch => ({
    context,
    "policies.identity": [{ name: "Own", attachedTo: "role/Deployer", statements }],
  });
  const fixesOf = (patch: SnapshotPatch) => diagnose(buildSnapshot([], patch)).fixes;
  const told = (keys: string) =>
    new RegExp(
      `^role Deployer: .*backup:CreateBackupVault.* without what statement "Given" of the [\\w ]+ "\\w+" demands of ${keys}$`,
    );
  const named = "arn:aws:iam::444455556666:role/team/Deployer";

  for (const [where, patch, keys] of [
    ["identity policy", inIdentity(allow(mfa)), "aws:MultiFactorAuthPresent"],
    ["identity policy, lately", inIdentity(allow(recent)), "aws:MultiFactorAuthAge"],
    ["permissions boundary", { context, "policies.permissionsBoundary": [allow(mfa)] }, "aws:MultiFactorAuthPresent"],
    ["session policy", { context, "policies.session": [allow(mfa)] }, "aws:MultiFactorAuthPresent"],
    [
      "service control policy",
      { context, "policies.serviceControl": [{ id: "r-ab12", type: "ROOT", policies: [allow(mfa, ["*"])] }] },
      "aws:MultiFactorAuthPresent",
    ],
  ] satisfies [string, SnapshotPatch, string][]) {
    it(`is met by MFA first, and an Allow without it says so: ${where}`, () => {
      const [factor, exemption] = fixesOf(patch);

      expect(factor).to.deep.include({ verified: true, change: "other", widens: [] });
      expect(isFactor(factor as Fix)).to.equal(true);
      expect(factor?.title.includes("given anew")).to.equal(keys === "aws:MultiFactorAuthAge");
      expect(exemption?.verified).to.equal(true);
      expect(
        exemption?.widens?.some((text) => told(keys).test(text)),
        exemption?.widens?.join("\n"),
      ).to.equal(true);
    });
  }

  it("is met by MFA in a key policy as well, before the caller is named there without", () => {
    const [factor, exemption] = fixesOf({
      context,
      "key.policy": [{ ...(allow(mfa, ["kms:*"]) as object), Principal: { AWS: named } }],
    });

    expect(isFactor(factor as Fix)).to.equal(true);
    expect(factor?.verified).to.equal(true);
    expect(exemption?.widens?.join()).to.contain('without what statement "Given" of the key policy "default" demands');
  });

  it("is met by MFA, with an Allow of what it does not name", () => {
    const diagnosis = diagnose(buildSnapshot([], inIdentity(allow(mfa, ["backup:*"]))));
    const [both, exemption] = diagnosis.fixes;

    expect(both).to.include({ verified: true, change: "add-statement" });
    expect(both?.title).to.match(
      /^Make the call with multi-factor authentication, .*; and allow backup-storage:MountCapsule, /,
    );
    expect(JSON.stringify(both?.statement)).not.to.contain("backup:CreateBackupVault");
    expect(exemption?.widens?.some((text) => told("aws:MultiFactorAuthPresent").test(text))).to.equal(true);
  });

  it("is met by MFA, and the Allow of what it does not name says what another one demands that it does not", () => {
    const elsewhere: Json = { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-west-2"] } };
    const { fixes } = diagnose(buildSnapshot([], inIdentity(allow(mfa, ["backup:*"]), allow(elsewhere, ["kms:*"]))));

    for (const fix of fixes) {
      expect(fix.widens?.join("\n"), fix.title).to.match(/kms:CreateGrant.* demands of aws:RequestedRegion/);
    }
  });

  it("is not met by MFA where the caller can give none", () => {
    const [fix] = fixesOf({
      ...inIdentity(allow(mfa)),
      context: { ...(context as object), "ec2:RoleDelivery": "2.0" },
    });

    expect(fix).to.include({ verified: true, change: "add-statement" });
    expect(fix?.widens?.some((text) => told("aws:MultiFactorAuthPresent").test(text))).to.equal(true);
  });

  it("of another Region is followed by one of this Region alone, which keeps what else is demanded and met", () => {
    const [fix] = fixesOf({
      ...inIdentity(allow({ ...(mfa as object), StringEquals: { "aws:RequestedRegion": ["eu-west-1"] } })),
      context: { "aws:MultiFactorAuthPresent": "true" },
    });
    const added = (JSON.parse(fix?.document?.after ?? "") as { Statement: { Condition: object }[] }).Statement.slice(1);

    expect(fix?.verified).to.equal(true);
    expect(added.length).to.be.above(1);
    for (const { Condition } of added) {
      expect(Condition).to.deep.nested.include({ "StringEquals.aws:RequestedRegion": "us-west-2" });
      expect(Condition).to.deep.nested.include({ "Bool.aws:MultiFactorAuthPresent": "true" });
    }
    expect(fix?.widens?.some((text) => told("aws:RequestedRegion").test(text))).to.equal(true);
  });
});
