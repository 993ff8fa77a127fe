import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { nestedTemplates } from "../../lib/cli/nestedTemplates.js";
import { plannedFiles, vaultsIn } from "../../lib/cli/plannedFiles.js";
import { isNotKnown } from "../../lib/plan/NotKnown.js";
import type { PlannedVault } from "../../lib/plan/PlannedVault.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import type { NestedTemplates } from "../../lib/plan/template/nestedFiles.js";
import type { Template } from "../../lib/plan/template/templateSchema.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";

const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };
const templateOf = (template: object): Template => {
  const document = readPlan(JSON.stringify(template));
  if (document.kind !== "template") throw new Error("expected a template");
  return document.template;
};
const read = (parent: object, children: Record<string, object>, grandchildren: Record<string, object> = {}) => {
  const nestedOf = (of: Record<string, object>, below: NestedTemplates): NestedTemplates =>
    new Map(
      Object.entries(of).map(([id, one]) => [id, { file: `${id}.yaml`, template: templateOf(one), nested: below }]),
    );
  const nested = nestedOf(children, nestedOf(grandchildren, new Map()));
  return vaultsOfPlan({ kind: "template", template: templateOf(parent) }, { file: "parent.yaml", place, nested });
};
const stack = (more: object = {}) => ({
  Type: "AWS::CloudFormation::Stack",
  Properties: { TemplateURL: "./child.yaml", ...more },
});
const vault = (properties: object) => ({ Type: "AWS::Backup::BackupVault", Properties: properties });
const key = (sid: string) => ({
  Type: "AWS::KMS::Key",
  Properties: {
    KeyPolicy: {
      Version: "2012-10-17",
      Statement: [{ Sid: sid, Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }],
    },
  },
});
/** The key that a vault would get, by its address and the first statement of its policy. */
const keyOf = ({ key: given }: PlannedVault) => {
  if (given.kind !== "planned" || given.planned.status !== "new") return given.kind;
  const { policy } = given.planned.parts;
  const sid = policy?.status === "read" ? /"Sid":"(\w+)"/.exec(JSON.stringify(policy.value.document))?.[1] : null;
  return `${given.planned.address} ${sid}`;
};

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
describe("A nested stack whose template is read", () => {
  it("makes its vaults, with the parameters that its parent hands down, else their defaults", () => {
    const parent = {
      Parameters: { Env: { Type: "String", Default: "prod" } },
      Resources: { Backup: stack({ Parameters: { Name: { "Fn::Sub": "${Env}-vault" }, Zones: ["a", "b"] } }) },
    };
    const child = {
      Parameters: {
        Name: { Type: "String" },
        Team: { Type: "String", Default: "core" },
        Zones: { Type: "CommaDelimitedList" },
        Open: { Type: "String" },
      },
      Resources: {
        Vault: vault({ BackupVaultName: { Ref: "Name" }, BackupVaultTags: { team: { Ref: "Team" } } }),
        Second: vault({ BackupVaultName: { "Fn::Join": ["-", ["zone", { "Fn::Select": [1, { Ref: "Zones" }] }]] } }),
        Third: vault({ BackupVaultName: { Ref: "Open" } }),
      },
    };

    const { vaults, notLookedInto } = read(parent, { Backup: child });

    expect(vaults.map(({ address, file, path, tags }) => [address, file, path, tags])).to.deep.equal([
      ["Backup/Vault", "Backup.yaml", ["Resources", "Vault"], { team: "core" }],
      ["Backup/Second", "Backup.yaml", ["Resources", "Second"], {}],
      ["Backup/Third", "Backup.yaml", ["Resources", "Third"], {}],
    ]);
    expect(vaults.slice(0, 2).map(({ name }) => name)).to.deep.equal(["prod-vault", "zone-b"]);
    expect(isNotKnown(vaults[2]?.name)).to.equal(true);
    expect(notLookedInto).to.deep.equal([]);
  });

  it("gives a vault its parent's key, that of a stack beside it, or its own of the same name", () => {
    const handed = (from: unknown) => stack({ Parameters: { KeyArn: from } });
    const parent = {
      Resources: {
        Key: key("OfTheParent"),
        Keys: stack(),
        ByParent: handed({ "Fn::GetAtt": ["Key", "Arn"] }),
        BySibling: handed({ "Fn::GetAtt": ["Keys", "Outputs.Arn"] }),
        Above: vault({ BackupVaultName: "above", EncryptionKeyArn: { "Fn::GetAtt": "Keys.Outputs.Arn" } }),
      },
    };
    const given = {
      Parameters: { KeyArn: { Type: "String" } },
      Resources: {
        Key: key("OfTheChild"),
        Vault: vault({ BackupVaultName: "given", EncryptionKeyArn: { Ref: "KeyArn" } }),
        Own: vault({ BackupVaultName: "own", EncryptionKeyArn: { "Fn::GetAtt": ["Key", "Arn"] } }),
      },
    };
    const keys = {
      Resources: { Key: key("OfTheSibling") },
      Outputs: { Arn: { Value: { "Fn::Sub": "arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/${Key}" } } },
    };

    const { vaults } = read(parent, { Keys: keys, ByParent: given, BySibling: given });

    expect(Object.fromEntries(vaults.map((one) => [one.address, keyOf(one)]))).to.deep.equal({
      "ByParent/Vault": "Key OfTheParent",
      "ByParent/Own": "ByParent/Key OfTheChild",
      "BySibling/Vault": "Keys/Key OfTheSibling",
      "BySibling/Own": "BySibling/Key OfTheChild",
      Above: "Keys/Key OfTheSibling",
    });
    expect(vaults.map(({ address, plan, file, keyFile }) => [address, plan, file, keyFile])).to.deep.equal([
      ["ByParent/Vault", "parent.yaml", "ByParent.yaml", "parent.yaml"],
      ["ByParent/Own", "parent.yaml", "ByParent.yaml", "ByParent.yaml"],
      ["BySibling/Vault", "parent.yaml", "BySibling.yaml", "Keys.yaml"],
      ["BySibling/Own", "parent.yaml", "BySibling.yaml", "BySibling.yaml"],
      ["Above", "parent.yaml", "parent.yaml", "Keys.yaml"],
    ]);
  });

  it("takes no slash in a name for a stack's, and no dot for an attribute's", () => {
    for (const odd of ["Key/of", "Key.of"]) {
      const Resources = {
        [odd]: key("Odd"),
        Vault: vault({ BackupVaultName: "prod-vault", EncryptionKeyArn: { "Fn::GetAtt": [odd, "Arn"] } }),
      };

      expect(read({ Resources }, {}).vaults.map(keyOf)).to.deep.equal([`${odd} Odd`]);
    }
  });

  it("gives its tags to what it makes, and lies in others", () => {
    const tagged = stack({ Tags: [{ Key: "team", Value: "core" }] });
    const inner = { Resources: { Inner: stack({ Tags: [{ Key: "tier", Value: "1" }] }) } };
    const vaults = { Resources: { Vault: vault({ BackupVaultName: "deep", BackupVaultTags: { tier: "2" } }) } };

    const [deep] = read({ Resources: { Outer: tagged } }, { Outer: inner }, { Inner: vaults }).vaults;

    expect(deep?.address).to.equal("Outer/Inner/Vault");
    expect(deep?.tags).to.deep.equal({ team: "core", tier: "2" });
  });

  it("is not made where its condition does not hold, and taken to be where that is not known", () => {
    const parent = (left: unknown) => ({
      Conditions: { Wanted: { "Fn::Equals": [left, "yes"] } },
      Resources: { Backup: { ...stack(), Condition: "Wanted" } },
    });
    const child = { Resources: { Vault: vault({ BackupVaultName: "prod-vault" }) } };

    expect(read(parent("no"), { Backup: child }).vaults).to.deep.equal([]);
    const [open] = read(parent({ "Fn::ImportValue": "x" }), { Backup: child }).vaults;
    expect(open?.assumptions[0]).to.equal("Backup is made, which hangs on condition Wanted.");
  });

  it("whose parameters hang on its own outputs, or on one another's, comes to an end", () => {
    const parameter = (of: string) => stack({ Parameters: { P: { "Fn::GetAtt": [of, "Outputs.O"] } } });
    const child = {
      Parameters: { P: { Type: "String" } },
      Resources: { Vault: vault({ BackupVaultName: { Ref: "P" } }) },
      Outputs: { O: { Value: { Ref: "P" } } },
    };

    for (const Resources of [{ A: parameter("A") }, { A: parameter("B"), B: parameter("A") }]) {
      const { vaults } = read({ Resources }, { A: child, B: child });
      expect(vaults.every(({ name }) => isNotKnown(name))).to.equal(true);
    }
  });

  it("that is handed what its template does not allow is told with the place, and none of its vaults is judged", () => {
    const parent = (Parameters: object) => ({ Resources: { Backup: stack({ Parameters }) } });
    const child = {
      Parameters: {
        Env: { Type: "String", AllowedValues: ["prod", "dev"], Default: "dev" },
        Zones: { Type: "CommaDelimitedList", AllowedPattern: "[a-c]", Default: "a" },
        Secret: { Type: "String", NoEcho: "true", MinLength: 8, Default: "long enough" },
      },
      Resources: { Vault: vault({ BackupVaultName: { Ref: "Env" } }) },
      Outputs: { Name: { Value: { Ref: "Env" } } },
    };
    for (const [handed, place] of [
      [{ Env: "qa" }, 'Env.AllowedValues: expected one of prod, dev, found "qa"'],
      [{ Zones: ["a", "d"] }, 'Zones.AllowedPattern: expected a text like [a-c], found "a,d"'],
      [{ Secret: "short" }, "Secret.MinLength: expected at least 8 characters"],
    ] as const) {
      const { vaults, notLookedInto } = read(parent(handed), { Backup: child });

      expect(vaults).to.deep.equal([]);
      expect(notLookedInto).to.deep.equal([
        `Backup: a nested stack is not looked into (Backup.yaml: Parameters.${place}); check its template, too.`,
      ]);
    }
    for (const open of [{ Env: { "Fn::ImportValue": "env" } }, { Env: "{{resolve:ssm:env}}" }, {}])
      expect(read(parent(open), { Backup: child }).vaults).to.have.length(1);
  });

  it("whose patterns go back and forth comes to an end", function () {
    this.timeout(5_000);
    const pattern = { Type: "String", AllowedPattern: "^(a+)+$", Default: `${"a".repeat(40)}!` };
    const child = {
      Parameters: Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`P${at}`, pattern])),
      Resources: {},
    };

    expect(read({ Resources: { Backup: stack() } }, { Backup: child }).notLookedInto).to.deep.equal([]);
  });

  it("of a template that a macro rewrites has no parameter that is known", () => {
    const parent = { Transform: "OurMacro", Resources: { Backup: stack({ Parameters: { Name: "handed" } }) } };
    const child = {
      Parameters: { Name: { Type: "String", Default: "default" } },
      Resources: { Vault: vault({ BackupVaultName: { Ref: "Name" } }) },
    };

    expect(isNotKnown(read(parent, { Backup: child }).vaults[0]?.name)).to.equal(true);
  });
});

