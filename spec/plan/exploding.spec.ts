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
