import { expect } from "chai";
import { isNotKnown } from "../../lib/plan/NotKnown.js";
import { placesInFile } from "../../lib/plan/placesInFile.js";
import { readAssembly } from "../../lib/plan/readAssembly.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";

const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };
const vaultsIn = (text: string, parameters: Record<string, string> = {}) =>
  vaultsOfPlan(readPlan(text), { file: "given", place, parameters }).vaults;

/** A plan of one vault, whose key is what the expression says. */
const planned = (expression: unknown, more: object = {}) =>
  JSON.stringify({
    format_version: "1.2",
    planned_values: {},
    resource_changes: [
      {
        address: "aws_backup_vault.main",
        mode: "managed",
        type: "aws_backup_vault",
        name: "main",
        change: { actions: ["create"], after: { name: "prod-vault" }, after_unknown: { kms_key_arn: true } },
      },
    ],
    configuration: {
      root_module: {
        resources: [
          { mode: "managed", type: "aws_backup_vault", name: "main", expressions: { kms_key_arn: expression } },
        ],
        ...more,
      },
    },
  });

describe("What is no plan is refused with what it is and what to do", () => {
  for (const [what, text, words] of [
    ["Terraform's own plan file", "PK\u0003\u0004...", /terraform show -json FILE/],
    [
      "Terraform's configuration",
      'resource "aws_backup_vault" "main" {\n  name = "a"\n}\n',
      /configuration; make a plan/,
    ],
    ["the log of terraform plan -json", '{"@level":"info"}\n{"@level":"info"}\n', /the log of terraform plan -json/],
    ["one line of that log", '{"@level":"info"}', /the log of terraform plan -json/],
    ["a state as terraform show -json writes it", '{"format_version":"1.0","values":{}}', /state, which says what is/],
    ["a plan that OpenTofu encrypted", '{"meta":{},"encrypted_data":"a","encryption_version":"v0"}', /tofu show -json/],
    ["an answer of get-template", '{"TemplateBody":{"Resources":{}}}', /take the template out of it: aws/],
    ["a change set", '{"ChangeSetName":"c","Changes":[]}', /this is a change set, .*take its template: aws/],
    ["a configuration of Serverless", "service: a\nprovider: {name: aws}\nresources: {}", /serverless package/],
    ["Terraform's configuration in JSON", '{"resource":{}}', /configuration; make a plan/],
    ["a template without resources", "AWSTemplateFormatVersion: 2010-09-09", /expected Resources, .* found none/],
    ["an empty object", "{}", /found nothing$/],
    ["a plan for people", "Terraform will perform the following actions:\n\n  # a.b will be created\n", /for people/],
    [
      "a plan that lacks what becomes of its resources",
      '{"format_version":"1.2","planned_values":{"root_module":{"resources":[{}]}}}',
      /^resource_changes: expected what becomes/,
    ],
    ["a state file", '{"version":4,"lineage":"a","resources":[]}', /state, which says what is/],
    ["a cloud assembly's manifest", '{"version":"1","artifacts":{}}', /name its folder instead, as cdk\.out/],
    ["some other JSON", '{"hello":1,"world":2}', /found hello, world/],
    ["a list", "[1]", /expected a Terraform plan/],
    [
      "plans of several units, one behind the other",
      '{"format_version":"1.2","planned_values":{}}\n{"format_version":"1.2","planned_values":{}}\n',
      /there are several plans in it, as terragrunt prints/,
    ],
    [
      "a plan behind lines of a log",
      '12:00 INFO terraform: done\n{"format_version":"1.2","planned_values":{}}\n',
      /lines stand before the plan; expected it alone/,
    ],
    [
      "a change whose values are none",
      '{"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"a","mode":"managed","type":"t","name":"n","change":{"actions":["create"],"after":[]}}]}',
      /resource_changes\[0\]\.change\.after/,
    ],
    ["JSON that ends too early", '{"Resources": {', /expected JSON/],
    [
      "two documents in one",
      "Resources: {}\n---\nResources: {}\n",
      /^expected one document, found another behind ---$/,
    ],
    [
      "YAML of too many levels",
      `Resources: {}\nx:\n${Array.from({ length: 1900 }, (_, at) => `${" ".repeat(at + 1)}a:\n`).join("")}`,
      /^expected YAML of fewer levels$/,
    ],
    ["YAML that is none", "Resources:\n  A: [1\n", /expected YAML: .* at line 3/],
    ["nothing", " \n", /the file is empty/],
    ["a template whose resource has no type", '{"Resources":{"Vault":{}}}', /Resources\.Vault/],
    [
      "a plan of a format to come",
      '{"format_version":"2.0","planned_values":{}}',
      /format_version: expected format_version 1/,
    ],
    [
      "a change without actions",
      '{"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"a","mode":"managed","type":"t","name":"n","change":{}}]}',
      /resource_changes\[0\]\.change\.actions/,
    ],
  ] as const) {
    it(what, () => expect(() => readPlan(text)).to.throw(words));
  }

  it("an assembly whose manifest leads out of its folder", () => {
    const artifacts = { A: { type: "aws:cloudformation:stack", properties: { templateFile: "../../etc/passwd" } } };
    expect(() => readAssembly(JSON.stringify({ version: "38.0.0", artifacts }))).to.throw(/in the assembly's folder/);
  });

  // https://docs.aws.amazon.com/cdk/v2/guide/context.html
  it("a cloud assembly in which made-up values stand for what is looked up", () => {
    const missing = [{ key: "key-provider:x", provider: "key-provider", props: {} }];
    expect(() => readAssembly(JSON.stringify({ version: "38.0.0", missing }))).to.throw(/missing: made-up values/);
    expect(readAssembly(JSON.stringify({ version: "38.0.0", missing: [] }))).to.deep.equal({ stacks: [], folders: [] });
  });
});

// https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
describe("What a Terraform plan lacks is told", () => {
  it("vaults that are left to a later plan, and what comes after an error", () => {
    const document = JSON.parse(planned({ references: ["local.key"] })) as { resource_changes: object[] };
    const [resource_change] = document.resource_changes;
    const role = { ...resource_change, address: "aws_iam_role.a", type: "aws_iam_role" };
    const deferred_changes = [resource_change, role].map((one) => ({
      reason: "provider_config_unknown",
      resource_change: one,
    }));
    const read = (more: object) =>
      vaultsOfPlan(readPlan(JSON.stringify({ ...document, ...more })), { file: "given", place }).notLookedInto;

    expect(read({ deferred_changes })).to.deep.equal(["aws_backup_vault.main: it is left to a later plan."]);
    expect(read({ errored: true })).to.deep.equal([
      "the plan ended with an error; what would come after it is not in it.",
    ]);
    expect(read({ errored: false, complete: true })).to.deep.equal([]);
  });
});

describe("What goes too far is refused, and ends nothing", () => {
  it("JSON of very many levels", () => {
    expect(() => readPlan(`${'{"Resources":'.repeat(10_000)}1${"}".repeat(10_000)}`)).to.throw(/at most 200 levels/);
  });

  it("YAML of very many levels", () => {
    expect(() => readPlan(`Resources: ${"[".repeat(20_000)}`)).to.throw(/expected YAML/);
  });

  it("an alias that leads into itself, and aliases that multiply", () => {
    expect(() => readPlan("Resources: &all\n  Vault: *all\n")).to.throw(/leads into itself/);
    const doubled = Array.from({ length: 40 }, (_, at) => `l${at + 1}: &l${at + 1} [*l${at}, *l${at}]`).join("\n");
    expect(() => readPlan(`l0: &l0 [1]\n${doubled}\nResources: {}\n`)).to.throw(/at most 200 levels and/);
  });

  it("a template of more than two million characters", () => {
    expect(() => readPlan(`Resources: {}\n#${"x".repeat(2_000_000)}`)).to.throw(/at most 2000000 characters/);
  });

  it("conditions and modules that lead into themselves are not known", () => {
    const template = {
      Conditions: { A: { Condition: "B" }, B: { "Fn::Not": [{ Condition: "A" }] } },
      Resources: {
        Vault: { Type: "AWS::Backup::BackupVault", Condition: "A", Properties: { BackupVaultName: "a-vault" } },
      },
    };
    const [vault] = vaultsIn(JSON.stringify(template));
    expect(vault?.assumptions).to.include("Vault is made, which hangs on condition A.");

    const module_calls: Record<string, unknown> = {};
    const ring = {
      expressions: { key: { references: ["module.ring.key"] } },
      module: { outputs: { key: { expression: { references: ["var.key"] } } } },
    };
    module_calls.ring = ring;
    const [tied] = vaultsIn(planned({ references: ["module.ring.key", "module.ring"] }, { module_calls }));
    // All that it could come from is known, so there is none.
    expect(tied?.key).to.deep.equal({ kind: "default" });
  });

  it("names of JavaScript's own are names", () => {
    const text = `{"Parameters":{"__proto__":{"Type":"String","Default":"x"}},"Resources":{"constructor":{"Type":"AWS::Backup::BackupVault","Properties":{"BackupVaultName":{"Ref":"toString"},"EncryptionKeyArn":{"Fn::GetAtt":["__proto__","Arn"]}}}}}`;
    const [vault] = vaultsIn(text);
    expect(vault?.address).to.equal("constructor");
    expect(isNotKnown(vault?.name)).to.equal(true);
    expect(vault?.key).to.have.nested.property("planned.status", "unknown");
    const [other] = vaultsIn(planned({ references: ["module.constructor.key", "var.toString", "__proto__.a.arn"] }));
    expect(other?.key).to.have.nested.property("planned.status", "unknown");
  });

  it("ten thousand changes and references take no more than their share", () => {
    const plan = JSON.parse(
      planned({ references: Array.from({ length: 10_000 }, (_, at) => `aws_kms_key.k${at}.arn`) }),
    );
    const key = (at: number) => ({
      address: `aws_kms_key.k${at}`,
      mode: "managed",
      type: "aws_kms_key",
      name: `k${at}`,
      change: { actions: ["create"], after: { is_enabled: at > 0 }, after_unknown: { arn: true } },
    });
    plan.resource_changes.push(...Array.from({ length: 10_000 }, (_, at) => key(at)));
    const [vault] = vaultsIn(JSON.stringify(plan));
    expect(vault?.key)
      .to.have.nested.property("planned.because")
      .that.matches(/and 9997 more$/);
  });
});

describe("What only the apply tells is not guessed", () => {
  for (const [what, references] of [
    ["a local value", ["local.key_arn"]],
    ["an output of another resource", ["aws_ssm_parameter.key.value", "aws_ssm_parameter.key"]],
    [
      "one of several keys that are not alike",
      ["aws_kms_key.a.arn", "aws_kms_key.a", "aws_kms_key.b.arn", "aws_kms_key.b"],
    ],
  ] as const) {
    it(`the key behind ${what}`, () => {
      const plan = JSON.parse(planned({ references }));
      for (const [type, name] of [
        ["aws_ssm_parameter", "key"],
        ["aws_kms_key", "a"],
        ["aws_kms_key", "b"],
      ]) {
        plan.resource_changes.push({
          address: `${type}.${name}`,
          mode: "managed",
          type,
          name,
          change: {
            actions: ["create"],
            after: { is_enabled: name !== "b" },
            after_unknown: { arn: true, value: true },
          },
        });
      }
      const [vault] = vaultsIn(JSON.stringify(plan));
      expect(vault?.key).to.have.nested.property("planned.status", "unknown");
    });
  }

  it("the key behind a data source that is read during the apply, which is no key that the plan makes", () => {
    const plan = JSON.parse(planned({ references: ["data.aws_kms_key.there.arn", "data.aws_kms_key.there"] }));
    plan.resource_changes.push({
      address: "data.aws_kms_key.there",
      mode: "data",
      type: "aws_kms_key",
      name: "there",
      change: { actions: ["read"], after: { key_id: "alias/there" }, after_unknown: { arn: true, id: true } },
    });
    const [vault] = vaultsIn(JSON.stringify(plan));
    expect(vault?.key).to.have.nested.property("planned.because", "data.aws_kms_key.there");
    expect(vault?.key).to.have.nested.property("planned.status", "unknown");
  });

  const template = (properties: string, parameters = "") =>
    `${parameters}\nResources:\n  Vault:\n    Type: AWS::Backup::BackupVault\n    Properties:\n${properties}\n`;

  it("a parameter without a value, a dynamic reference, and a default that only names a place", () => {
    for (const [name, parameters] of [
      ["!Ref Name", "Parameters: { Name: { Type: String } }"],
      ["'{{resolve:ssm:/vault/name}}'", ""],
      ["!Ref Name", "Parameters: { Name: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /vault/name } }"],
      ["!Select [0, !Split [',', !ImportValue Names]]", ""],
      ["!If [Unknown, a-vault, b-vault]", ""],
    ]) {
      const [vault] = vaultsIn(template(`      BackupVaultName: ${name}`, parameters));
      expect(isNotKnown(vault?.name), name).to.equal(true);
    }
  });

  it("but what is known through functions is known", () => {
    const parameters =
      "Parameters: { Name: { Type: String, Default: prod }, Names: { Type: CommaDelimitedList, Default: 'a, bc' } }";
    for (const [name, value] of [
      ["!Sub '${Name}-${AWS::Region}-${!Literal}'", "prod-us-west-2-${Literal}"],
      ["!Sub ['${Name}-${Own}', { Own: !Ref AWS::AccountId }]", "prod-444455556666"],
      ["!Join ['-', [!Ref Name, vault]]", "prod-vault"],
      ["!Select [1, !Ref Names]", "bc"],
      ["!Select ['1', !Split ['-', 'one-two']]", "two"],
      ["0123456789", "0123456789"],
      ["2012-10-17", "2012-10-17"],
    ]) {
      const [vault] = vaultsIn(template(`      BackupVaultName: ${name}`, parameters));
      expect(vault?.name, name).to.equal(value);
    }
    const [given] = vaultsIn(template("      BackupVaultName: !Ref Name", parameters), { Name: "given" });
    expect(given?.name).to.equal("given");
  });
});

describe("Where a part of a plan stands", () => {
  it("in YAML and in JSON: the line and column of its name", () => {
    const yaml =
      "Resources:\n  Vault:\n    Properties:\n      KeyPolicy:\n        Statement:\n          - Sid: A\n          - Sid: B\n";
    const inYaml = placesInFile(yaml);
    expect(inYaml(["Resources", "Vault"])).to.deep.equal({ line: 2, column: 3, endColumn: 9 });
    expect(inYaml(["Resources", "Vault", "Properties", "KeyPolicy", "Statement", 1])).to.deep.equal({
      line: 7,
      column: 13,
      endColumn: 19,
    });
    expect(inYaml(["Resources", "Other"])).to.equal(null);
    const inJson = placesInFile('{\n  "resource_changes": [\n    {"address": "a"},\n    {"address": "b"}\n  ]\n}\n');
    expect(inJson(["resource_changes", 1])).to.deep.equal({ line: 4, column: 5, endColumn: 21 });
    expect(inJson(["resource_changes", 1, "address"])).to.deep.equal({ line: 4, column: 6, endColumn: 21 });
  });
});
