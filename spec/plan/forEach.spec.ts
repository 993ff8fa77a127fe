import { expect } from "chai";
import { isNotKnown } from "../../lib/plan/NotKnown.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";

const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };
const read = (template: object, parameters: Record<string, string> = {}) =>
  vaultsOfPlan(readPlan(JSON.stringify({ Transform: "AWS::LanguageExtensions", ...template })), {
    file: "given",
    place,
    parameters,
  });
const vault = (properties: object) => ({ Type: "AWS::Backup::BackupVault", Properties: properties });
const named = (template: object, parameters?: Record<string, string>) =>
  read(template, parameters).vaults.map(({ address, name }) => [address, isNotKnown(name) ? null : name]);

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
describe("Fn::ForEach", () => {
  const loop = (collection: unknown, properties: object, id = "Vault${Name}") => ({
    "Fn::ForEach::Vaults": ["Name", collection, { [id]: vault(properties) }],
  });

  it("makes a vault of each value, which stands for the identifier in names, texts and references", () => {
    const Resources = loop(["alpha", "beta"], {
      BackupVaultName: { "Fn::Sub": "${Name}-${AWS::Region}" },
      BackupVaultTags: { of: { Ref: "Name" } },
    });

    const { vaults, notLookedInto } = read({ Resources });

    expect(vaults.map(({ address, name, tags, path }) => [address, name, tags, path])).to.deep.equal([
      ["Vaultalpha", "alpha-us-west-2", { of: "alpha" }, ["Resources", "Fn::ForEach::Vaults"]],
      ["Vaultbeta", "beta-us-west-2", { of: "beta" }, ["Resources", "Fn::ForEach::Vaults"]],
    ]);
    expect(notLookedInto).to.deep.equal([]);
  });

  it("goes through a parameter's list, and takes letters and digits of a value with &{}", () => {
    const template = {
      Parameters: { Names: { Type: "CommaDelimitedList", Default: "a-1,b-2" } },
      Resources: loop({ Ref: "Names" }, { BackupVaultName: "vault-${Name}" }, "Vault&{Name}"),
    };

    expect(named(template)).to.deep.equal([
      ["Vaulta1", "vault-a-1"],
      ["Vaultb2", "vault-b-2"],
    ]);
    expect(named(template, { Names: "c" })).to.deep.equal([["Vaultc", "vault-c"]]);
  });

  it("goes through loops within loops, and each vault has the key of its own turn", () => {
    const Resources = {
      "Fn::ForEach::Stages": [
        "Stage",
        ["dev", "prod"],
        {
          "Key${Stage}": { Type: "AWS::KMS::Key", Properties: { Description: "of ${Stage}" } },
          "Fn::ForEach::Names": [
            "Name",
            ["a1", "b2"],
            {
              "Vault${Stage}${Name}": vault({
                BackupVaultName: "${Stage}-${Name}",
                EncryptionKeyArn: { "Fn::GetAtt": ["Key${Stage}", "Arn"] },
              }),
            },
          ],
        },
      ],
    };

    const { vaults } = read({ Resources });

    const keyOf = ({ key }: (typeof vaults)[number]) =>
      key.kind === "planned" && key.planned.status !== "unknown" ? key.planned.address : null;
    expect(vaults.map((one) => [one.name, keyOf(one)])).to.deep.equal([
      ["dev-a1", "Keydev"],
      ["dev-b2", "Keydev"],
      ["prod-a1", "Keyprod"],
      ["prod-b2", "Keyprod"],
    ]);
  });

  it("within a vault's properties and a condition is gone through, too", () => {
    const template = {
      Conditions: { "Fn::ForEach::Each": ["C", ["One", "Two"], { "Is${C}": { "Fn::Equals": ["${C}", "One"] } }] },
      Resources: {
        VaultOne: { ...vault({ BackupVaultName: "one" }), Condition: "IsOne" },
        VaultTwo: { ...vault({ BackupVaultName: "two" }), Condition: "IsTwo" },
        Tagged: vault({
          BackupVaultName: "tagged",
          BackupVaultTags: { "Fn::ForEach::Tags": ["T", ["x", "y"], { "tag-${T}": { Ref: "T" } }] },
        }),
      },
    };

    const { vaults } = read(template);

    expect(vaults.map(({ name, tags }) => [name, tags])).to.deep.equal([
      ["one", {}],
      ["tagged", { "tag-x": "x", "tag-y": "y" }],
    ]);
  });

  it("stands beside what AWS::LanguageExtensions adds besides: a map's default, and how long a list is", () => {
    const template = {
      Parameters: { Names: { Type: "CommaDelimitedList", Default: "a,b" } },
      Mappings: { Stages: { prod: { vault: "of-prod" } } },
      Resources: {
        Found: vault({ BackupVaultName: { "Fn::FindInMap": ["Stages", "prod", "vault", { DefaultValue: "other" }] } }),
        Other: vault({ BackupVaultName: { "Fn::FindInMap": ["Stages", "dev", "vault", { DefaultValue: "other" }] } }),
        Long: vault({ BackupVaultName: { "Fn::Sub": ["vaults-${N}", { N: { "Fn::Length": { Ref: "Names" } } }] } }),
      },
    };

    expect(named(template).map(([, name]) => name)).to.deep.equal(["of-prod", "other", "vaults-2"]);
  });

  for (const [what, collection, transform] of [
    ["over what only the deployment tells", { "Fn::ImportValue": "names" }, "AWS::LanguageExtensions"],
    ["without its transform, which AWS refuses", ["a"], "AWS::Serverless-2016-10-31"],
  ] as const) {
    it(`${what} is not looked into, and that is said`, () => {
      const { vaults, notLookedInto } = read({ Transform: transform, Resources: loop(collection, {}) });

      expect(vaults).to.deep.equal([]);
      expect(notLookedInto).to.deep.equal(["Fn::ForEach::Vaults: Fn::ForEach is not looked into."]);
    });
  }

  it("of what is no resource is not looked into", () => {
    const Resources = { "Fn::ForEach::Odd": ["Name", ["a"], { "Vault${Name}": { Type: 7 } }] };

    expect(read({ Resources }).notLookedInto).to.have.length(1);
  });

  it("that would make any number of things comes to an end", () => {
    const many = Array.from({ length: 1000 }, (_, at) => `v${at}`);
    const nest = (depth: number): object =>
      depth === 0
        ? { "Vault${I1}${I2}${I3}": vault({ BackupVaultName: "${I1}" }) }
        : { [`Fn::ForEach::Loop${depth}`]: [`I${depth}`, many, nest(depth - 1)] };

    const { vaults, notLookedInto } = read({ Resources: nest(3) });

    expect(vaults).to.deep.equal([]);
    expect(notLookedInto).to.deep.equal(["Fn::ForEach::Loop3: Fn::ForEach is not looked into."]);
  });
});
