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
