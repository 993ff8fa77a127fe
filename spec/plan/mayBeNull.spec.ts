import { expect } from "chai";
import { readPlan } from "../../lib/plan/readPlan.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";

// https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/backup_vault (kms_key_arn is optional)

const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };
const to = (...references: string[]) => ({ references });
const key = ["aws_kms_key.k.arn", "aws_kms_key.k"];
const only = ["aws_kms_key.k[0].arn", "aws_kms_key.k[0]", "aws_kms_key.k"];

interface Written {
  /** The names in the vault's kms_key_arn. */
  names: string[];
  vault?: object;
  key?: object;
  variables?: Record<string, unknown>;
  /** The vaults' keys of for_each; left out: there is one vault. */
  each?: string[];
}

/** The key of each vault: its address where it is known, else what may decide. */
function keysOf({ names, vault = {}, key: keyWritten = {}, variables = {}, each }: Written): string[] {
  const change = (type: string, name: string, after: object, index?: string | number) => ({
    address: `${type}.${name}${index === undefined ? "" : `["${index}"]`}`,
    mode: "managed",
    type,
    name,
    ...(index !== undefined && { index }),
    change: { actions: ["create"], after, after_unknown: { arn: true, kms_key_arn: true } },
  });
  const counted = Object.hasOwn(keyWritten, "count_expression") ? 0 : undefined;
  const document = {
    format_version: "1.2",
    planned_values: {},
    relevant_attributes: [{ resource: "aws_kms_key.k", attribute: ["arn"] }],
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    resource_changes: [
      change("aws_kms_key", "k", {}, counted),
      ...(each ?? [undefined]).map((index) => change("aws_backup_vault", "v", { name: "prod-vault" }, index)),
    ],
    configuration: {
      root_module: {
        resources: [
          { mode: "managed", type: "aws_kms_key", name: "k", ...keyWritten },
          {
            mode: "managed",
            type: "aws_backup_vault",
            name: "v",
            expressions: { kms_key_arn: to(...names) },
            ...vault,
          },
        ],
      },
    },
  };
  const { vaults } = vaultsOfPlan(readPlan(JSON.stringify(document)), { file: "given", place });
  return vaults.map((one) => {
    const planned = one.key.kind === "planned" ? one.key.planned : null;
    if (planned === null) return one.key.kind;
    return planned.status === "unknown" ? (/which (.*) may decide/.exec(planned.because)?.[1] ?? "unknown") : "the key";
  });
}

const daily = { daily: { encrypted: true, key: null } };
const forEach = { for_each_expression: to("var.vaults") };

describe("A vault may have no key of its own where something that is known may be a test of that", () => {
  const cases: [what: string, written: Written, told: string][] = [
    ["the key alone", { names: key }, "the key"],
    ["a variable beside it", { names: ["var.on", ...key], variables: { on: false } }, "var.on"],
    ["one that holds, which may be turned round", { names: ["var.on", ...key], variables: { on: true } }, "var.on"],
    [
      "one that is called after an ARN",
      { names: ["var.has_arn", ...key], variables: { has_arn: true } },
      "var.has_arn",
    ],
    ["a text", { names: ["var.stage", ...key], variables: { stage: "prod" } }, "var.stage"],
    ["a variable without a value, as in coalesce()", { names: ["var.given", ...key] }, "the key"],
    ["an empty one", { names: ["var.given", ...key], variables: { given: "" } }, "the key"],
    [
      "another ARN, which the value would be",
      { names: ["var.k", ...key], variables: { k: "arn:aws:kms:x" } },
      "the key",
    ],
    ["what is called an ARN", { names: ["data.aws_kms_key.given.arn", "data.aws_kms_key.given", ...key] }, "the key"],
    [
      "what a data source told",
      { names: ["data.aws_region.r.name", "data.aws_region.r", ...key] },
      "data.aws_region.r.name",
    ],
    ["the workspace", { names: ["terraform.workspace", ...key] }, "terraform.workspace"],
    ["a path, which tests nothing", { names: ["path.module", ...key] }, "the key"],
    ["a local value beside it", { names: ["local.on", ...key] }, "local.on"],
    [
      "what decides already whether there is such a key",
      { names: ["local.on", ...only], key: { count_expression: to("local.on") } },
      "the key",
    ],
    [
      "what decides already whether there is such a vault",
      { names: ["var.on", ...key], variables: { on: true }, vault: { count_expression: to("var.on") } },
      "the key",
    ],
    [
      "a text that decides how many such vaults there are",
      { names: ["var.stage", ...key], variables: { stage: "dev" }, vault: { count_expression: to("var.stage") } },
      "var.stage",
    ],
    [
      "something else than what decides whether there is such a key",
      { names: ["var.on", ...only], variables: { on: true }, key: { count_expression: to("var.make") } },
      "var.on",
    ],
    ["the key of an instance", { names: ["aws_kms_key.k", "each.key"], vault: forEach, each: ["daily"] }, "the key"],
    ["an index of it", { names: ["aws_kms_key.k", "var.at"], variables: { at: "daily" } }, "the key"],
    ["a truth, which is no index", { names: ["aws_kms_key.k", "var.on"], variables: { on: true } }, "var.on"],
    [
      "each's key, where no instance is named",
      { names: ["each.key", ...key], vault: forEach, each: ["daily"] },
      "each.key",
    ],
    [
      "each's value",
      {
        names: ["each.value.encrypted", "each.value", ...key],
        vault: forEach,
        variables: { vaults: daily },
        each: ["daily"],
      },
      "each.value.encrypted",
    ],
    [
      "each's value that is null",
      {
        names: ["each.value.key", "each.value", ...key],
        vault: forEach,
        variables: { vaults: daily },
        each: ["daily"],
      },
      "the key",
    ],
    [
      "each's value that was not given, and may have a default",
      { names: ["each.value.on", "each.value", ...key], vault: forEach, variables: { vaults: daily }, each: ["daily"] },
      "each.value.on",
    ],
    [
      "a key within each's value, where there is one vault",
      { names: ["each.value.key", "each.value"], vault: { for_each_expression: to(...key) }, each: ["daily"] },
      "the key",
    ],
    [
      "a test within each's value",
      {
        names: ["each.value.key", "each.value"],
        vault: { for_each_expression: to("var.on", ...key) },
        variables: { on: true },
        each: ["daily"],
      },
      "var.on",
    ],
  ];
  for (const [what, written, told] of cases)
    it(what, () => {
      expect(keysOf(written)).to.deep.equal([told]);
    });

  it("a key within each's value, where several vaults may each have another", () => {
    const vault = { for_each_expression: to(...key) };
    const names = ["each.value.key", "each.value"];
    expect(keysOf({ names, vault, each: ["daily", "weekly"] })).to.deep.equal(["each.value.key", "each.value.key"]);
  });
});
