import { readFileSync } from "node:fs";
import { expect } from "chai";
import { identityPolicyFault, trustPolicyFault } from "../../lib/emulator/services/iam/policyGrammar.js";
import { parsePolicy } from "../../lib/policy/parsePolicy.js";

type Fields = Record<string, unknown>;
interface Case {
  case: number;
  document?: string | Fields;
  without?: string;
  statement?: Fields;
  second?: Fields;
  message: string;
}
const table = JSON.parse(readFileSync(new URL("tables/identityPolicies.json", import.meta.url), "utf8")) as Record<
  "refused" | "taken",
  Case[]
>;

const sound = { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::example_bucket" };
const withoutNulls = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

function textOf({ document, without, statement, second }: Case): string {
  if (typeof document === "string") return document;
  const first = withoutNulls({ ...sound, ...statement });
  const Statement = second === undefined ? first : [first, withoutNulls({ ...sound, ...second })];
  const whole = { Version: "2012-10-17", Statement, ...document };
  return JSON.stringify(Object.fromEntries(Object.entries(whole).filter(([name]) => name !== without)));
}

describe("IAM's grammar of identity policies, as captured live", () => {
  for (const one of table.refused) {
    it(`refuses ${textOf(one)} (${one.case})`, () => {
      expect(identityPolicyFault(textOf(one), "aws", true)).to.equal(one.message);
    });
  }

  for (const one of table.taken) {
    it(`takes ${textOf(one)} (${one.case}), and the engine evaluates it`, () => {
      expect(identityPolicyFault(textOf(one), "aws", true)).to.equal(null);
      expect(parsePolicy(textOf(one)).damage).to.deep.equal([]);
    });
  }

  it("lets inline policies be of the older version, or of none", () => {
    const older = JSON.stringify({ Version: "2008-10-17", Statement: sound });
    expect(identityPolicyFault(older, "aws", false)).to.equal(null);
    expect(identityPolicyFault(JSON.stringify({ Statement: sound }), "aws", false)).to.equal(null);
  });

  it("wants the account's own partition, or a wildcard in its place", () => {
    const of = (Resource: string) => JSON.stringify({ Version: "2012-10-17", Statement: { ...sound, Resource } });
    expect(identityPolicyFault(of("arn:aws-cn:s3:::b"), "aws-cn", true)).to.equal(null);
    expect(identityPolicyFault(of("arn:*:s3:::b"), "aws-cn", true)).to.equal(null);
    expect(identityPolicyFault(of("arn:aws:s3:::b"), "aws-cn", true)).to.equal(
      'Partition "aws" is not valid for resource "arn:aws:s3:::b".',
    );
  });

  it("is not held up by a partition of thousands of stars", () => {
    const of = (end: string) => `arn:${"*".repeat(2_000)}${end}:s3:::b`;
    const fault = (Resource: string) =>
      identityPolicyFault(JSON.stringify({ Version: "2012-10-17", Statement: { ...sound, Resource } }), "aws", true);
    expect(fault(of("x"))).to.match(/^Partition "\*{2000}x" is not valid for resource/);
    expect(fault(of("s"))).to.equal(null);
  });

  it("lets no identity policy name principals", () => {
    const text = JSON.stringify({ Version: "2012-10-17", Statement: { ...sound, Principal: "*" } });
    expect(identityPolicyFault(text, "aws", true)).to.equal("Policy document should not specify a principal.");
  });
});

describe("IAM's grammar of trust policies", () => {
  const trusted = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
  const fault = (statement: Fields) =>
    trustPolicyFault(
      JSON.stringify({ Version: "2012-10-17", Statement: [withoutNulls({ ...trusted, ...statement })] }),
    );

  it("takes what lets somebody assume the role, also in several actions", () => {
    expect(fault({})).to.equal(null);
    expect(fault({ Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"] })).to.equal(null);
    expect(fault({ Action: "sts:AssumeRoleWithWebIdentity" })).to.equal(null);
  });

  // [LS] captured: tests/aws/services/iam/test_iam_roles.snapshot.json, test_update_assume_role_policy_errors, 2026-02-11.
  const refused: [string, Fields | string, string][] = [
    ["what is no JSON [LS]", "no json", "This policy contains invalid Json"],
    ["resources [LS]", { Resource: "*" }, "Has prohibited field Resource"],
    ["other actions [LS]", { Action: "s3:GetObject" }, "AssumeRole policy may only specify STS AssumeRole actions."],
    ["wildcards in actions", { Action: "sts:*" }, "AssumeRole policy may only specify STS AssumeRole actions."],
    ["nobody", { Principal: null }, "Missing required field Principal"],
    ["an empty principal", { Principal: {} }, "Missing required field Principal cannot be empty!"],
    ["unknown elements", { Extra: 1 }, "Syntax errors in policy."],
  ];
  for (const [what, given, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(typeof given === "string" ? trustPolicyFault(given) : fault(given)).to.equal(message);
    });
  }
});
