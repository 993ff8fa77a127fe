import {
  type EvaluationResult,
  IAMClient,
  paginateSimulatePrincipalPolicy,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from "@aws-sdk/client-iam";
import { expect } from "chai";
import type { Emulator, World } from "../../lib/emulator/index.js";
import type { PolicyDocument, PolicyStatement } from "../../lib/policy/PolicyDocument.js";
import { failureOf, served } from "./served.js";
import { accountId, allow, type Changes, deny, keyArn, managementId, memberWorld, vaultArn } from "./worlds.js";

/*
 * Each behaviour as live AWS was captured to show it: [STACKD] github.com/radkawar/stackd @9dc356f of September 2026,
 * [PREFLIGHT] measurements of 31 August 2026, or [D] documented by AWS.
 */

const roleArn = `arn:aws:iam::${accountId}:role/team/Deployer`;
const everything = allow("*");

type Simulated = Partial<SimulatePrincipalPolicyCommandInput>;

function send(emulator: Emulator, input: Simulated) {
  const client = new IAMClient({ ...emulator.clientConfig(), credentials: emulator.auditor, maxAttempts: 1 });
  return client.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: roleArn,
      ActionNames: ["backup:CreateBackupVault"],
      ...input,
    }),
  );
}

const simulate = (world: World, input: Simulated = {}): Promise<EvaluationResult[]> =>
  served({ world }, async (emulator) => (await send(emulator, input)).EvaluationResults ?? []);

const only = async (world: World, input: Simulated = {}): Promise<EvaluationResult> => {
  const [row, ...more] = await simulate(world, input);
  if (row === undefined || more.length > 0) throw new Error("Expected one row for one action.");
  return row;
};

const refused = (input: Simulated, changes: Changes = {}) =>
  served({ world: memberWorld(changes) }, (emulator) => failureOf(send(emulator, input)));

/** A world without an organization. */
function standalone(changes: Changes = {}): World {
  return { ...memberWorld(changes), organizations: [] };
}

const when = (statements: PolicyStatement[]): PolicyDocument => ({ Version: "2012-10-17", Statement: statements });