describe("What may make more vaults and is not looked into", () => {
  for (const [type, words] of [
    ["AWS::CloudFormation::Stack", "a nested stack is not looked into; check its template, too."],
    ["AWS::Serverless::Application", "a nested stack is not looked into; check its template, too."],
    ["AWS::CloudFormation::StackSet", "a stack set is not looked into; check its template, too."],
    ["Our::Backup::Vaults::MODULE", "a module is not looked into; check its template, too."],
  ] as const) {
    it(`is told, also beside vaults that are judged: ${type}`, () => {
      const { vaults, notLookedInto } = read(
        { Resources: { Other: { Type: type }, Vault: vault({ BackupVaultName: "prod-vault" }) } },
        {},
      );

      expect(vaults).to.have.length(1);
      expect(notLookedInto).to.deep.equal([`Other: ${words}`]);
    });
  }
});

describe("The files of nested stacks", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "nested-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const child = JSON.stringify({ Resources: { Vault: vault({ BackupVaultName: "prod-vault" }) } });
  const nestedIn = async (resources: object, parent = "parent.json") => {
    const file = join(folder, "project", parent);
    const { nested } = await nestedTemplates(templateOf({ Resources: resources }), file);
    return Object.fromEntries([...nested].map(([id, one]) => [id, "unread" in one ? one.unread : "read"]));
  };

  it("are read beside their parent's, as aws cloudformation package, sam and cdk find them", async () => {
    mkdirSync(join(folder, "project", "inner"), { recursive: true });
    for (const name of ["child.json", "inner/child.json", "asset.nested.template.json"]) {
      writeFileSync(join(folder, "project", name), child);
    }
    const bucket = { "Fn::Sub": "https://s3.${AWS::Region}.amazonaws.com/cdk-assets/0a1b.json" };

    const found = await nestedIn({
      Packaged: stack({ TemplateURL: "child.json" }),
      Serverless: { Type: "AWS::Serverless::Application", Properties: { Location: "./inner/child.json" } },
      Cdk: {
        ...stack({ TemplateURL: bucket }),
        Metadata: { "aws:asset:path": "asset.nested.template.json", "aws:asset:property": "TemplateURL" },
      },
      Elsewhere: stack({ TemplateURL: "https://s3.amazonaws.com/bucket/child.json" }),
      Store: { Type: "AWS::Serverless::Application", Properties: { Location: { ApplicationId: "a" } } },
    });

    expect(found).to.deep.equal({ Packaged: "read", Serverless: "read", Cdk: "read" });
  });

  it("are found by what cdk puts into buckets, where it wrote no metadata, and lie beside their parent then, too", async () => {
    const project = join(folder, "project");
    mkdirSync(project);
    for (const file of [join(project, "Inner.nested.template.json"), join(folder, "outside.json")])
      writeFileSync(file, child);
    const [inner, outside, unknown] = ["a", "b", "c"].map((digit) => `${digit.repeat(64)}.json`);
    const asset = (path: string, objectKey: string | undefined) => ({
      source: { path },
      destinations: { "444455556666-us-west-2": { bucketName: "assets", objectKey: `nested/${objectKey}` } },
    });
    const files = {
      inner: asset("Inner.nested.template.json", inner),
      outside: asset("../outside.json", outside),
      odd: 1,
    };
    writeFileSync(join(project, "Stack.assets.json"), JSON.stringify({ files }));
    const url = (name: string | undefined) => ({
      "Fn::Join": ["", ["https://s3.", { Ref: "AWS::URLSuffix" }, `/assets/nested/${name}`]],
    });

    const found = await nestedIn(
      {
        Inner: stack({ TemplateURL: url(inner) }),
        Outside: stack({ TemplateURL: url(outside) }),
        Unknown: stack({ TemplateURL: url(unknown) }),
      },
      "Stack.template.json",
    );

    expect(found).to.deep.equal({ Inner: "read", Outside: "../outside.json: expected a file beside its parent's" });
    writeFileSync(join(project, "Stack.assets.json"), "{");
    expect(await nestedIn({ Inner: stack({ TemplateURL: url(inner) }) }, "Stack.template.json")).to.deep.equal({});
  });

  it("are none that lie elsewhere, are no templates, or no files: a template may be a stranger's", async () => {
    mkdirSync(join(folder, "project", "folder"), { recursive: true });
    writeFileSync(join(folder, "outside.json"), child);
    writeFileSync(join(folder, "project", "secret.txt"), "password: 1234\n");
    symlinkSync(join(folder, "outside.json"), join(folder, "project", "link.json"));
    symlinkSync("/dev/zero", join(folder, "project", "zero.json"));

    const found = await nestedIn({
      Outside: stack({ TemplateURL: "../outside.json" }),
      Link: stack({ TemplateURL: "link.json" }),
      Zero: stack({ TemplateURL: "zero.json" }),
      Root: stack({ TemplateURL: "/etc/passwd" }),
      Folder: stack({ TemplateURL: "folder" }),
      Missing: stack({ TemplateURL: "missing.json" }),
      Secret: stack({ TemplateURL: "secret.txt" }),
    });

    expect(found.Outside).to.equal("../outside.json: expected a file beside its parent's");
    expect(found.Link).to.equal("link.json: expected a file beside its parent's");
    expect(found.Zero).to.equal("zero.json: expected a file beside its parent's");
    expect(found.Folder).to.match(/^folder: expected a file of at most/);
    expect(found.Missing).to.equal("missing.json: there is no such file");
    expect(found.Root).to.match(/there is no such file$|beside its parent's$/);
    expect(found.Secret).to.match(/^secret\.txt: expected planned_values.* found password$/);
  });

  it("that lie in themselves, also by way of others, are read once, and told", async () => {
    mkdirSync(join(folder, "project"), { recursive: true });
    const itself = {
      Resources: {
        Vault: vault({ BackupVaultName: "prod-vault" }),
        Again: stack({ TemplateURL: "parent.json" }),
        Other: stack({ TemplateURL: "other.json" }),
      },
    };
    const other = { Resources: { Back: stack({ TemplateURL: "parent.json" }) } };
    writeFileSync(join(folder, "project", "other.json"), JSON.stringify(other));
    const file = join(folder, "project", "parent.json");
    writeFileSync(file, JSON.stringify(itself));
    const io = { stdout: () => {}, stderr: () => {}, stdin: async () => "", env: {}, isTerminal: false };

    const { vaults, notLookedInto } = vaultsIn(await plannedFiles(file, io), place, {});

    expect(vaults).to.have.length(1);
    expect(notLookedInto).to.deep.equal([
      "Again: a nested stack is not looked into (parent.json: it lies in itself, which no deployment can make); check its template, too.",
      "Other/Back: a nested stack is not looked into (parent.json: it lies in itself, which no deployment can make); check its template, too.",
    ]);
  });
});
