import { expect } from "chai";
import { withPlannedKey } from "../../lib/evidence/plannedKey.js";
import { isNotKnown } from "../../lib/plan/NotKnown.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";

const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };
const readIn = (document: object) =>
  vaultsOfPlan(readPlan(JSON.stringify(document)), { file: "given", place, parameters: {} });
const partsIn = (document: object) => {
  const [vault] = readIn(document).vaults;
  const planned = vault?.key.kind === "planned" ? vault.key.planned : undefined;
  return planned?.status === "new" ? planned.parts : undefined;
};

const vault = { Type: "AWS::Backup::BackupVault", Properties: { BackupVaultName: "prod-vault" } };
const template = (properties: object, more: object = {}) => ({
  Parameters: { Open: { Type: "String" } },
  Resources: {
    Key: { Type: "AWS::KMS::Key", Properties: properties },
    Vault: {
      ...vault,
      Properties: { ...vault.Properties, EncryptionKeyArn: { "Fn::GetAtt": ["Key", "Arn"] } },
    },
  },
  ...more,
});

/** A plan of a vault with a key of this type: what is known of it, what only the apply tells, what is written. */
const plan = (type: string, after: object, after_unknown: object, written: string[]) => {
  const change = (of: string, name: string, given: object) => ({
    address: `${of}.${name}`,
    mode: "managed",
    type: of,
    name,
    change: { actions: ["create"], ...given },
  });
  const expressions = Object.fromEntries(written.map((name) => [name, { references: ["random_id.some.hex"] }]));
  return {
    format_version: "1.2",
    planned_values: {},
    resource_changes: [
      change(type, "key", { after, after_unknown: { arn: true, ...after_unknown } }),
      change("aws_backup_vault", "main", { after: { name: "prod-vault" }, after_unknown: { kms_key_arn: true } }),
    ],
    configuration: {
      root_module: {
        resources: [
          { mode: "managed", type, name: "key", expressions },
          {
            mode: "managed",
            type: "aws_backup_vault",
            name: "main",
            expressions: { kms_key_arn: { references: [`${type}.key.arn`, `${type}.key`] } },
          },
        ],
      },
    },
  };
};

describe("A planned key of which only the apply tells what it is, is not taken for a fitting one", () => {
  for (const name of ["KeySpec", "KeyUsage", "Origin", "Enabled"]) {
    it(`a template's ${name} from a parameter without a value`, () => {
      expect(partsIn(template({ [name]: { Ref: "Open" } }))).to.include({ state: null });
    });
  }

  it("a template's replica, which is of its primary's kind", () => {
    const { Resources } = template({});
    const Key = { ...Resources.Key, Type: "AWS::KMS::ReplicaKey" };
    expect(partsIn({ Resources: { ...Resources, Key } })).to.include({ state: null, multiRegionKeyType: "REPLICA" });
  });

  it("but what is known of it still rules it out", () => {
    const open = { KeyUsage: { Ref: "Open" } };
    expect(partsIn(template({ ...open, Enabled: false }))).to.include({ state: "Disabled" });
    expect(partsIn(template({ ...open, Origin: "EXTERNAL" }))).to.include({ state: "PendingImport" });
    expect(partsIn(template({}))).to.include({ state: "Enabled", origin: "AWS_KMS" });
  });

  for (const [what, type, after, unknown, written] of [
    ["customer_master_key_spec", "aws_kms_key", { is_enabled: true }, { customer_master_key_spec: true }],
    ["key_usage", "aws_kms_key", { is_enabled: true }, { key_usage: true }],
    ["is_enabled", "aws_kms_key", {}, { is_enabled: true }],
    ["key_material_base64", "aws_kms_external_key", { enabled: true }, { key_material_base64: true }],
    ["key_spec", "awscc_kms_key", {}, { key_spec: true, enabled: true, origin: true }, ["key_spec"]],
    ["origin", "awscc_kms_key", {}, { origin: true, enabled: true }, ["origin"]],
    ["enabled", "awscc_kms_key", {}, { enabled: true }, ["enabled"]],
    ["the primary's kind", "aws_kms_replica_key", { enabled: true }, {}],
    ["the key store", "aws_kms_key", { is_enabled: true, custom_key_store_id: "cks-1" }, {}],
  ] as [string, string, object, object, string[]?][]) {
    it(`${what} of ${type}`, () => {
      expect(partsIn(plan(type, after, unknown, written ?? Object.keys(unknown)))).to.include({ state: null });
    });
  }

  it("what awscc leaves to the apply because nobody wrote it, is as KMS makes it", () => {
    const open = { key_spec: true, key_usage: true, origin: true, enabled: true };
    expect(partsIn(plan("awscc_kms_key", {}, open, []))).to.include({ state: "Enabled", origin: "AWS_KMS" });
  });

  it("an awscc key whose material is to be imported waits for it", () => {
    const parts = partsIn(plan("awscc_kms_key", { origin: "EXTERNAL" }, { enabled: true }, ["origin"]));
    expect(parts).to.include({ state: "PendingImport", origin: "EXTERNAL" });
  });
});

