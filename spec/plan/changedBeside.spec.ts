import { expect } from "chai";
import { mayConcern } from "../../lib/plan/ChangedBeside.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";

const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };
const deployer = "arn:aws:iam::444455556666:role/Deployer";
const user = "arn:aws:iam::444455556666:user/Ada";
const arn = "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";

interface Change {
  actions?: string[];
  before?: object | null;
  after?: object | null;
  after_unknown?: object;
}

/** What is told of a plan with a vault of that key, where these resources change. */
function planWith(changes: Record<string, Change>, expressions: Record<string, object> = {}) {
  const vault = { "aws_backup_vault.main": { after: { name: "prod-vault", kms_key_arn: arn } } };
  const all = Object.entries({ ...vault, ...changes }).map(([address, change]) => {
    const [type = "", name = ""] = address.split(".");
    const of = { address, mode: "managed", type, name };
    return { ...of, change: { actions: ["create"], ...change }, of };
  });
  const resources = all.map(({ of }) => ({ ...of, expressions: expressions[of.address] ?? {} }));
  const document = {
    format_version: "1.2",
    planned_values: {},
    resource_changes: all,
    configuration: { root_module: { resources } },
  };
  return vaultsOfPlan(readPlan(JSON.stringify(document)), { file: "plan.json", place });
}

// https://developer.hashicorp.com/terraform/internals/json-format#change-representation
describe("What a Terraform plan changes of those who call is told", () => {
  const update = (after: object, before = after): Change => ({ actions: ["update"], before, after });
  const made = { "aws_iam_role.own": { after: {}, after_unknown: { name: true } } };
  const cases: [what: string, changes: Record<string, Change>, deployer: boolean, user: boolean, written?: object][] = [
    ["a policy of the role", { "aws_iam_role_policy.p": { after: { role: "Deployer" } } }, true, false],
    ["a policy of another role", { "aws_iam_role_policy.p": { after: { role: "Other" } } }, false, false],
    [
      "one that is left alone",
      { "aws_iam_role_policy.p": { ...update({ role: "Deployer" }), actions: ["no-op"] } },
      false,
      false,
    ],
    [
      "one that is taken away",
      { "aws_iam_role_policy_attachment.p": { actions: ["delete"], before: { role: "Deployer" }, after: null } },
      true,
      false,
    ],
    [
      "a policy of one who is not known",
      { "aws_iam_role_policy.p": { after: {}, after_unknown: { role: true } } },
      true,
      false,
    ],
    [
      "a policy of a role that is made",
      { ...made, "aws_iam_role_policy.p": { after: {}, after_unknown: { role: true } } },
      false,
      false,
      { role: { references: ["aws_iam_role.own.name", "aws_iam_role.own"] } },
    ],
    ["the role's boundary", { "aws_iam_role.r": update({ name: "Deployer" }) }, true, false],
    [
      "an attachment to many",
      { "aws_iam_policy_attachment.p": { after: { roles: ["A", "Deployer"], users: [] } } },
      true,
      false,
    ],
    ["a user's groups", { "aws_iam_user_group_membership.p": { after: { user: "Ada", groups: ["g"] } } }, false, true],
    ["a group's policy", { "aws_iam_group_policy.p": { after: { group: "g" } } }, false, true],
    ["a managed policy that is there", { "aws_iam_policy.p": update({ name: "p" }) }, true, true],
    ["a managed policy that is new", { "aws_iam_policy.p": { after: { name: "p" } } }, false, false],
    [
      "the organization's policy",
      { "aws_organizations_policy.p": update({ type: "SERVICE_CONTROL_POLICY" }) },
      true,
      true,
    ],
    ["a control of Control Tower", { "aws_controltower_control.c": { after: {} } }, true, true],
    ["a permission set", { "aws_ssoadmin_permission_set_inline_policy.p": { after: {} } }, false, false],
    ["a backup policy", { "aws_organizations_policy.p": update({ type: "BACKUP_POLICY" }) }, false, false],
    [
      "a policy that is attached",
      { "aws_organizations_policy_attachment.p": { after: { policy_id: "p-1" } } },
      true,
      true,
    ],
    [
      "a backup policy that is attached",
      {
        "aws_organizations_policy.p": { ...update({ id: "p-1", type: "BACKUP_POLICY" }), actions: ["no-op"] },
        "aws_organizations_policy_attachment.p": { after: { policy_id: "p-1" } },
      },
      false,
      false,
    ],
  ];
  for (const [what, changes, ofDeployer, ofUser, written = {}] of cases) {
    it(what, () => {
      const told = planWith(changes, { "aws_iam_role_policy.p": written }).changes;
      expect([deployer, user].map((who) => told.some((one) => mayConcern(one, who)))).to.deep.equal([
        ofDeployer,
        ofUser,
      ]);
    });
  }
});

