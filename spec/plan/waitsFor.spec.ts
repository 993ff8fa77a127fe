import { expect } from "chai";
import { readPlan } from "../../lib/plan/readPlan.js";
import { waitsFor } from "../../lib/plan/terraform/waitsFor.js";

const vault = { type: "aws_backup_vault", name: "v", expressions: { name: { constant_value: "prod-vault" } } };
const policy = {
  type: "aws_kms_key_policy",
  name: "p",
  expressions: { key_id: { references: ["aws_kms_key.k.id", "aws_kms_key.k"] } },
};
const vaultBy = (more: object) => ({ ...vault, ...more });
const refersTo = (...references: string[]) => ({ expressions: { tags: { references } } });
const step = (name: string, more: object) => ({ type: "terraform_data", name, ...more });
const called = (resources: object[], more: object = {}) => ({ module: { resources }, ...more });

// https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on
describe("Whether a vault is made after its key has its policy", () => {
  for (const [how, root, isSure, modules = {}] of [
    ["its depends_on", { resources: [vaultBy({ depends_on: ["aws_kms_key_policy.p"] }), policy] }, true],
    [
      "a value of it",
      { resources: [vaultBy(refersTo("aws_kms_key_policy.p.id", "aws_kms_key_policy.p")), policy] },
      true,
    ],
    [
      "what it waits for, which waits",
      {
        resources: [
          vaultBy({ depends_on: ["terraform_data.a"] }),
          step("a", { count_expression: { references: ["terraform_data.b"] } }),
          step("b", { depends_on: ["aws_kms_key_policy.p"] }),
          policy,
        ],
      },
      true,
    ],
    [
      "its module's depends_on",
      { resources: [policy], module_calls: { m: called([vault], { depends_on: ["aws_kms_key_policy.p"] }) } },
      true,
      { vault: "module.m" },
    ],
    [
      "depends_on a module that has it",
      { module_calls: { k: called([policy]), m: called([vault], { depends_on: ["module.k"] }) } },
      true,
      { vault: "module.m[0]", policy: 'module.k["a"]' },
    ],
    [
      "what its module is given: another's output, which waits",
      {
        module_calls: {
          k: {
            module: {
              resources: [policy],
              outputs: {
                arn: { expression: { references: ["aws_kms_key.k.arn"] }, depends_on: ["aws_kms_key_policy.p"] },
              },
            },
          },
          m: called([vaultBy(refersTo("var.key"))], {
            expressions: { key: { references: ["module.k.arn", "module.k"] } },
          }),
        },
      },
      true,
      { vault: "module.m", policy: "module.k" },
    ],
    ["nothing", { resources: [vault, policy] }, false],
    ["the key alone", { resources: [vaultBy(refersTo("aws_kms_key.k.arn", "aws_kms_key.k")), policy] }, false],
    ["another of that name", { resources: [vaultBy({ depends_on: ["data.aws_kms_key_policy.p"] }), policy] }, false],
    ["a local value, which may be made of it or not", { resources: [vaultBy(refersTo("local.key")), policy] }, false],
    [
      "another output of the module that has it",
      {
        module_calls: {
          k: {
            module: { resources: [policy], outputs: { arn: { expression: { references: ["aws_kms_key.k.arn"] } } } },
          },
          m: called([vaultBy(refersTo("var.key"))], {
            expressions: { key: { references: ["module.k.arn", "module.k"] } },
          }),
        },
      },
      false,
      { vault: "module.m", policy: "module.k" },
    ],
    [
      "what leads into itself",
      {
        resources: [
          vaultBy({ depends_on: ["terraform_data.a"] }),
          step("a", { depends_on: ["terraform_data.a"] }),
          policy,
        ],
      },
      false,
    ],
  ] as [string, object, boolean, { vault?: string; policy?: string }?][]) {
    it(`${isSure ? "is sure" : "is not known"} by ${how}`, () => {
      const change = ({ type, name }: { type: string; name: string }, module_address: string | undefined) => ({
        address: name,
        ...(module_address !== undefined && { module_address }),
        mode: "managed",
        type,
        name,
        change: { actions: ["create"] },
      });
      const resource_changes = [change(vault, modules.vault), change(policy, modules.policy)];
      const document = {
        format_version: "1.2",
        planned_values: {},
        resource_changes,
        configuration: { root_module: root },
      };

      const read = readPlan(JSON.stringify(document));

      const [one, other] = read.kind === "terraform" ? read.plan.resource_changes : [];
      if (read.kind !== "terraform" || one === undefined || other === undefined) throw new Error("expected a plan");
      expect(waitsFor(read.plan, one, other)).to.equal(isSure);
    });
  }
});