describe("What a template's macro or include adds is not taken for absent", () => {
  const include = { "Fn::Transform": { Name: "AWS::Include", Parameters: { Location: "s3://bucket/vault.yaml" } } };
  const named = (properties: object) => ({ Resources: { Vault: { ...vault, Properties: properties } } });

  it("the key and the tags of a vault", () => {
    const [read] = readIn(named({ BackupVaultName: "prod-vault", ...include })).vaults;
    expect(read?.name).to.equal("prod-vault");
    expect(read?.key).to.deep.equal({ kind: "planned", planned: { status: "unknown", because: "Fn::Transform" } });
    expect(read?.hasUnknownTags).to.equal(true);
  });

  it("a macro may rewrite what stands beside it, too", () => {
    const [read] = readIn(named({ BackupVaultName: "prod-vault", "Fn::Transform": { Name: "Mine" } })).vaults;
    expect(isNotKnown(read?.name)).to.equal(true);
  });

  it("a key's state and policy, and a part of a policy", () => {
    const parts = partsIn(template(include));
    expect(parts).to.include({ state: null });
    expect(parts?.policy.status).to.equal("unreadable");
    const policy = { Version: "2012-10-17", Statement: [], ...include };
    expect(partsIn(template({ KeyPolicy: policy }))?.policy.status).to.equal("unreadable");
  });

  it("a macro over the whole template is told, and functions of the language are not", () => {
    const transform = ["AWS::LanguageExtensions", "Mine", { Name: "AWS::Include" }];
    const words =
      "what it makes of the template is not looked into; aws cloudformation get-template --template-stage Processed tells it.";
    expect(readIn({ ...named(vault.Properties), Transform: transform }).passedOver).to.deep.equal([
      `Transform Mine: ${words}`,
      `Transform AWS::Include: ${words}`,
    ]);
    expect(readIn({ ...named(vault.Properties), Transform: "AWS::LanguageExtensions" }).passedOver).to.deep.equal([]);
  });

  for (const [where, macro] of [
    ["the whole template", { Transform: ["AWS::Serverless-2016-10-31", "Mine"] }],
    ["all resources", { Resources: { ...template({}).Resources, "Fn::Transform": { Name: "Mine" } } }],
  ] as const) {
    it(`a macro over ${where} may rewrite every vault and key`, () => {
      const [read] = readIn(template({}, macro)).vaults;
      const because = "Transform Mine";
      expect(read?.name).to.include({ because });
      expect(read?.key).to.deep.equal({ kind: "planned", planned: { status: "unknown", because } });
    });
  }

  it("AWS's own transforms leave vaults and keys as they are written", () => {
    const aws = { Transform: "AWS::Serverless-2016-10-31" };
    expect(partsIn(template({}, aws))).to.include({ state: "Enabled" });
  });

  it("an include beside the properties may add some", () => {
    const { Key, Vault } = template({}).Resources;
    expect(partsIn({ Resources: { Key: { ...Key, ...include }, Vault } })).to.include({ state: null });
  });

  it("an include among the resources is no resource", () => {
    const { vaults, passedOver } = readIn({ Resources: { ...named(vault.Properties).Resources, ...include } });
    expect(vaults[0]?.name).to.equal("prod-vault");
    expect(passedOver).to.have.length(1);
  });
});

describe("A truth of a template is read as YAML 1.1 writes it", () => {
  for (const [written, state] of [
    ["no", "Disabled"],
    ["False", "Disabled"],
    ["yes", "Enabled"],
    ["perhaps", null],
  ] as const) {
    it(`Enabled: ${written}`, () => expect(partsIn(template({ Enabled: written }))).to.include({ state }));
  }
});