describe("What a Terraform plan takes from a key that is there is not judged as it is", () => {
  const key = { arn, key_id: arn.slice(-36), policy: "{}" };

  for (const actions of [["delete"], ["delete", "create"], ["create", "delete"]]) {
    it(`the key itself (${actions.join(", ")})`, () => {
      const after = actions.includes("create") ? { policy: "{}" } : null;
      const told = planWith({ "aws_kms_key.k": { actions, before: key, after, after_unknown: { arn: true } } });
      expect(told.vaults[0]?.key).to.have.nested.property("planned.status", "unknown");
    });
  }

  it("the resource that gave it its policy", () => {
    const [vault] = planWith({
      "aws_kms_key_policy.p": { actions: ["delete"], before: { key_id: arn }, after: null },
    }).vaults;
    expect(vault?.key).to.have.nested.property("changes.policy.status", "unreadable");
  });

  for (const [what, address, change, isTold] of [
    ["a grant", "aws_kms_grant.g", { after: { key_id: arn } }, true],
    ["another key's grant", "aws_kms_grant.g", { after: { key_id: arn.replace("1234", "0000") } }, false],
  ] as const) {
    it(what, () => {
      expect(planWith({ [address]: change }).vaults[0]?.unsettled).to.deep.equal(
        isTold ? [`the plan changes ${address}; it is judged by how its key is now`] : [],
      );
    });
  }
});

describe("What a Terraform plan makes of a key that is there is judged", () => {
  const changesOf = (changes: Parameters<typeof planWith>[0]) => {
    const [vault] = planWith(changes).vaults;
    return { changes: vault?.key.kind === "existing" ? vault.key.changes : null, unsettled: vault?.unsettled };
  };

  it("its aliases, which are not known then", () => {
    const told = changesOf({ "aws_kms_alias.a": { after: { target_key_id: arn.slice(-36) } } });
    expect(told.changes).to.deep.include({ aliases: { status: "notRead" } });
    expect(told.changes).to.not.have.any.keys("policy", "state", "tags");
    expect(told.unsettled).to.deep.equal([]);
  });

  it("its tags, which are not known where the vault does not wait for them", () => {
    const key = (tags: object) => ({ arn, key_id: arn.slice(-36), policy: "{}", tags, tags_all: tags });
    const update = { actions: ["update"], before: key({}), after: key({ Purpose: "backup" }) };
    expect(changesOf({ "aws_kms_key.k": update }).changes).to.deep.include({ tags: { status: "notRead" } });
    const none = changesOf({ "aws_kms_key.k": { ...update, before: key({ Purpose: "backup" }) } });
    expect(none.changes).to.equal(null);
  });
});

// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
describe("What a plan makes of the policy of a VPC endpoint for AWS Backup is told", () => {
  const backup = "com.amazonaws.us-west-2.backup";
  const own = (service_name: string): Change => ({ actions: ["no-op"], before: {}, after: { service_name } });
  const given = { after: { policy: "{}" }, after_unknown: { vpc_endpoint_id: true } };
  const cases: [what: string, changes: Record<string, Change>, isTold: boolean][] = [
    ["a new one with a policy", { "aws_vpc_endpoint.e": { after: { service_name: backup, policy: "{}" } } }, true],
    [
      "a new one with a policy that only the apply tells",
      { "aws_vpc_endpoint.e": { after: { service_name: backup }, after_unknown: { policy: true } } },
      true,
    ],
    [
      "a new one without",
      { "aws_vpc_endpoint.f": { after: { service_name: backup }, after_unknown: { policy: true } } },
      false,
    ],
    [
      "another service's",
      { "aws_vpc_endpoint.e": { after: { service_name: backup.replace(/\w+$/, "s3"), policy: "{}" } } },
      false,
    ],
    [
      "one whose tags change",
      {
        "aws_vpc_endpoint.e": {
          actions: ["update"],
          before: { service_name: backup, policy: "{}" },
          after: { service_name: backup, policy: "{}" },
        },
      },
      false,
    ],
    ["a policy of its own, of one that is not known", { "aws_vpc_endpoint_policy.p": given }, true],
    ["a policy of its own", { "aws_vpc_endpoint.e": own(backup), "aws_vpc_endpoint_policy.p": given }, true],
  ];
  for (const [what, changes, isTold] of cases) {
    it(what, () => {
      const written = {
        "aws_vpc_endpoint.e": { policy: { references: ["local.p"] } },
        "aws_vpc_endpoint_policy.p": {
          vpc_endpoint_id: { references: ["aws_vpc_endpoint.e.id", "aws_vpc_endpoint.e"] },
        },
      };
      const layers = planWith(changes, written).changes.map((one) => one.layers);
      expect(layers).to.deep.equal(isTold ? [["vpc-endpoint-policy"]] : []);
    });
  }

  for (const [service, policy, isTold] of [
    ["!Sub 'com.amazonaws.${AWS::Region}.backup'", "{Statement: []}", true],
    ["!Sub 'com.amazonaws.${AWS::Region}.kms'", "{Statement: []}", false],
    ["!Ref AWS::StackName", "{Statement: []}", true],
    ["com.amazonaws.us-west-2.backup", "!Ref AWS::NoValue", false],
  ] as const) {
    it(`of a template: ${service}, ${policy}`, () => {
      const template = `Resources: {E: {Type: AWS::EC2::VPCEndpoint, Properties: {ServiceName: ${service}, PolicyDocument: ${policy}}}}`;
      const { changes } = vaultsOfPlan(readPlan(template), { file: "t.yaml", place });
      expect(changes.map((one) => one.address)).to.deep.equal(isTold ? ["E"] : []);
    });
  }
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
describe("What a template makes of those who call is told", () => {
  const cases: [type: string, properties: string, deployer: boolean, user: boolean][] = [
    ["AWS::IAM::Policy", "Roles: [Deployer]", true, false],
    ["AWS::IAM::Policy", "Roles: [!Ref Own]", false, false],
    ["AWS::IAM::Policy", "Roles: [!Ref Given]", true, false],
    ["AWS::IAM::RolePolicy", "RoleName: Deployer", true, false],
    ["AWS::IAM::ManagedPolicy", "Users: [Ada]", false, true],
    ["AWS::IAM::ManagedPolicy", "Groups: [g]", false, true],
    ["AWS::IAM::ManagedPolicy", "Description: nobody's", false, false],
    ["AWS::Organizations::Policy", "Type: RESOURCE_CONTROL_POLICY", true, true],
    ["AWS::Organizations::Policy", "Type: TAG_POLICY", false, false],
    ["AWS::ControlTower::EnabledControl", "TargetIdentifier: ou", true, true],
    ["AWS::SSO::PermissionSet", "Name: Deployer", false, false],
  ];
  for (const [type, properties, ofDeployer, ofUser] of cases) {
    it(`${type}, ${properties}`, () => {
      const template = [
        "Parameters: {Given: {Type: String}}",
        "Resources:",
        `  P: {Type: ${type}, Properties: {${properties}}}`,
        "  Own: {Type: AWS::IAM::Role}",
      ].join("\n");
      const told = vaultsOfPlan(readPlan(template), { file: "a.yaml", place }).changes;
      expect([deployer, user].map((who) => told.some((one) => mayConcern(one, who)))).to.deep.equal([
        ofDeployer,
        ofUser,
      ]);
    });
  }
});
