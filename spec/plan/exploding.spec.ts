import { expect } from "chai";
import { isNotKnown } from "../../lib/plan/NotKnown.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";

/*
 * Small files that stand for very much. What fails here does not end: each would take longer than there is time.
 */

const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };
const readIn = (document: object) =>
  vaultsOfPlan(readPlan(JSON.stringify(document)), { file: "given", place, parameters: {} }).vaults;

const named = (name: unknown, more: object = {}) => ({
  ...more,
  Resources: {
    Vault: { Type: "AWS::Backup::BackupVault", Properties: { BackupVaultName: name } },
    ...("Resources" in more ? (more.Resources as object) : {}),
  },
});

/** Something made of something smaller, many times over. */
const grown = (times: number, seed: unknown, grow: (inner: unknown, at: number) => unknown): unknown =>
  Array.from({ length: times }).reduce((inner, _, at) => grow(inner, at), seed);

describe("A template that stands for very much is answered, with what is not known", () => {
  it("a text that doubles sixty times", () => {
    const name = grown(60, "a", (inner) => ({ "Fn::Sub": ["${A}${A}", { A: inner }] }));
    const [vault] = readIn(named(name));
    expect(isNotKnown(vault?.name)).to.equal(true);
  });

  it("pieces that double sixty times", () => {
    const name = grown(60, { Ref: "Other" }, (inner) => ({ "Fn::Sub": ["${A}${A}", { A: inner }] }));
    const [vault] = readIn(named(name));
    expect(isNotKnown(vault?.name)).to.equal(true);
  });

  it("roles that are named after two others each", () => {
    const arn = (at: number) => ({ "Fn::GetAtt": [`Role${at}`, "Arn"] });
    const Resources = Object.fromEntries(
      Array.from({ length: 80 }, (_, at) => [
        `Role${at}`,
        { Type: "AWS::IAM::Role", Properties: { RoleName: { "Fn::Join": ["", [arn(at + 1), arn(at + 1)]] } } },
      ]),
    );
    const [vault] = readIn(named(arn(0), { Resources }));
    expect(isNotKnown(vault?.name)).to.equal(true);
  });

  it("roles that are named after themselves, through many levels", () => {
    const name = grown(60, { "Fn::GetAtt": ["Role", "Arn"] }, (inner) => ({ "Fn::Join": ["", [inner]] }));
    const Resources = { Role: { Type: "AWS::IAM::Role", Properties: { RoleName: name } } };
    const [vault] = readIn(named({ "Fn::GetAtt": ["Role", "Arn"] }, { Resources }));
    expect(isNotKnown(vault?.name)).to.equal(true);
  });

  it("conditions of many levels that name one another", () => {
    const Conditions = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => {
        const next = { Condition: `C${(at + 1) % 300}` };
        return [`C${at}`, grown(50, next, (inner) => ({ "Fn::And": [inner, next] }))];
      }),
    );
    const [vault] = readIn(named({ "Fn::If": ["C0", "one", "two"] }, { Conditions }));
    expect(isNotKnown(vault?.name)).to.equal(true);
  });

  it("a value of a megabyte that is asked for ten thousand times", () => {
    const Parameters = { Long: { Type: "String", Default: "a".repeat(1_000_000) } };
    const name = { "Fn::ToJsonString": Array.from({ length: 10_000 }, () => ({ Ref: "Long" })) };
    const [vault] = readIn(named(name, { Parameters }));
    expect(isNotKnown(vault?.name)).to.equal(true);
  });

  it("a key of a large policy that ten thousand vaults use is read once", () => {
    const Statement = Array.from({ length: 5000 }, (_, at) => ({ Sid: `S${at}`, Principal: { Ref: "Other" } }));
    const Vaults = Array.from({ length: 10_000 }, (_, at) => [
      `Vault${at}`,
      { Type: "AWS::Backup::BackupVault", Properties: { EncryptionKeyArn: { "Fn::GetAtt": ["Key", "Arn"] } } },
    ]);
    const Key = { Type: "AWS::KMS::Key", Properties: { KeyPolicy: { Statement } } };
    const [first, ...others] = readIn({ Resources: { Key, ...Object.fromEntries(Vaults) } });
    const planned = first?.key.kind === "planned" ? first.key.planned : null;
    expect(planned?.status).to.equal("new");
    for (const { key } of others) expect(key.kind === "planned" && key.planned === planned).to.equal(true);
  });
});

const change = (type: string, name: string, given: object, more: object = {}) => ({
  address: `${type}.${name}`,
  mode: "managed",
  type,
  name,
  change: { actions: ["create"], ...given },
  ...more,
});

const plan = (resource_changes: object[], resources: object[]) => ({
  format_version: "1.2",
  planned_values: {},
  resource_changes,
  configuration: { root_module: { resources } },
});

const vaultOf = (name: string, ...references: string[]) => ({
  change: change("aws_backup_vault", name, { after: { name: "prod-vault" }, after_unknown: { kms_key_arn: true } }),
  written: { type: "aws_backup_vault", name, expressions: { kms_key_arn: { references } } },
});