describe("Fn::Equals", () => {
  for (const [left, right, isMade] of [
    [["a"], ["b"], false],
    [["a", "b"], ["a", "b"], true],
    [1, "1", true],
    [["a"], "a", false],
  ] as const) {
    it(`of ${JSON.stringify(left)} and ${JSON.stringify(right)} is ${isMade}`, () => {
      const Conditions = { Same: { "Fn::Equals": [left, right] } };
      const { vaults } = readIn({ Conditions, Resources: { Vault: { ...vault, Condition: "Same" } } });
      expect(vaults).to.have.length(isMade ? 1 : 0);
    });
  }
});

describe("A key that is there is judged in the state that the apply leaves it in", () => {
  const arn = "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const switched = (before: object, after: object, after_unknown: object = {}) => {
    const document = plan("aws_kms_key", {}, {}, []);
    const [key, made] = document.resource_changes;
    Object.assign(key ?? {}, {
      change: {
        actions: ["update"],
        before: { arn, ...before },
        after: { arn, policy: "{}", ...after },
        after_unknown,
      },
    });
    Object.assign(made ?? {}, { change: { actions: ["create"], after: { name: "prod-vault", kms_key_arn: arn } } });
    const [vault] = readIn(document).vaults;
    return vault?.key.kind === "existing" && vault.key.changes?.status === "changed" ? vault.key.changes : undefined;
  };

  for (const [what, given, state] of [
    ["switched off", [{ is_enabled: true }, { is_enabled: false }, {}], "Disabled"],
    ["switched on", [{ is_enabled: false }, { is_enabled: true }, {}], "Enabled"],
    ["switched off through Cloud Control", [{ enabled: true }, { enabled: false }, {}], "Disabled"],
    ["switched by what only the apply tells", [{ is_enabled: true }, {}, { is_enabled: true }], null],
  ] as const) {
    it(what, () => expect(switched(given[0], given[1], given[2])).to.include({ status: "changed", state }));
  }

  it("left as it is, KMS tells the state", () => {
    expect(switched({ is_enabled: true }, { is_enabled: true })).not.to.have.property("state");
  });

  it("and what waits for its deletion is not switched on", async () => {
    const policy = { status: "notRead" } as const;
    const parts = { manager: "CUSTOMER", policy, grants: policy, aliases: policy, tags: policy } as const;
    const changed = { status: "changed", address: "aws_kms_key.key", state: "Enabled" } as const;
    for (const [state, then] of [
      ["Disabled", "Enabled"],
      ["PendingDeletion", "PendingDeletion"],
    ] as const) {
      const read = { status: "read", value: { arn, accountId: "444455556666", state, ...parts } } as const;
      expect(await withPlannedKey(Promise.resolve(read), changed, arn)).to.have.nested.property("value.state", then);
    }
  });
});

