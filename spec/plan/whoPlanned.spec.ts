import { expect } from "chai";
import { notAsPlanned } from "../../lib/cli/notAsPlanned.js";
import { isNotKnown } from "../../lib/plan/NotKnown.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";

// https://developer.hashicorp.com/terraform/internals/json-format#plan-representation

const accountId = "444455556666";
const place = { partition: "aws", accountId, region: "us-west-2" };
const session = `arn:aws:sts::${accountId}:assumed-role/Pipeline/ci`;
const expression = (...references: string[]) => ({ references });

/** A plan of a vault whose provider is written so, and what data sources told of it. */
const vaultOf = (
  provider: object,
  told: Record<string, object>,
  variables: object = {},
  written: object = {},
  more: readonly Record<string, object>[] = [],
) => {
  const dataOf = (type: string) => ({ mode: "data", type, name: "here", provider_config_key: "aws" });
  const data = [...new Set([told, ...more].flatMap((all) => Object.keys(all)))].map(dataOf);
  const plan = {
    format_version: "1.2",
    variables,
    planned_values: {},
    resource_changes: [
      {
        address: "aws_backup_vault.v",
        mode: "managed",
        type: "aws_backup_vault",
        name: "v",
        change: { actions: ["create"], after: { name: "prod-vault" } },
      },
    ],
    prior_state: {
      values: {
        root_module: {
          resources: [told, ...more].flatMap((all) =>
            Object.entries(all).map(([type, values]) => ({ ...dataOf(type), values })),
          ),
        },
      },
    },
    configuration: {
      provider_config: { aws: { name: "aws", expressions: provider } },
      root_module: {
        resources: [
          { mode: "managed", type: "aws_backup_vault", name: "v", provider_config_key: "aws" },
          ...data.map((one) => ({ ...one, expressions: written })),
        ],
      },
    },
  };
  const [vault] = vaultsOfPlan(readPlan(JSON.stringify(plan)), { file: "given", place }).vaults;
  if (vault === undefined) throw new Error("expected a vault");
  return vault;
};

describe("What a plan leaves out of its provider, it tells by what data sources saw", () => {
  it("the Region, where it is an expression; what is written, and what another data source asked for, is as it is", () => {
    const [made, told] = [{ region: expression("var.a", "var.b") }, { aws_region: { name: "eu-west-1" } }];
    expect(vaultOf(made, told).region).to.equal("eu-west-1");
    expect(isNotKnown(vaultOf(made, told, {}, { name: { constant_value: "eu-west-1" } }).region)).to.equal(true);
    expect(vaultOf({ region: { constant_value: "us-west-2" } }, told).region).to.equal("us-west-2");
    expect(isNotKnown(vaultOf(made, { aws_region: { name: "here" } }).region)).to.equal(true);
  });

  it("the Region of a variable's part", () => {
    const region = expression('var.env["prod"].regions[1]', 'var.env["prod"].regions', 'var.env["prod"]', "var.env");
    const env = (regions: unknown) => ({ env: { value: { prod: { regions } } } });
    expect(vaultOf({ region }, {}, env(["us-east-1", "eu-west-1"])).region).to.equal("eu-west-1");
    expect(isNotKnown(vaultOf({ region }, {}, env("no list")).region)).to.equal(true);
  });

  it("the role, where it is an expression, and that is said", () => {
    const provider = { assume_role: [{ role_arn: expression("var.account", "var.role") }] };
    const vault = vaultOf(provider, { aws_caller_identity: { arn: session } });
    expect(vault.role).to.equal(`arn:aws:iam::${accountId}:role/Pipeline`);
    expect(vault.assumptions.join()).to.contain("taken to be the one that it called as when the plan was made");
    expect(isNotKnown(vaultOf(provider, {}).role)).to.equal(true);
    const user = { aws_caller_identity: { arn: `arn:aws:iam::${accountId}:user/ci` } };
    expect(isNotKnown(vaultOf(provider, user).role)).to.equal(true);
  });

  for (const [what, arn, flags, isTold] of [
    ["another role's session", session, {}, true],
    ["another account's user", "arn:aws:iam::111122223333:user/ci", {}, true],
    ["a user of the same account, who says little of who applies it", `arn:aws:iam::${accountId}:user/ci`, {}, false],
    ["the same role's session", session.replace("Pipeline", "Deployer"), {}, false],
    ["another role's session, where somebody is named", session, { principal: ["arn:aws:iam::1:role/A"] }, false],
  ] as const) {
    it(`who made the plan, where no role is written: ${what}`, () => {
      const asked = {
        env: {},
        here: "us-west-2",
        accountId,
        callerArn: `arn:aws:iam::${accountId}:role/team/Deployer`,
      };
      const { unsettled } = notAsPlanned(
        vaultOf({}, { aws_caller_identity: { arn } }),
        {
          ...flags,
          principal: "principal" in flags ? [...flags.principal] : undefined,
          profile: undefined,
          region: undefined,
        },
        { ...asked, changes: [] },
      );
      expect(unsettled.some(({ told }) => told.includes(`called as ${arn}`))).to.equal(isTold);
    });
  }

  const role = `arn:aws:iam::${accountId}:role/Pipeline`;
  const withRole = { assume_role_arn: { value: role } };
  for (const [what, provider, told, variables, callerName, isTold] of [
    ["of a role", {}, {}, withRole, "Deployer", true],
    ["of the role that calls here", {}, {}, withRole, "Pipeline", false],
    ["of several roles", {}, {}, { accounts: { value: { dev: { deploy: role } } } }, "Pipeline", true],
    ["of the name of a role", {}, {}, { role_name: { value: "Pipeline" } }, "Deployer", true],
    ["that is on", {}, {}, { assume: { value: true } }, "Deployer", true],
    ["that is off", {}, {}, { assume: { value: false } }, "Deployer", false],
    ["without a value", {}, {}, { role_arn: { value: null } }, "Deployer", false],
    ["of no role", {}, {}, { bucket: { value: "arn:aws:s3:::b" } }, "Deployer", false],
    ["that the provider uses", { profile: expression("var.assume_role_arn") }, {}, withRole, "Deployer", false],
    [
      "of a role, where the plan tells who made it",
      {},
      { aws_caller_identity: { arn: session } },
      withRole,
      "Pipeline",
      false,
    ],
  ] as const) {
    it(`a role that a dynamic block may take: a variable ${what}`, () => {
      const callerArn = `arn:aws:iam::${accountId}:role/team/${callerName}`;
      const { unsettled } = notAsPlanned(
        vaultOf(provider, told, variables),
        { principal: undefined, profile: undefined, region: undefined },
        { env: {}, here: "us-west-2", accountId, callerArn, changes: [] },
      );
      expect(unsettled.some((one) => one.told.includes("a dynamic assume_role"))).to.equal(isTold);
    });
  }

  it("neither of two that instances of one provider told", () => {
    const region = { region: expression("each.value") };
    const regions = (...names: string[]) => names.map((name) => ({ aws_region: { name } }));
    expect(isNotKnown(vaultOf(region, {}, {}, {}, regions("eu-west-1", "us-west-2")).region)).to.equal(true);
    expect(vaultOf(region, {}, {}, {}, regions("eu-west-1", "eu-west-1")).region).to.equal("eu-west-1");
  });
});
