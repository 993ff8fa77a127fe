import {
  type EvaluationResult,
  IAMClient,
  SimulateCustomPolicyCommand,
  type SimulateCustomPolicyCommandInput,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from "@aws-sdk/client-iam";
import { expect } from "chai";
import { failureOf, served } from "./served.js";
import { accountId, allow, allSeven, deny, keyArn, memberWorld } from "./worlds.js";

/*
 * As live AWS was captured: [STACKD] github.com/radkawar/stackd @9dc356f, testdata/aws/iam/simulation.json,
 * simulation_defaults.json and docs/iam-simulation.md; the rest as
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html documents it.
 */

type Given = Partial<SimulateCustomPolicyCommandInput>;
const text = (document: object) => JSON.stringify(document);

const custom = (input: Given, principal = `arn:aws:iam::${accountId}:user/alice`): Promise<EvaluationResult[]> =>
  served({ world: memberWorld() }, async (emulator) => {
    const client = new IAMClient({ ...emulator.clientConfig(principal), maxAttempts: 1 });
    const { EvaluationResults = [] } = await client.send(
      new SimulateCustomPolicyCommand({ PolicyInputList: [text(allSeven)], ActionNames: ["kms:Decrypt"], ...input }),
    );
    return EvaluationResults;
  });
const levels = (...documents: object[][]) =>
  documents.map((level) => ({ ServiceControlPolicyInputList: level.map(text) }));
const where = (operator: string, key: string, value: string) =>
  text({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Condition: { [operator]: { [key]: value } } }],
  });

describe("SimulateCustomPolicy in the emulator", () => {
  it("shapes a row as captured: what matched by its place in the list, nothing of boundary or organization", async () => {
    const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
    const [row] = await custom({ PolicyInputList: [policy], ActionNames: ["s3:GetObject"] });
    expect(row).to.deep.equal({
      EvalActionName: "s3:GetObject",
      EvalResourceName: "*",
      EvalDecision: "allowed",
      MatchedStatements: [
        {
          SourcePolicyId: "PolicyInputList.1",
          SourcePolicyType: "IAM Policy",
          StartPosition: { Line: 1, Column: 38 },
          EndPosition: { Line: 1, Column: 95 },
        },
      ],
      MissingContextValues: [],
    });
  });

  const hierarchies: { why: string; given: Given; decision: string; byOrganization?: boolean; byBoundary?: boolean }[] =
    [
      {
        why: "every level allows",
        given: { OrderedOrganizationPolicyInputList: levels([allow("*")], [allow("kms:*"), allow("s3:*")]) },
        decision: "allowed",
        byOrganization: true,
      },
      {
        why: "one level is silent",
        given: { OrderedOrganizationPolicyInputList: levels([allow("*")], [allow("s3:*")], [allow("*")]) },
        decision: "implicitDeny",
        byOrganization: false,
      },
      {
        why: "one level denies",
        given: { OrderedOrganizationPolicyInputList: levels([allow("*")], [allow("*"), deny("kms:Decrypt")]) },
        decision: "explicitDeny",
        byOrganization: false,
      },
      {
        why: "the boundary is silent",
        given: { PermissionsBoundaryPolicyInputList: [text(allow("s3:*"))] },
        decision: "implicitDeny",
        byBoundary: false,
      },
      {
        why: "boundary and hierarchy allow",
        given: {
          PermissionsBoundaryPolicyInputList: [text(allow("kms:*"))],
          OrderedOrganizationPolicyInputList: levels([allow("*")]),
        },
        decision: "allowed",
        byOrganization: true,
        byBoundary: true,
      },
      { why: "no policy at all", given: { PolicyInputList: [] }, decision: "implicitDeny" },
    ];
  for (const { why, given, decision, byOrganization, byBoundary } of hierarchies) {
    it(`${why}: ${decision}`, async () => {
      const [row] = await custom(given);
      expect(row?.EvalDecision).to.equal(decision);
      expect(row?.OrganizationsDecisionDetail?.AllowedByOrganizations).to.equal(byOrganization);
      expect(row?.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary).to.equal(byBoundary);
    });
  }

  it("a boundary's denial is named by its place in the list", async () => {
    const [row] = await custom({ PermissionsBoundaryPolicyInputList: [text(deny("kms:*"))] });
    expect(row?.MatchedStatements?.map(({ SourcePolicyId }) => SourcePolicyId)).to.deep.equal([
      "PermissionsBoundaryPolicyInputList.1",
    ]);
  });

  const caller = `arn:aws:iam::${accountId}:role/team/Deployer`;
  const contexts: { why: string; given: Given; decision: string; missing?: string[] }[] = [
    {
      why: "without a caller aws:userid is a stand-in [STACKD]",
      given: { PolicyInputList: [where("StringEquals", "aws:userid", "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR")] },
      decision: "allowed",
    },
    {
      why: "with a caller it is the caller's ARN [STACKD]",
      given: { CallerArn: caller, PolicyInputList: [where("StringEquals", "aws:userid", caller)] },
      decision: "allowed",
    },
    {
      why: "and told missing where a test on it fails [STACKD]",
      given: { PolicyInputList: [where("StringNotLike", "aws:userid", "*")] },
      decision: "implicitDeny",
      missing: ["aws:userid"],
    },
    {
      why: "without a caller nobody is aws:PrincipalArn",
      given: { PolicyInputList: [where("StringLike", "aws:PrincipalArn", "*")] },
      decision: "implicitDeny",
      missing: ["aws:PrincipalArn"],
    },
  ];
  for (const { why, given, decision, missing = [] } of contexts) {
    it(why, async () => {
      const [row] = await custom(given);
      expect(row).to.deep.include({ EvalDecision: decision, MissingContextValues: missing });
    });
  }

  const refusals: { why: string; given: Given; message: RegExp }[] = [
    {
      why: "two boundaries",
      given: { PermissionsBoundaryPolicyInputList: [text(allow("*")), text(allow("*"))] },
      message: /^The list of Permissions Boundary policies cannot exceed 1 items\.$/,
    },
    {
      why: "a level without a policy",
      given: { OrderedOrganizationPolicyInputList: [...levels([allow("*")]), { ServiceControlPolicyInputList: [] }] },
      message: /^Organization policy at index 2 must contain at least one service control policy$/,
    },
    { why: "a policy that is none", given: { PolicyInputList: ["{}"] }, message: /item 1 has invalid content$/ },
    {
      why: "root as caller",
      given: { CallerArn: `arn:aws:iam::${accountId}:root` },
      message: /^Invalid ARN provided in the request: /,
    },
    {
      why: "a session as caller",
      given: { CallerArn: `arn:aws:sts::${accountId}:assumed-role/Deployer/ci` },
      message: /^Invalid ARN provided in the request: /,
    },
    { why: "an action without a colon", given: { ActionNames: ["Decrypt"] }, message: /Decrypt/ },
    {
      why: "a scalar key with two values",
      given: {
        ContextEntries: [{ ContextKeyName: "stack:k", ContextKeyType: "string", ContextKeyValues: ["a", "b"] }],
      },
      message: /stack:k/,
    },
    {
      why: "a resource policy without resources",
      given: { CallerArn: caller, ResourcePolicy: text(allow("*")) },
      message: /resource policy/i,
    },
  ];
  for (const { why, given, message } of refusals) {
    it(`refuses ${why}`, async () => {
      const failure = await failureOf(custom(given));
      expect(failure).to.include({ name: "InvalidInputException", status: 400 });
      expect(failure.message).to.match(message);
    });
  }

  it("needs iam:SimulateCustomPolicy", async () => {
    const world = memberWorld({ identity: allow("backup:*") });
    const failure = await served({ world }, (emulator) =>
      failureOf(
        new IAMClient(emulator.clientConfig()).send(
          new SimulateCustomPolicyCommand({ PolicyInputList: [], ActionNames: ["kms:Decrypt"] }),
        ),
      ),
    );
    expect(failure).to.include({ name: "AccessDenied", status: 403 });
    expect(failure.message).to.contain("iam:SimulateCustomPolicy");
  });
});