describe("Of several instances of a key, which one a vault gets is not guessed by its index", () => {
  const ways = [
    ["element(k[*].arn, 0)", ["aws_kms_key.k"]],
    ["k[1 - count.index].arn", ["aws_kms_key.k", "count.index"]],
    ["k[each.value].arn", ["aws_kms_key.k", "each.value"]],
  ] as const;
  const change = (type: string, name: string, index: number, after: object, after_unknown: object) => ({
    address: `${type}.${name}[${index}]`,
    mode: "managed",
    type,
    name,
    index,
    change: { actions: ["create"], after, after_unknown },
  });
  const written = (type: string, name: string, expressions: object) => ({ mode: "managed", type, name, expressions });
  const pair = (references: readonly string[], keys: object[], policies: string[] = []) => ({
    format_version: "1.2",
    planned_values: {},
    resource_changes: [0, 1].flatMap((at) => [
      change("aws_kms_key", "k", at, keys[at] ?? {}, { arn: true, id: true }),
      change("aws_backup_vault", "v", at, { name: `vault-${at}` }, { kms_key_arn: true }),
      ...policies
        .slice(at, at + 1)
        .map((policy) => change("aws_kms_key_policy", "p", at, { policy }, { key_id: true })),
    ]),
    configuration: {
      root_module: {
        resources: [
          written("aws_kms_key", "k", {}),
          {
            ...written("aws_backup_vault", "v", { kms_key_arn: { references } }),
            depends_on: ["aws_kms_key_policy.p"],
          },
          written("aws_kms_key_policy", "p", { key_id: { references: ["aws_kms_key.k", "count.index"] } }),
        ],
      },
    },
  });
  const keysIn = (document: object) =>
    readIn(document).vaults.map(({ key }) => (key.kind === "planned" ? key.planned : undefined));
  const policyOf = (document: object) =>
    keysIn(document).map((key) => (key?.status === "new" ? key.parts.policy : undefined));
  const [one, other] = ["1", "2"].map((Sid) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid }] }));

  for (const [way, references] of ways) {
    it(`${way}: not known where the keys' policies, or their states, differ`, () => {
      for (const keys of [
        [{ policy: one }, { policy: other }],
        [{ is_enabled: true }, { is_enabled: false }],
      ]) {
        for (const key of keysIn(pair(references, keys))) {
          expect(key).to.deep.equal({ status: "unknown", because: "which of aws_kms_key.k[0], aws_kms_key.k[1]" });
        }
      }
    });

    it(`${way}: known where they decide alike, and only their tags are not`, () => {
      const keys = [
        { policy: one, tags: { Name: "a" } },
        { policy: one, tags: { Name: "b" } },
      ];
      for (const key of keysIn(pair(references, keys))) {
        expect(key).to.deep.include({ status: "new", address: "aws_kms_key.k" });
        expect(key).to.have.nested.property("parts.tags.status", "notRead");
        expect(key).to.have.nested.property("parts.policy.status", "read");
      }
    });
  }

  it("and neither is which policy of its own a key gets", () => {
    const [, [, references]] = ways;
    const [alike, different] = [
      [one, one],
      [one, other],
    ].map((policies) => policyOf(pair(references, [], policies as string[])));
    expect(alike).to.have.nested.property("[0].status", "read");
    expect(different).to.have.nested.property("[1].status", "unreadable");
  });
});

describe("A vault is made by the role that its provider takes", () => {
  const block = (name: string) => [{ role_arn: { constant_value: `arn:aws:iam::444455556666:role/${name}` } }];

  for (const [blocks, name] of [
    [{ assume_role_with_web_identity: block("Web") }, "Web"],
    [{ assume_role_with_web_identity: block("Web"), assume_role: block("Last") }, "Last"],
  ] as const) {
    it(Object.keys(blocks).join(" and "), () => {
      const document = plan("aws_kms_key", {}, {}, []);
      Object.assign(document.configuration, { provider_config: { aws: { expressions: blocks } } });
      expect(readIn(document).vaults[0]?.role).to.equal(`arn:aws:iam::444455556666:role/${name}`);
    });
  }
});

// https://registry.terraform.io/providers/hashicorp/aws/latest/docs#allowed_account_ids
describe("A provider that works in some accounts alone", () => {
  const told = (expressions: object) => {
    const document = plan("aws_kms_key", {}, {}, []);
    Object.assign(document.configuration, { provider_config: { aws: { expressions } } });
    const { vaults, notLookedInto } = readIn(document);
    return [vaults.length, ...notLookedInto];
  };
  const ids = (...accounts: string[]) => ({ constant_value: accounts });
  const role = [{ role_arn: { constant_value: "arn:aws:iam::111122223333:role/Deployer" } }];

  it("makes its vault where the account is one of them, or its role's is", () => {
    expect(told({ allowed_account_ids: ids("444455556666", "1") })).to.deep.equal([1]);
    expect(told({ forbidden_account_ids: ids("111122223333") })).to.deep.equal([1]);
    expect(told({ allowed_account_ids: ids("111122223333"), assume_role: role })).to.deep.equal([1]);
    expect(told({ allowed_account_ids: { references: ["var.accounts"] } })).to.deep.equal([1]);
  });

  it("makes none elsewhere: that is told, and nothing judged", () => {
    const end = "and account 444455556666 is asked about; expected credentials, or --principal ARN, of another.";
    const address = "aws_backup_vault.main";

    expect(told({ allowed_account_ids: ids("999999999999") })).to.deep.equal([
      0,
      `${address}: its provider works in account 999999999999 alone, ${end}`,
    ]);
    expect(told({ forbidden_account_ids: ids("444455556666") })).to.deep.equal([
      0,
      `${address}: its provider does not work in account 444455556666, ${end}`,
    ]);
  });
});
