import { expect } from "chai";
import { isNotKnown, notKnown } from "../../lib/plan/NotKnown.js";
import { policyOfDataSource } from "../../lib/plan/terraform/policyOfDataSource.js";

/*
 * What the provider makes of a data source, as its documentation and its source say.
 *
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/policy_model.go
 */

interface Document {
  Statement: Record<string, unknown>[];
}

const made = (statement: object, more: object = {}) => {
  const [first] = (policyOfDataSource({ statement: [statement], ...more }) as Document).Statement;
  return first;
};

describe("A policy that aws_iam_policy_document will make", () => {
  it("has policy variables where Terraform's own are evaded", () => {
    const statement = {
      actions: ["kms:*"],
      resources: ["arn:aws:kms:*:*:alias/&{aws:username}"],
      principals: [{ type: "AWS", identifiers: ["arn:aws:iam::444455556666:user/&{aws:username}"] }],
      condition: [{ test: "StringLike", variable: "aws:PrincipalTag/team", values: ["&{aws:username}-*"] }],
    };

    expect(made(statement)).to.deep.include({
      Resource: ["arn:aws:kms:*:*:alias/${aws:username}"],
      Principal: { AWS: ["arn:aws:iam::444455556666:user/${aws:username}"] },
      Condition: { StringLike: { "aws:PrincipalTag/team": ["${aws:username}-*"] } },
    });
    expect(made(statement, { version: "2008-10-17" })).to.deep.include({
      Resource: ["arn:aws:kms:*:*:alias/&{aws:username}"],
    });
  });

  it("has one test with all values of those that repeat test and key", () => {
    const condition = [
      { test: "StringEquals", variable: "kms:ViaService", values: ["backup.us-west-2.amazonaws.com"] },
      { test: "StringEquals", variable: "kms:CallerAccount", values: ["444455556666"] },
      { test: "StringEquals", variable: "kms:ViaService", values: ["ec2.us-west-2.amazonaws.com"] },
    ];

    expect(made({ condition })).to.deep.include({
      Condition: {
        StringEquals: {
          "kms:ViaService": ["backup.us-west-2.amazonaws.com", "ec2.us-west-2.amazonaws.com"],
          "kms:CallerAccount": ["444455556666"],
        },
      },
    });
  });

  it("keeps what is not known of one of them", () => {
    const condition = [
      { test: "StringEquals", variable: "kms:ViaService", values: ["backup.us-west-2.amazonaws.com"] },
      { test: "StringEquals", variable: "kms:ViaService", values: notKnown("aws_x.y.z") },
    ];

    const told = made({ condition })?.Condition as { StringEquals: Record<string, unknown[]> } | undefined;

    expect(told?.StringEquals["kms:ViaService"]?.map(isNotKnown)).to.deep.equal([false, true]);
  });

  it("takes names of JavaScript's own for what they are", () => {
    const condition = [{ test: "__proto__", variable: "constructor", values: ["a"] }];

    const { Condition } = made({ condition }) as { Condition: object };

    expect(Object.keys(Condition)).to.deep.equal(["__proto__"]);
  });

  it("takes in other documents: a later statement replaces the one with its Sid, in its place", () => {
    const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
    const merged = policyOfDataSource({
      source_policy_documents: [document({ Sid: "A", Effect: "Allow" }, { Effect: "Deny" }), null],
      override_policy_documents: [document({ Sid: "B", Effect: "Deny" }, { Effect: "Allow" })],
      statement: [
        { sid: "B", actions: ["kms:*"] },
        { sid: "A", effect: "Deny", actions: notKnown("aws_x.y.z") },
      ],
      version: null,
    }) as Document;

    expect(merged.Statement).to.deep.equal([
      { Sid: "A", Effect: "Deny", Action: notKnown("aws_x.y.z") },
      { Effect: "Deny" },
      { Sid: "B", Effect: "Deny" },
      { Effect: "Allow" },
    ]);
  });

  it("is not known where another document is not, or which statement it replaces", () => {
    const source_policy_documents = [`{ "Statement": { "Sid": "A", "Effect": "Allow" } }`];
    for (const given of [
      { source_policy_documents: [notKnown("a")] },
      { override_policy_documents: notKnown("a") },
      { source_policy_documents: ["no JSON"] },
      { source_policy_documents, statement: [{ sid: notKnown("a") }] },
    ])
      expect(policyOfDataSource({ statement: [], ...given })).to.equal(null);
  });
});