describe("SimulatePrincipalPolicy in the emulator", () => {
  describe("shapes its rows as captured [STACKD simulation.json]", () => {
    it("without resources: one row for *, nothing by resource, no details", async () => {
      const row = await only(standalone());
      expect(row).to.deep.include({
        EvalActionName: "backup:CreateBackupVault",
        EvalResourceName: "*",
        EvalDecision: "allowed",
        MissingContextValues: [],
      });
      expect(row).not.to.have.any.keys(
        "ResourceSpecificResults",
        "EvalDecisionDetails",
        "OrganizationsDecisionDetail",
        "PermissionsBoundaryDecisionDetail",
      );
    });

    it("one ARN: its name is echoed, with one result by resource", async () => {
      const row = await only(standalone(), { ResourceArns: [vaultArn] });
      expect(row.EvalResourceName).to.equal(vaultArn);
      expect(row.EvalDecisionDetails).to.deep.equal({});
      expect(row.ResourceSpecificResults).to.have.lengthOf(1);
      expect(row.ResourceSpecificResults?.[0]).to.include({
        EvalResourceName: vaultArn,
        EvalResourceDecision: "allowed",
      });
    });

    it("several ARNs: a template names them, the most restrictive decides, each has its result in order", async () => {
      const other = vaultArn.replace("prod-vault", "other-vault");
      const identity = when([{ Effect: "Allow", Action: "backup:*", Resource: vaultArn }]);
      const row = await only(standalone({ identity }), { ResourceArns: [vaultArn, other, vaultArn] });
      expect(row.EvalResourceName).to.equal("arn:aws:backup:${Region}:${Account}:${ResourceType}:${ResourceName}");
      expect(row.EvalDecision).to.equal("implicitDeny");
      expect(row.ResourceSpecificResults?.map(({ EvalResourceDecision }) => EvalResourceDecision)).to.deep.equal([
        "allowed",
        "implicitDeny",
        "allowed",
      ]);
      // The union over resources is told even so.
      expect(row.MatchedStatements).to.have.lengthOf(1);
    });

    it("empty lists stand at the top and are left out by resource", async () => {
      const row = await only(standalone({ identity: deny("s3:*") }), { ResourceArns: [vaultArn] });
      expect(row.MatchedStatements).to.deep.equal([]);
      expect(row.MissingContextValues).to.deep.equal([]);
      expect(row.ResourceSpecificResults?.[0]).not.to.have.any.keys("MatchedStatements", "MissingContextValues");
    });

    it("tells about organizations only where there is one, about the boundary only where there is one", async () => {
      const boundary = allow("kms:*");
      const row = await only(memberWorld({ boundary }), { ResourceArns: [vaultArn] });
      expect(row.OrganizationsDecisionDetail).to.deep.equal({ AllowedByOrganizations: true });
      expect(row.PermissionsBoundaryDecisionDetail).to.deep.equal({ AllowedByPermissionsBoundary: false });
      expect(row.EvalDecision).to.equal("implicitDeny");
      expect(row.ResourceSpecificResults?.[0]?.PermissionsBoundaryDecisionDetail).to.deep.equal({
        AllowedByPermissionsBoundary: false,
      });
    });
  });

  describe("names what matched [STACKD]", () => {
    it("inline policies by holder and name, with the statement's place in compact text", async () => {
      const row = await only(standalone());
      expect(row.MatchedStatements?.[0]).to.deep.include({
        SourcePolicyId: "role_Deployer_CreateVault",
        SourcePolicyType: "IAM Policy",
        StartPosition: { Line: 1, Column: 38 },
      });
    });

    it("managed policies by their friendly name, groups' by the group", async () => {
      const world = standalone();
      const [first] = world.accounts;
      first?.groups.push({
        name: "Admins",
        inlinePolicies: [{ name: "All", document: everything }],
        attachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      });
      for (const user of first?.users ?? []) {
        user.groups = ["Admins"];
        user.inlinePolicies = [];
      }
      const row = await only(world, { PolicySourceArn: `arn:aws:iam::${accountId}:user/alice` });
      expect(row.MatchedStatements?.map(({ SourcePolicyId }) => SourcePolicyId)).to.deep.equal([
        "group_Admins_All",
        "AdministratorAccess",
      ]);
    });

    it("places of pretty-printed text: from after the bracket, later from the comma, to one past the brace", async () => {
      const document = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "backup:*", "Resource": "*" },
    { "Effect": "Allow", "Action": "*", "Resource": "*" }
  ]
}`;
      const row = await only(standalone({ role: { inlinePolicies: [{ name: "Pretty", document }] } }));
      expect(
        row.MatchedStatements?.map(({ StartPosition, EndPosition }) => [StartPosition, EndPosition]),
      ).to.deep.equal([
        [
          { Line: 3, Column: 17 },
          { Line: 4, Column: 65 },
        ],
        [
          { Line: 4, Column: 65 },
          { Line: 5, Column: 58 },
        ],
      ]);
    });

    it("of an explicit denial only the denying statements, also the boundary's", async () => {
      const row = await only(standalone(), {
        PermissionsBoundaryPolicyInputList: [JSON.stringify(deny("backup:*"))],
        ResourceArns: [vaultArn],
      });
      expect(row.EvalDecision).to.equal("explicitDeny");
      expect(
        row.MatchedStatements?.map(({ SourcePolicyId, SourcePolicyType }) => [SourcePolicyId, SourcePolicyType]),
      ).to.deep.equal([["PermissionsBoundaryPolicyInputList.1", "Permissions Boundary Policy"]]);
      expect(row.PermissionsBoundaryDecisionDetail).to.deep.equal({ AllowedByPermissionsBoundary: false });
    });
  });

  describe("keeps silent under a service control policy [STACKD, D]", () => {
    for (const { why, serviceControl, decision } of [
      { why: "a denial", serviceControl: deny("backup:*"), decision: "explicitDeny" },
      { why: "a level without an Allow", serviceControl: undefined, decision: "implicitDeny" },
    ]) {
      it(why, async () => {
        const world = memberWorld({ boundary: allow("kms:*"), ...(serviceControl && { serviceControl }) });
        if (serviceControl === undefined) {
          for (const target of world.organizations[0]?.targets ?? []) {
            if (target.type === "ORGANIZATIONAL_UNIT") target.policies = [];
          }
        }
        const row = await only(world);
        expect(row).to.deep.equal({
          EvalActionName: "backup:CreateBackupVault",
          EvalResourceName: "*",
          EvalDecision: decision,
          MatchedStatements: [],
          MissingContextValues: [],
          OrganizationsDecisionDetail: { AllowedByOrganizations: false },
        });
      });
    }

    it("evaluates its conditions, with us-east-1 as Region where none is given [PREFLIGHT R1-R4]", async () => {
      const serviceControl = when([
        {
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          Condition: { StringNotEquals: { "aws:RequestedRegion": "us-west-2" } },
        },
      ]);
      const world = memberWorld({ serviceControl });
      expect((await only(world)).EvalDecision).to.equal("explicitDeny");
      const given = await only(world, {
        ContextEntries: [
          { ContextKeyName: "aws:RequestedRegion", ContextKeyType: "string", ContextKeyValues: ["us-west-2"] },
        ],
      });
      expect(given.EvalDecision).to.equal("allowed");
    });

    it("looks past it where it is excluded", async () => {
      const world = memberWorld({ serviceControl: deny("backup:*"), identity: allow("kms:*") });
      const row = await only(world, { PolicyExclusionList: [{ PolicyType: "scp" }] });
      expect(row.EvalDecision).to.equal("implicitDeny");
      expect(row.OrganizationsDecisionDetail).to.deep.equal({ AllowedByOrganizations: true });
    });
  });

  describe("leaves out what PolicyExclusionList names [D]", () => {
    const managed = `arn:aws:iam::${accountId}:policy/More`;
    const world = (): World => {
      const made = standalone({ boundary: allow("kms:*"), role: { attachedPolicies: [managed] } });
      made.accounts[0]?.policies.push({
        name: "More",
        arn: managed,
        versions: [{ id: "v1", document: everything, isDefault: true }],
      });
      return made;
    };
    const cases: { excluded: Simulated["PolicyExclusionList"]; decision: string; matched: string[] }[] = [
      {
        excluded: [{ PolicyType: "permission-boundary" }],
        decision: "allowed",
        matched: ["role_Deployer_CreateVault", "More"],
      },
      {
        excluded: [{ PolicyType: "permission-boundary" }, { PolicyType: "inline" }],
        decision: "allowed",
        matched: ["More"],
      },
      {
        excluded: [{ PolicyType: "permission-boundary" }, { PolicyArn: `arn:aws:iam::${accountId}:policy/Mo*` }],
        decision: "allowed",
        matched: ["role_Deployer_CreateVault"],
      },
      {
        excluded: [
          { PolicyType: "permission-boundary" },
          { PolicyType: "user-managed" },
          {
            InlinePolicyIdentifier: { PolicyName: "CreateVault", AttachmentType: "role", AttachmentName: "Deployer" },
          },
        ],
        decision: "implicitDeny",
        matched: [],
      },
      { excluded: [{ PolicyType: "rcp" }], decision: "implicitDeny", matched: [] },
    ];
    it("answers at once where a pattern of many stars nearly fits", async () => {
      const world = memberWorld({ role: { attachedPolicies: [`arn:aws:iam::${accountId}:policy/${"a".repeat(60)}`] } });
      const row = await only(world, { PolicyExclusionList: [{ PolicyArn: `${"*a".repeat(30)}b` }] });
      expect(row.EvalDecision).to.equal("allowed");
    });

    for (const { excluded = [], decision, matched } of cases) {
      it(JSON.stringify(excluded.slice(-1)[0]), async () => {
        const row = await only(world(), { PolicyExclusionList: excluded });
        expect(row.EvalDecision).to.equal(decision);
        expect(row.MatchedStatements?.map(({ SourcePolicyId }) => SourcePolicyId)).to.deep.equal(matched);
      });
    }
  });

  describe("treats a key that is not given as absent [STACKD]", () => {
    const withCondition = (effect: "Allow" | "Deny", condition: Record<string, Record<string, string>>) =>
      when([
        { Effect: effect, Action: "*", Resource: "*", Condition: condition },
        ...(effect === "Deny" ? [{ Effect: "Allow" as const, Action: "*", Resource: "*" }] : []),
      ]);
    const cases: { operator: string; value: string; decision: string; missing: string[] }[] = [
      { operator: "StringEquals", value: "x", decision: "implicitDeny", missing: ["stack:missing"] },
      { operator: "StringNotEquals", value: "x", decision: "allowed", missing: [] },
      { operator: "StringEqualsIfExists", value: "x", decision: "allowed", missing: [] },
      { operator: "Null", value: "true", decision: "allowed", missing: [] },
      { operator: "Null", value: "false", decision: "implicitDeny", missing: ["stack:missing"] },
      { operator: "ForAllValues:StringEquals", value: "x", decision: "allowed", missing: [] },
      { operator: "ForAnyValue:StringEquals", value: "x", decision: "implicitDeny", missing: ["stack:missing"] },
    ];
    for (const { operator, value, decision, missing } of cases) {
      it(`Allow with ${operator} ${value}: ${decision}`, async () => {
        const identity = withCondition("Allow", { [operator]: { "stack:missing": value } });
        const row = await only(standalone({ identity }), { ResourceArns: [vaultArn] });
        expect(row.EvalDecision).to.equal(decision);
        expect(row.MissingContextValues).to.deep.equal(missing);
      });
    }

    it("Deny with StringEquals beside a plain Allow: allowed, and no key is told", async () => {
      const identity = withCondition("Deny", { StringEquals: { "stack:missing": "x" } });
      const row = await only(standalone({ identity }));
      expect(row.EvalDecision).to.equal("allowed");
      expect(row.MissingContextValues).to.deep.equal([]);
    });

    it("tells also the keys of statements for other actions", async () => {
      const identity = when([
        { Effect: "Allow", Action: "s3:*", Resource: "*", Condition: { StringEquals: { "s3:prefix": "x" } } },
      ]);
      expect((await only(standalone({ identity }))).MissingContextValues).to.deep.equal(["s3:prefix"]);
    });
  });

  describe("fills in keys of the principal [D], but not all", () => {
    const asks = (key: string, value: string) =>
      standaloneOrMember(
        when([{ Effect: "Allow", Action: "*", Resource: "*", Condition: { StringLike: { [key]: value } } }]),
      );
    const standaloneOrMember = (identity: PolicyDocument) => memberWorld({ identity });
    for (const [key, value] of [
      ["aws:PrincipalAccount", accountId],
      ["aws:PrincipalOrgID", "o-a1b2c3d4e5"],
      ["aws:PrincipalOrgMasterAccountId", managementId],
      ["aws:PrincipalType", "AssumedRole"],
      ["aws:userid", roleArn],
      ["aws:PrincipalArn", roleArn],
      ["aws:RequestedRegion", "us-east-1"],
    ] as const) {
      it(`${key} is there`, async () => {
        expect((await only(asks(key, value))).EvalDecision).to.equal("allowed");
      });
    }
    for (const key of ["aws:PrincipalTag/team", "aws:SourceIp", "aws:ViaAWSService", "kms:ViaService"]) {
      it(`${key} is missing`, async () => {
        const row = await only(asks(key, "*"));
        expect(row.EvalDecision).to.equal("implicitDeny");
        expect(row.MissingContextValues).to.deep.equal([key]);
      });
    }
    it("is told missing where it is filled in and a test on it fails, but not the Region", async () => {
      expect((await only(asks("aws:userid", "x"))).MissingContextValues).to.deep.equal(["aws:userid"]);
      expect((await only(asks("aws:RequestedRegion", "x"))).MissingContextValues).to.deep.equal([]);
      const given = { ContextKeyName: "aws:userid", ContextKeyType: "string" as const, ContextKeyValues: ["y"] };
      const row = await only(asks("aws:userid", "x"), { ContextEntries: [given] });
      expect(row.MissingContextValues).to.deep.equal([]);
    });
  });

  describe("does not match an action with an ARN that it cannot be performed on [STACKD simulation_inputs.json]", () => {
    for (const [action, resource] of [
      ["kms:CreateGrant", vaultArn],
      ["backup:CreateBackupVault", keyArn],
      ["backup-storage:MountCapsule", vaultArn],
      ["sts:GetCallerIdentity", keyArn],
    ] as const) {
      it(`${action} on ${resource.split(":")[2]}`, async () => {
        const row = await only(standalone({ identity: everything }), {
          ActionNames: [action],
          ResourceArns: [resource],
        });
        expect(row).to.deep.include({ EvalDecision: "implicitDeny", MatchedStatements: [], MissingContextValues: [] });
      });
    }

    it("backup-storage:MountCapsule without resources is decided by the policies", async () => {
      const row = await only(standalone({ identity: everything }), { ActionNames: ["backup-storage:MountCapsule"] });
      expect(row.EvalDecision).to.equal("allowed");
    });

    it("* does not match an Allow for an ARN [PREFLIGHT E1-E5]", async () => {
      const identity = when([{ Effect: "Allow", Action: "*", Resource: vaultArn }]);
      expect((await only(standalone({ identity }), { ResourceArns: ["*"] })).EvalDecision).to.equal("implicitDeny");
    });
  });

  describe("with a resource policy [STACKD iam-simulation.md]", () => {
    const policy = (principal: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "*", Resource: keyArn }],
      });
    const input = { ActionNames: ["kms:Decrypt"], ResourceArns: [keyArn], CallerArn: roleArn };

    for (const principal of [roleArn, `arn:aws:iam::${accountId}:root`]) {
      it(`${principal} is granted past silent identity and boundary`, async () => {
        const world = standalone({ identity: allow("s3:*"), boundary: allow("s3:*") });
        const row = await only(world, { ...input, ResourcePolicy: policy(principal) });
        expect(row.EvalDecision).to.equal("allowed");
        expect(row.PermissionsBoundaryDecisionDetail).to.deep.equal({ AllowedByPermissionsBoundary: false });
        expect(
          row.MatchedStatements?.map(({ SourcePolicyId, SourcePolicyType }) => [SourcePolicyId, SourcePolicyType]),
        ).to.deep.equal([["ResourcePolicy", "Resource Policy"]]);
      });
    }

    it("another owner's needs all sides, and the details tell them apart", async () => {
      const world = standalone({ identity: allow("s3:*") });
      const row = await only(world, {
        ...input,
        ResourcePolicy: policy(roleArn),
        ResourceOwner: `arn:aws:iam::${managementId}:root`,
      });
      expect(row.EvalDecision).to.equal("implicitDeny");
      expect(row.EvalDecisionDetails).to.deep.equal({ "IAM Policy": "implicitDeny", "Resource Policy": "allowed" });
    });
  });

  describe("refuses bad input with IAM's texts [STACKD, PREFLIGHT]", () => {
    const entry = (name: string, type: string, ...values: string[]) => ({
      ContextKeyName: name,
      ContextKeyType: type as "string",
      ContextKeyValues: values,
    });
    const cases: { why: string; input: Simulated; failure: { name: string; message: string; status: number } }[] = [
      {
        why: "a session as source",
        input: { PolicySourceArn: `arn:aws:sts::${accountId}:assumed-role/x/y` },
        failure: {
          name: "InvalidInputException",
          message: `Invalid ARN provided in the request: arn:aws:sts::${accountId}:assumed-role/x/y`,
          status: 400,
        },
      },
      {
        why: "a role that is not there",
        input: { PolicySourceArn: `arn:aws:iam::${accountId}:role/Nobody` },
        failure: { name: "NoSuchEntityException", message: "Unable to retrieve specified IAM entity.", status: 404 },
      },
      {
        why: "* beside an ARN",
        input: { ResourceArns: ["*", vaultArn] },
        failure: {
          name: "InvalidInputException",
          message:
            "Invalid resource input list: you cannot include both * and individual resources in the resource list for a simulation.",
          status: 400,
        },
      },
      {
        why: "a resource that is no ARN",
        input: { ResourceArns: ["x"] },
        failure: {
          name: "InvalidInputException",
          message: "ResourceNames are not in a valid ARN format: x.",
          status: 400,
        },
      },
      {
        why: "a key given twice",
        input: { ContextEntries: [entry("stack:test", "string", "a"), entry("STACK:TEST", "string", "b")] },
        failure: { name: "InvalidInputException", message: "Duplicate context key: STACK:TEST.", status: 400 },
      },
      {
        why: "a key without values",
        input: { ContextEntries: [entry("stack:test", "string")] },
        failure: {
          name: "InvalidInputException",
          message: "Context values for context key stack:test cannot be null or empty.",
          status: 400,
        },
      },
      {
        why: "a number that is none",
        input: { ContextEntries: [entry("stack:test", "numeric", "x")] },
        failure: {
          name: "InvalidInputException",
          message: "Invalid context value for key stack:test: expected numeric format.",
          status: 400,
        },
      },
      {
        why: "an address of a million colons, which is none",
        input: { ContextEntries: [entry("aws:SourceIp", "ip", `${":".repeat(1_000_000)}x`)] },
        failure: {
          name: "InvalidInputException",
          message: "Invalid context value for key aws:SourceIp: expected IP address.",
          status: 400,
        },
      },
      {
        why: "what would take seconds: a million questions",
        input: {
          MaxItems: 1000,
          ActionNames: Array.from({ length: 1000 }, (_, index) => `s3:a${index}`),
          ResourceArns: Array.from({ length: 1000 }, (_, index) => `arn:aws:s3:::b${index}`),
          PolicyInputList: ['{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'],
        },
        failure: {
          name: "InvalidInputException",
          message:
            "The emulator asks at most 250000 statements in one simulation: actions x resources x statements are 5000000. Ask about fewer.",
          status: 400,
        },
      },
      {
        why: "a policy that is none",
        input: { PolicyInputList: ["{}"] },
        failure: {
          name: "InvalidInputException",
          message: "Policy input list item 1 has invalid content",
          status: 400,
        },
      },
      {
        why: "a marker that is none",
        input: { Marker: "x" },
        failure: { name: "InvalidInputException", message: "Invalid marker for pagination.", status: 400 },
      },
      {
        why: "a page that is too long",
        input: { MaxItems: 1001 },
        failure: {
          name: "ValidationError",
          message:
            "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
          status: 400,
        },
      },
      {
        why: "an inline policy that is not wholly named",
        input: { PolicyExclusionList: [{ InlinePolicyIdentifier: { PolicyName: "x" } as never }] },
        failure: {
          name: "InvalidInputException",
          message: "Invalid inline policy exclusion: policyName, attachmentType, and attachmentName are required",
          status: 400,
        },
      },
    ];
    for (const { why, input, failure } of cases) {
      it(why, async () => {
        expect(await refused(input)).to.deep.equal(failure);
      });
    }

    it("a principal of another account", () =>
      served({ world: memberWorld() }, async (emulator) => {
        const client = new IAMClient(emulator.clientConfig());
        const other = new SimulatePrincipalPolicyCommand({
          PolicySourceArn: `arn:aws:iam::${managementId}:role/Admin`,
          ActionNames: ["kms:Decrypt"],
        });
        expect((await failureOf(client.send(other))).message).to.equal(
          `Invalid Policy Source Arn: caller's account ${accountId} does not have access to policies in account ${managementId}.`,
        );
      }));

    it("does not validate booleans: yes is false", async () => {
      const identity = when([
        { Effect: "Allow", Action: "*", Resource: "*", Condition: { Bool: { "stack:on": "true" } } },
      ]);
      const row = await only(standalone({ identity }), { ContextEntries: [entry("stack:on", "boolean", "yes")] });
      expect(row.EvalDecision).to.equal("implicitDeny");
    });
  });

  it("finds a role by its name, whatever path is given", async () => {
    for (const path of ["", "team/", "wrong/path/"]) {
      const row = await only(standalone(), { PolicySourceArn: `arn:aws:iam::${accountId}:role/${path}Deployer` });
      expect(row.EvalDecision).to.equal("allowed");
    }
  });

  it("echoes the spelling of actions, and pages by action", () =>
    served({ world: standalone() }, async (emulator) => {
      const client = new IAMClient({ ...emulator.clientConfig(), credentials: emulator.auditor });
      const input = { PolicySourceArn: roleArn, ActionNames: ["KMS:decrypt", "kms:DescribeKey", "kms:CreateGrant"] };
      const pages: (string | undefined)[][] = [];
      for await (const page of paginateSimulatePrincipalPolicy({ client, pageSize: 2 }, input)) {
        pages.push((page.EvaluationResults ?? []).map(({ EvalActionName }) => EvalActionName));
      }
      expect(pages).to.deep.equal([["KMS:decrypt", "kms:DescribeKey"], ["kms:CreateGrant"]]);
    }));

  it("takes a list as multi-valued, which no plain operator matches, and a single text as one", async () => {
    const identity = when([
      { Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "stack:key": "a" } } },
    ]);
    const give = (type: "string" | "stringList") =>
      only(standalone({ identity }), {
        ContextEntries: [{ ContextKeyName: "stack:key", ContextKeyType: type, ContextKeyValues: ["a"] }],
      });
    expect((await give("string")).EvalDecision).to.equal("allowed");
    expect((await give("stringList")).EvalDecision).to.equal("implicitDeny");
  });

  it("needs iam:SimulatePrincipalPolicy on the principal's real ARN", () =>
    served({ world: memberWorld({ identity: allow("kms:*") }) }, async (emulator) => {
      const client = new IAMClient(emulator.clientConfig());
      const failure = await failureOf(
        client.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn: roleArn, ActionNames: ["kms:Decrypt"] })),
      );
      expect(failure).to.include({ name: "AccessDenied", status: 403 });
      expect(failure.message).to.contain("is not authorized to perform: iam:SimulatePrincipalPolicy on resource:");
    }));
});
