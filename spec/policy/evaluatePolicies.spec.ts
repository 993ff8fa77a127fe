import { expect } from "chai";
import * as policy from "../../lib/policy/index.js";

const { evaluatePolicies } = policy;
const request = { action: "kms:Decrypt", resource: "arn:aws:kms:eu-west-1:111122223333:key/1" };
const allow = { Effect: "Allow", Action: "*", Resource: "*" } as const;
const allowIf = (key: string) => ({ ...allow, Condition: { StringEquals: { [key]: "x" } } });
const denyIf = (key: string) => ({ ...allowIf(key), Effect: "Deny" }) as const;

describe("evaluatePolicies", () => {
  it("is all that the subpath exports besides types", () => {
    expect(Object.keys(policy)).to.deep.equal(["evaluatePolicies"]);
  });

  it("names keys as the context spells them, else as the policy does, once and in order", () => {
    const policies = [
      { Statement: [allowIf("AWS:B"), allowIf("aws:a"), denyIf("aws:b")] },
      "not a policy",
      { Statement: [denyIf("aws:c"), denyIf("aws:A")] },
    ];

    const answer = evaluatePolicies(policies, { ...request, context: { "aws:B": { present: true } } });

    expect(answer).to.deep.equal({
      verdict: "unknown",
      statements: [
        { policy: "policies[0]", sid: null, index: 0, effect: "Allow" },
        { policy: "policies[0]", sid: null, index: 1, effect: "Allow" },
        { policy: "policies[0]", sid: null, index: 2, effect: "Deny" },
        { policy: "policies[2]", sid: null, index: 0, effect: "Deny" },
        { policy: "policies[2]", sid: null, index: 1, effect: "Deny" },
      ],
      dependsOn: ["aws:B", "aws:a", "policies[1]", "aws:c"],
    });
  });

  it("tells what a Deny hangs on that might add to silence", () => {
    expect(evaluatePolicies([{ Statement: [denyIf("aws:a")] }], request)).to.deep.equal({
      verdict: "implicitDeny",
      statements: [],
      dependsOn: ["aws:a"],
    });
  });

  it("tells only the Allows that are sure where it allows", () => {
    const answer = evaluatePolicies([{ Statement: [allowIf("aws:a"), { Sid: "All", ...allow }] }], request);

    expect(answer).to.deep.equal({
      verdict: "allowed",
      statements: [{ policy: "policies[0]", sid: "All", index: 1, effect: "Allow" }],
      dependsOn: [],
    });
  });

  it("is silent without policies", () => {
    expect(evaluatePolicies([], request)).to.deep.equal({ verdict: "implicitDeny", statements: [], dependsOn: [] });
  });

  it("takes one text for a list where a key is always one", () => {
    const verdict = (key: string) =>
      evaluatePolicies([{ Statement: allowIf(key) }], { ...request, context: { [key]: "x" } }).verdict;

    for (const key of [
      "aws:TagKeys",
      "aws:CalledVia",
      "aws:PrincipalOrgPaths",
      "aws:ResourceOrgPaths",
      "aws:SourceOrgPaths",
      "aws:VpceOrgPaths",
      "aws:PrincipalServiceNamesList",
      "kms:EncryptionContextKeys",
      "kms:GrantOperations",
      "kms:ResourceAliases",
    ]) {
      expect(verdict(key), key).to.equal("implicitDeny");
    }
    expect(verdict("aws:CalledViaFirst")).to.equal("allowed");
  });

  it("knows root by an account id, and takes a boundary that is told", () => {
    const only = (AWS: string[]) => [{ Statement: [{ ...allow, Principal: { AWS } }] }];
    const spared = {
      ...allow,
      Effect: "Deny",
      NotPrincipal: { AWS: ["111122223333", "arn:aws:iam::111122223333:user/a"] },
    };
    const asked = { ...request, principal: "arn:aws:iam::111122223333:user/a" };
    const verdict = (has?: boolean) =>
      evaluatePolicies(
        [
          {
            Statement: [
              { ...allow, Principal: "*" },
              { ...spared, Effect: "Deny" },
            ],
          },
        ],
        {
          ...asked,
          ...(has !== undefined && { principalHasBoundary: has }),
        },
      );

    expect(
      evaluatePolicies(only(["arn:aws:iam::111122223333:root"]), { ...request, principal: "111122223333" }).verdict,
    ).to.equal("allowed");
    expect([verdict(false).verdict, verdict(true).verdict, verdict().verdict]).to.deep.equal([
      "allowed",
      "explicitDeny",
      "unknown",
    ]);
    expect(verdict().dependsOn).to.deep.equal(["principal.permissionsBoundary"]);
  });

  it("leaves what it is given as it was", () => {
    const policies = [Object.freeze({ Statement: Object.freeze([Object.freeze(allow)]) as (typeof allow)[] })];
    const context = Object.freeze({ "aws:TagKeys": Object.freeze(["a"]) as string[] });

    expect(evaluatePolicies(policies, Object.freeze({ ...request, context })).verdict).to.equal("allowed");
  });

  const principal = "a user, role, session, federated-user or root ARN, an account id or a service principal";
  for (const [field, change, told] of [
    ["request.action", { action: undefined }, 'expected one action as "service:Name", found nothing'],
    ["request.action", { action: "Decrypt" }, 'expected one action as "service:Name", found "Decrypt"'],
    ["request.action", { action: "kms:*" }, 'expected one action as "service:Name", found "kms:*"'],
    ["request.action", { action: ["kms:Decrypt"] }, 'expected one action as "service:Name", found a list'],
    [
      "request.resource",
      { resource: null },
      'expected an ARN, or "*" for an action without a resource type, found null',
    ],
    ["request.resource", { resource: "" }, 'expected an ARN, or "*" for an action without a resource type, found ""'],
    ["request.principal", { principal: 1 }, `expected ${principal}, found a value of type number`],
    ...[
      "alice",
      "arn:aws:iam::111122223333:group/a",
      "arn:aws:iam::111122223333:user/a b",
      "arn:aws:iam::111122223333:user/",
      "arn:aws:iam::111122223333:user/a/",
      "arn:aws:iam::111122223333:user/a:b",
      "arn:aws:iam::111122223333:role/a/",
      "arn:aws:iam::111122223333:role/a:b",
      "arn:aws:iam::1:root",
      "arn:aws:sts::111122223333:assumed-role/a",
      "arn:aws:sts::111122223333:user/a",
      "arn:aws:sts::111122223333:federated-user/a/b",
      "",
    ].map((name) => ["request.principal", { principal: name }, `expected ${principal}, found ${JSON.stringify(name)}`]),
    [
      "request.principalHasBoundary",
      { principalHasBoundary: "yes" },
      'expected true or false, or left out, found "yes"',
    ],
    ["request.unlistedKeys", { unlistedKeys: "none" }, 'expected "unknown" or "absent", found "none"'],
    ["request.context", { context: [] }, "expected an object of condition keys, found a list"],
    ...[1, { present: false }, [1], undefined].map((value) => [
      'request.context["aws:a"]',
      { context: { "aws:b": null, "aws:a": value } },
      `expected text, a list of texts, null or { present: true }, found ${
        Array.isArray(value) ? "a list" : value === undefined ? "nothing" : `a value of type ${typeof value}`
      }`,
    ]),
  ] as [string, object, string][]) {
    it(`refuses ${JSON.stringify(change)}, naming ${field}`, () => {
      const asked = { ...request, ...change } as typeof request;

      expect(() => evaluatePolicies([], asked)).to.throw(TypeError, `${field}: ${told}`);
    });
  }

  it("refuses policies that are no list, and a request that is none", () => {
    expect(() => evaluatePolicies("{}" as unknown as string[], request)).to.throw(
      TypeError,
      'policies: expected a list of policy documents, found "{}"',
    );
    expect(() => evaluatePolicies([], null as unknown as typeof request)).to.throw(
      TypeError,
      "request: expected an object with action and resource, found null",
    );
  });

  for (const name of [
    "arn:aws:iam::111122223333:user/team/a",
    "arn:aws-cn:iam::111122223333:role/team/a",
    "arn:aws:sts::111122223333:assumed-role/a/b@example.com",
    "arn:aws:sts::111122223333:federated-user/bob",
    "arn:aws:iam::111122223333:root",
    "111122223333",
    "backup.amazonaws.com",
    "delivery.logs.amazonaws.com.cn",
  ]) {
    it(`takes ${name} for a principal`, () => {
      expect(
        evaluatePolicies([{ Statement: { ...allow, Principal: "*" } }], { ...request, principal: name }).verdict,
      ).to.equal("allowed");
    });
  }

  it("does not know whose federated user one is whose ARN alone is told", () => {
    const everybody = { ...allow, Principal: "*" } as const;
    const notAlice = { ...allow, Effect: "Deny", Principal: { AWS: "arn:aws:iam::111122223333:user/alice" } } as const;

    const answer = evaluatePolicies([{ Statement: [everybody, notAlice] }], {
      ...request,
      principal: "arn:aws:sts::111122223333:federated-user/bob",
    });

    expect(answer.verdict).to.equal("unknown");
  });

  it("leaves open what a set operator says of more values than any request of AWS carries", () => {
    const Condition = { "ForAnyValue:StringEquals": { "aws:TagKeys": "Team" } };
    const policy = { Statement: { Effect: "Allow" as const, Action: "*", Resource: "*", Condition } };
    const verdict = (count: number) =>
      evaluatePolicies([policy], {
        action: "backup:CreateBackupVault",
        resource: "arn:aws:backup:eu-west-1:111122223333:backup-vault:prod",
        context: { "aws:TagKeys": [...Array.from({ length: count }, (_, index) => `${index}`), "Team"] },
      }).verdict;

    expect(verdict(50)).to.equal("allowed");
    expect(verdict(300)).to.equal("unknown");
  });

  it("leaves open what a text is into which variables write more than AWS takes", () => {
    const policy = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow" as const, Action: "*", Resource: `*${"$"}{aws:userid}`.repeat(30) },
    };
    const verdict = (length: number) =>
      evaluatePolicies([policy], {
        action: "backup:CreateBackupVault",
        resource: "x".repeat(length).repeat(30),
        context: { "aws:userid": "x".repeat(length) },
      }).verdict;

    expect(verdict(10)).to.equal("allowed");
    expect(verdict(1000)).to.equal("unknown");
  });
});