describe("PolicyExclusionList, as captured [STACKD simulation.json]", () => {
  const managed = `arn:aws:iam::${accountId}:policy/simulation/Managed`;
  const world = () => {
    const made = memberWorld({ identity: allow("s3:*"), role: { attachedPolicies: [managed] } });
    const [account] = made.accounts;
    const document = allow("kms:Decrypt");
    account?.policies.push({ name: "Managed", arn: managed, versions: [{ id: "v1", document, isDefault: true }] });
    account?.groups.push({ name: "Team", inlinePolicies: [], attachedPolicies: [managed] });
    const [alice] = account?.users ?? [];
    alice?.groups.push("Team");
    alice?.attachedPolicies.push(managed);
    alice?.inlinePolicies.splice(0);
    return made;
  };
  const principal = async (source: string, input: Partial<SimulatePrincipalPolicyCommandInput> = {}) =>
    served({ world: world() }, async (emulator) => {
      const client = new IAMClient({ ...emulator.clientConfig(), credentials: emulator.auditor, maxAttempts: 1 });
      const command = new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::${accountId}:${source}`,
        ActionNames: ["kms:Decrypt"],
        ResourceArns: [keyArn],
        ...input,
      });
      const [row] = (await client.send(command)).EvaluationResults ?? [];
      return row;
    });

  it("a managed policy's ARN without its path excludes it, the whole ARN does not", async () => {
    const pathless = { PolicyArn: `arn:aws:iam::${accountId}:policy/Managed` };
    expect((await principal("role/Deployer", { PolicyExclusionList: [pathless] }))?.EvalDecision).to.equal(
      "implicitDeny",
    );
    expect(
      (await principal("role/Deployer", { PolicyExclusionList: [{ PolicyArn: managed }] }))?.EvalDecision,
    ).to.equal("allowed");
  });

  it("a policy that is attached to a user and to its group is listed once", async () => {
    const row = await principal("user/alice");
    expect(row?.MatchedStatements?.map(({ SourcePolicyId }) => SourcePolicyId)).to.deep.equal(["Managed"]);
  });

  it("an inline policy's owner may end in a star, its name holds none", async () => {
    const inline = (PolicyName: string) => ({
      InlinePolicyIdentifier: { PolicyName, AttachmentType: "role" as const, AttachmentName: "Deploy*" },
    });
    const given = { ActionNames: ["s3:GetObject"], ResourceArns: [] };
    const row = await principal("role/Deployer", { ...given, PolicyExclusionList: [inline("CreateVault")] });
    expect(row?.EvalDecision).to.equal("implicitDeny");
    const failure = await failureOf(principal("role/Deployer", { ...given, PolicyExclusionList: [inline("Create*")] }));
    expect(failure).to.include({ name: "InvalidInputException", status: 400 });
  });
});