describe("A Terraform plan that stands for very much is answered, with what is not known", () => {
  const many = Array.from({ length: 3000 }, (_, at) => at);

  it("aliases that point at two others each, and the last at the first", () => {
    const aliases = many.slice(0, 80);
    const vault = vaultOf("main", "aws_kms_alias.a0.target_key_arn");
    const changes = aliases.map((at) =>
      change("aws_kms_alias", `a${at}`, { after: {}, after_unknown: { target_key_arn: true } }),
    );
    const written = aliases.map((at) => {
      const [one, other] = [(at + 1) % 80, (at + 2) % 80];
      const references = [`aws_kms_alias.a${one}.target_key_arn`, `aws_kms_alias.a${other}.target_key_arn`];
      return { type: "aws_kms_alias", name: `a${at}`, expressions: { target_key_id: { references } } };
    });

    const [read] = readIn(plan([vault.change, ...changes], [vault.written, ...written]));

    expect(read?.key.kind === "planned" && read.key.planned.status).to.equal("unknown");
  });

  it("three thousand vaults, each with a key and a key's policy of its own", () => {
    const vaults = many.map((at) => {
      const { change: made, written } = vaultOf(`v${at}`, `aws_kms_key.k${at}.arn`);
      return { change: made, written: { ...written, depends_on: [`aws_kms_key_policy.p${at}`] } };
    });
    const keys = many.map((at) =>
      change("aws_kms_key", `k${at}`, { after: {}, after_unknown: { arn: true, key_id: true } }),
    );
    const policies = many.map((at) =>
      change("aws_kms_key_policy", `p${at}`, { after: { policy: "{}" }, after_unknown: { key_id: true } }),
    );
    const written = many.flatMap((at) => [
      { type: "aws_kms_key", name: `k${at}`, expressions: {} },
      {
        type: "aws_kms_key_policy",
        name: `p${at}`,
        expressions: { key_id: { references: [`aws_kms_key.k${at}.key_id`] } },
      },
    ]);

    const read = readIn(
      plan(
        [...vaults.map((one) => one.change), ...keys, ...policies],
        [...vaults.map((one) => one.written), ...written],
      ),
    );

    expect(read).to.have.length(3000);
    for (const { key } of read) {
      const policy = key.kind === "planned" && key.planned.status === "new" ? key.planned.parts.policy : null;
      expect(policy?.status === "read" && policy.value.document).to.equal("{}");
    }
  });

  it("twelve thousand vaults with keys that are there, beside as many aliases and deleted policies of others", () => {
    const arn = (at: number) => `arn:aws:kms:us-west-2:444455556666:key/${String(at).padStart(8, "0")}`;
    const changes = Array.from({ length: 12_000 }, (_, at) => [
      change("aws_backup_vault", `v${at}`, { after: { name: `vault-${at}`, kms_key_arn: arn(at) } }),
      change("aws_kms_alias", `a${at}`, { after: { target_key_id: arn(at + 20_000) } }),
      change("aws_kms_key_policy", `p${at}`, {
        actions: ["delete"],
        before: { key_id: arn(at + 20_000) },
        after: null,
      }),
    ]);

    const vaults = readIn(
      plan([...changes.flat(), change("aws_kms_alias", "own", { after: { target_key_id: arn(7) } })], []),
    );

    const changed = vaults.filter(({ key }) => key.kind === "existing" && key.changes !== null);
    expect(vaults).to.have.length(12_000);
    expect(changed.map(({ address }) => address)).to.deep.equal(["aws_backup_vault.v7"]);
  });

  it("three thousand vaults that each may have any of three thousand keys", () => {
    const vaults = many.map((at) => vaultOf(`v${at}`, "aws_kms_key.k"));
    const keys = many.map((index) =>
      change(
        "aws_kms_key",
        "k",
        { after: { is_enabled: index < 2999 }, after_unknown: { arn: true } },
        { index, address: `aws_kms_key.k[${index}]` },
      ),
    );

    const read = readIn(
      plan(
        [...vaults.map((one) => one.change), ...keys],
        vaults.map((one) => one.written),
      ),
    );

    expect(read).to.have.length(3000);
    for (const { key } of read) expect(key.kind === "planned" && key.planned.status).to.equal("unknown");
  });

  it("names of a megabyte", () => {
    const names = [`aws_kms_key.k${".a".repeat(500_000)}`, `aws_kms_key.k${"[".repeat(1_000_000)}`];
    const vault = vaultOf("main", ...names);
    const key = change(
      "aws_kms_key",
      "k",
      { after: {}, after_unknown: true },
      { module_address: "[".repeat(1_000_000) },
    );

    const [read] = readIn(plan([vault.change, key], [vault.written]));

    expect(read?.key.kind === "planned" && read.key.planned.status).to.equal("unknown");
  });
});
