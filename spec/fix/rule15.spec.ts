import { readFileSync } from "node:fs";
import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { Fix } from "../../lib/diagnosis/Diagnosis.js";
import { diagnoseSnapshot } from "../../lib/diagnosis/diagnoseSnapshot.js";
import { judgeSnapshot } from "../../lib/diagnosis/judgeSnapshot.js";
import { fixesInTurn } from "../../lib/fix/fixesInTurn.js";
import { obstacles } from "../../lib/fix/obstacles.js";
import { atOnce } from "../../lib/policy/atOnce.js";
import { evaluatePolicies } from "../../lib/policy/index.js";
import { buildSnapshot, type Json, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";

const account = "444455556666";
const role = `arn:aws:iam::${account}:role/team/Deployer`;
const root = `arn:aws:iam::${account}:root`;
const keyAdmin = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:role/KeyAdmin` }, Action: "kms:*" };
const denyAll = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] };
const alice = {
  "caller.arn": `arn:aws:iam::${account}:user/alice`,
  "caller.principalArn": `arn:aws:iam::${account}:user/alice`,
};

const fixesOf = (patch: SnapshotPatch, situations: string[] = []): readonly Fix[] =>
  diagnose(buildSnapshot(situations, patch)).fixes;

const statementsOf = ({ document }: Fix): { Sid?: string; Condition?: object; Resource?: unknown }[] =>
  document === undefined ? [] : (JSON.parse(document.after) as { Statement: object[] }).Statement;

/** Two targets with so many Denies each, which hide that a third one is silent. */
function hiddenBy(denies: number): SnapshotPatch {
  const level = (id: string, type: string, ...statements: string[]) => ({
    id,
    type,
    policies: [{ name: `Guard-${id}`, id: `p-${id}`, statements }],
  });
  const guards = Array.from({ length: denies }, () => "Deny backup:CreateBackupVault");
  return {
    "policies.serviceControl": [
      level("r-ab12", "ROOT", "Allow *", ...guards),
      level("ou-ab12-11111111", "ORGANIZATIONAL_UNIT", "Allow *", ...guards),
      level(account, "ACCOUNT", "Allow kms:* backup-storage:*"),
    ],
  };
}

/** Whether a fixed document lets the caller do something else in the given context. */
function lets(
  { document }: Fix | { document?: Fix["document"] },
  action: string,
  context: Record<string, string>,
): string {
  const asks = {
    action,
    resource: action.startsWith("backup:") ? `arn:aws:backup:us-west-2:${account}:backup-vault:prod-vault` : "*",
    context: { "aws:PrincipalArn": role, ...context },
    unlistedKeys: "absent",
  } as const;
  return evaluatePolicies([document?.after ?? ""], asks).verdict;
}

// specification, rule 15; each was seen to be called proven
describe("No fix is called proven", () => {
  it("that takes a statement out of a policy that AWS manages", () => {
    const [fix, ...others] = fixesOf({
      "policies.identity+": [
        {
          name: "AWSDenyAll",
          arn: "arn:aws:iam::aws:policy/AWSDenyAll",
          attachedTo: "role/Deployer",
          document: denyAll,
        },
      ],
    });

    expect(others).to.deep.equal([]);
    expect(fix).to.include({ verified: false, change: "other" });
    expect(fix?.note).to.contain(obstacles["aws-managed"]);
    expect(fix).not.to.have.property("document");
  });

  it("that changes the key policy of an AWS managed key, where leaving the key out is proven", () => {
    const fixes = fixesOf({
      "policies.identity": ["Allow *"],
      "key.manager": "AWS",
      "key.policy": [
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:*",
          Condition: { StringEquals: { "kms:ViaService": "ec2.us-west-2.amazonaws.com" } },
        },
      ],
    });

    expect(fixes.filter(({ document }) => document !== undefined)).to.deep.equal([]);
    expect(fixes[0]).to.include({ verified: true, statement: null });
    expect(fixes[0]?.title).to.match(/^Name no key/);
  });

  for (const [path, obstacle, names] of [
    [
      "/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Deploy_0123456789abcdef",
      "permission-set",
      "the permission set Deploy",
    ],
    ["/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup", "service-linked", ""],
  ] as const) {
    it(`that changes a role which only AWS changes (${obstacle})`, () => {
      const name = path.split("/").at(-1) ?? "";
      const [fix] = fixesOf({
        "caller.arn": `arn:aws:sts::${account}:assumed-role/${name}/alice`,
        "caller.principalArn": `arn:aws:iam::${account}:role${path}`,
        "policies.identity": [
          { name: "AwsSSOInlinePolicy", attachedTo: `role/${name}`, statements: ["Allow backup:* kms:*"] },
        ],
      });

      expect(fix?.verified).to.equal(false);
      expect(fix?.note).to.contain(obstacles[obstacle]);
      expect(fix?.title).to.contain(names);
    });
  }

  it("that allows what the policies that were read allow already", () => {
    const message = `User: arn:aws:sts::${account}:assumed-role/Deployer/ci-run-1 is not authorized to perform: backup:CreateBackupVault because no identity-based policy allows the backup:CreateBackupVault action`;
    const [fix] = fixesOf({ denial: { name: "AccessDeniedException", message } });

    expect(fix?.verified).to.equal(false);
    expect(fix?.note).to.contain(obstacles["only-said"]);
  });

  it("that is longer than AWS allows, and it says by how much", () => {
    const long = Array.from({ length: 900 }, (_, at) => `arn:aws:iam::${account}:role/Role${at}`);
    const [fix] = fixesOf({
      "key.policy": [{ Effect: "Allow", Principal: { AWS: long }, Action: "kms:Encrypt" }],
    });

    expect(fix?.verified).to.equal(false);
    expect(fix?.note).to.match(/longer than AWS allows\. It would have \d+ bytes; of a key policy AWS takes 32768\./);
  });
});

describe("A fix", () => {
  it("allows an action that only a denial names on the resource that the message names, not on the vault", () => {
    const resource = `arn:aws:iam::${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
    const message = `User: arn:aws:sts::${account}:assumed-role/Deployer/ci-run-1 is not authorized to perform: iam:CreateServiceLinkedRole on resource: ${resource} because no identity-based policy allows the iam:CreateServiceLinkedRole action`;
    const fixes = fixesOf({ denial: { name: "AccessDeniedException", message } });

    expect(fixes.flatMap(statementsOf).filter((one) => JSON.stringify(one).includes("iam:Create"))).to.satisfy(
      (some: { Resource: string }[]) => some.length > 0 && some.every((one) => one.Resource === resource),
    );
  });

  it("of a root user's key policy grants to root alone, not to the account", () => {
    const [fix] = fixesOf({ "key.policy": [keyAdmin] }, ["root"]);

    expect(fix).to.include({ verified: true, layer: "key-policy" });
    expect(fix?.widens).to.deep.equal([]);
    for (const { Sid, Condition } of statementsOf(fix as Fix)) {
      if (Sid !== undefined) expect(Condition).to.deep.include({ ArnEquals: { "aws:PrincipalArn": root } });
    }
  });

  it("of a user is never written into a group's policy", () => {
    const [fix] = fixesOf({
      ...alice,
      "policies.identity": [{ name: "All", attachedTo: "group/Everyone", statements: ["Allow kms:* backup:*"] }],
    });

    expect(fix).to.include({ verified: true, change: "create-policy" });
    expect(fix?.title).to.match(/^Give user alice an inline policy/);
  });

  it("of a key policy binds the use of the key to AWS Backup, and the one that opens the key comes after it", () => {
    const [narrow, wide] = fixesOf({ "key.policy": [keyAdmin] });

    const via = { "kms:ViaService": "backup.us-west-2.amazonaws.com" };
    expect(narrow?.verified).to.equal(true);
    expect(narrow?.widens).to.deep.equal([]);
    for (const one of statementsOf(narrow as Fix))
      if (one.Sid !== undefined) expect(one.Condition).to.deep.include({ StringEquals: via });
    expect(wide?.widens).to.satisfy((some: string[]) =>
      some.some((one) => one.includes(`other principals of account ${account}`)),
    );
  });

  it("spares the vault's call from a Region lock, and nothing else", () => {
    const lock = {
      Effect: "Deny",
      NotAction: ["iam:*"],
      Resource: "*",
      Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
    };
    const [fix] = fixesOf({
      "policies.serviceControl": [
        { id: "r-ab12", type: "ROOT", policies: [{ name: "Lock", id: "p-lock", statements: ["Allow *", lock] }] },
      ],
    });

    expect(fix?.verified).to.equal(true);
    expect(fix?.note).to.contain("looks like a Region lock that is meant");
    expect(lets(fix as Fix, "ec2:RunInstances", { "aws:RequestedRegion": "us-west-2" })).to.equal("explicitDeny");
    expect(lets(fix as Fix, "backup:CreateBackupVault", { "aws:RequestedRegion": "us-west-2" })).to.equal("allowed");
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
  for (const [key, policies] of [
    ["aws:ResourceOrgID", "policies.serviceControl"],
    ["aws:ResourceOrgPaths", "policies.serviceControl"],
    ["aws:ResourceAccount", "policies.serviceControl"],
    ["aws:PrincipalOrgID", "policies.resourceControl"],
    ["aws:SourceOrgID", "policies.resourceControl"],
  ] as const) {
    it(`calls a Deny by ${key} an organization perimeter, and spares the one key alone`, () => {
      const operator = key === "aws:ResourceOrgPaths" ? "ForAllValues:StringNotLike" : "StringNotEqualsIfExists";
      const perimeter = {
        Effect: "Deny",
        Action: "kms:*",
        Resource: "*",
        Condition: { [operator]: { [key]: "o-other" } },
      };
      const isForAll = policies === "policies.resourceControl";
      const statement = { ...perimeter, ...(isForAll && { Principal: "*" }) };
      const [fix] = fixesOf({
        [policies]: [
          {
            id: "r-ab12",
            type: "ROOT",
            policies: [{ name: "Own", id: "p-own", statements: [...(isForAll ? [] : ["Allow *"]), statement] }],
          },
        ],
      });

      expect(fix?.verified).to.equal(true);
      expect(fix?.owner).to.equal("organization");
      expect(fix?.note).to.contain('policy "Own" looks like an organization perimeter that is meant');
      expect(fix?.widens?.join()).not.to.contain("other keys");
    });
  }

  it("of an MFA rule is the second factor first, and then an exemption of the vault's calls alone", () => {
    const rule = {
      Effect: "Deny",
      NotAction: ["sts:GetSessionToken"],
      Resource: "*",
      Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    };
    const [factor, exemption] = fixesOf({
      ...alice,
      context: { "aws:MultiFactorAuthPresent": "false" },
      "policies.identity": [{ name: "Own", attachedTo: "user/alice", statements: ["Allow *", rule] }],
    });

    expect(factor).to.include({ verified: true, change: "other" });
    expect(factor?.title).to.match(/^Make the call with multi-factor authentication/);
    expect(exemption?.verified).to.equal(true);
    expect(lets(exemption as Fix, "ec2:RunInstances", { "aws:MultiFactorAuthPresent": "false" })).to.equal(
      "explicitDeny",
    );
  });

  it("of a network perimeter spares the vault's calls, and after it everybody's forwarded ones by aws:ViaAWSService", () => {
    const condition = { StringNotEquals: { "aws:SourceVpce": "vpce-1" } };
    const perimeter = { Effect: "Deny", Action: "*", Resource: "*", Condition: condition };
    const [narrow, pattern, ...more] = fixesOf({
      context: { "aws:SourceVpce": "vpce-1" },
      "policies.serviceControl": [
        { id: "r-ab12", type: "ROOT", policies: [{ name: "Net", id: "p-net", statements: ["Allow *", perimeter] }] },
      ],
    });

    expect(more).to.deep.equal([]);
    expect(narrow?.note).to.contain("looks like a network perimeter that is meant");
    expect(lets(narrow as Fix, "s3:GetObject", { "aws:ViaAWSService": "true" })).to.equal("explicitDeny");
    expect(pattern?.statement).to.deep.include({
      Condition: { ...condition, BoolIfExists: { "aws:ViaAWSService": "false" } },
    });
    expect(pattern?.widens?.join()).to.contain(`other principals of account ${account}`);
  });

  it("is not worked out for a key that another fix replaces", () => {
    const fixes = fixesOf({
      "policies.identity": ["Allow *"],
      "key.keySpec": "RSA_2048",
      "key.policy": [keyAdmin],
    });

    expect(fixes[0]?.title).to.match(/^Name no key/);
    expect(fixes.filter(({ document }) => document !== undefined)).to.deep.equal([]);
    expect(fixes.at(-1)?.title).to.equal("Nothing of its own: the fix of blocker 1 removes this one, too");
  });

  it("lets a caller through a VPC endpoint to its own vault alone", () => {
    const [fix] = fixesOf({ "policies.vpcEndpoint": [{ Effect: "Allow", Principal: "*", Action: "s3:*" }] });

    expect(fix).to.include({ verified: true });
    expect(fix?.widens).to.deep.equal([]);
    expect(statementsOf(fix as Fix).at(-1)?.Resource).to.equal(
      `arn:aws:backup:us-west-2:${account}:backup-vault:prod-vault`,
    );
  });

  it("goes into a managed policy where the user's inline policies have no room", () => {
    const long = Array.from({ length: 60 }, (_, at) => `s3:GetBucketSomethingOrOther${at}`);
    const [fix] = fixesOf({
      ...alice,
      "policies.identity": [{ name: "Own", attachedTo: "user/alice", statements: [{ Effect: "Allow", Action: long }] }],
    });

    expect(fix).to.include({ verified: true, change: "attach-policy" });
    expect(fix?.title).to.match(/^Attach a new managed policy/);
  });

  it("adds the Allow that is missing once a Deny spares the caller", () => {
    const [fix] = fixesOf({
      "policies.identity": [
        {
          name: "Own",
          attachedTo: "role/Deployer",
          statements: ["Deny backup:CreateBackupVault", "Allow kms:* backup-storage:*"],
        },
      ],
    });

    expect(fix).to.include({ verified: true });
    expect(JSON.stringify(statementsOf(fix as Fix))).to.contain('"Effect":"Allow","Action":"backup:CreateBackupVault"');
  });
});

describe("Fixes that are called proven go together", () => {
  it("so that of two Denies which hide that a third target is silent, one comes with the Allow that is missing there", () => {
    const fixes = fixesOf(hiddenBy(1));

    expect(fixes.map(({ verified }) => verified)).to.deep.equal([true, true]);
    expect(fixes.map(({ further }) => further?.map(({ target }) => target))).to.deep.equal([undefined, [account]]);
    expect(fixes[1]?.note).to.equal("With these 2 changes the vault can be created.");
  });

  it("so that of two Denies which hide that a third target is silent, one says so where nothing can be attached there", () => {
    const ofAws = (_: unknown, at: number) => ({
      name: `Full${at}`,
      arn: `arn:aws:organizations::aws:policy/service_control_policy/p-Full${at}`,
      id: `p-Full${at}`,
      statements: ["Allow kms:* backup-storage:*"],
    });
    const [root = null, unit = null] = hiddenBy(1)["policies.serviceControl"] as Json[];
    const silent = { id: account, type: "ACCOUNT", policies: Array.from({ length: 10 }, ofAws) };

    const fixes = fixesOf({ "policies.serviceControl": [root, unit, silent] });

    expect(fixes.map(({ verified }) => verified)).to.deep.equal([true, false]);
    expect(fixes[0]?.note).to.equal("With this change the blockers without a proven fix are left.");
    expect(fixes[1]?.note).to.contain(obstacles.stays);
  });

  it("so that another key, which did not go with the others, is no alternative either", () => {
    const fixes = fixesOf({
      ...hiddenBy(1),
      "policies.identity": ["Allow *"],
      "key.manager": "AWS",
      "key.state": "Disabled",
      "key.policy": [keyAdmin],
    });

    expect(fixes.filter(({ layer }) => layer === "key-state").map(({ change }) => change)).to.deep.equal([
      "enable-key",
    ]);
    expect(fixes.filter(({ title }) => title.startsWith("Name no key"))).to.deep.equal([]);
  });
});

describe("The reasons why a fix is not proven", () => {
  it("are all in docs/fixes.md, and no others", () => {
    const page = readFileSync(new URL("../../docs/fixes.md", import.meta.url), "utf8");
    const table = page.split(/^## /m).find((section) => section.startsWith("Why a fix is not proven")) ?? "";

    const named = [...table.matchAll(/^\| ([a-z-]+) \|/gm)].map(([, name]) => name).filter((name) => name !== "reason");

    expect(named).to.have.members([...Object.keys(obstacles), "---"]);
  });
});

describe("The proofs", () => {
  it("are at most twelve one by one and one of all together, however many blockers there are", () => {
    const statements = Array.from({ length: 30 }, () => "Deny backup:CreateBackupVault");
    const snapshot = buildSnapshot([], {
      "policies.identity+": [{ name: "Many", attachedTo: "role/Deployer", statements }],
    });
    const diagnosis = diagnoseSnapshot(snapshot);
    let count = 0;

    const fixes = atOnce(
      fixesInTurn(snapshot, diagnosis, (changed) => {
        count += 1;
        return judgeSnapshot(changed);
      }),
    );

    // One more looks for what the Denies hide.
    expect(count).to.be.at.most(14);
    expect(fixes.length).to.equal(diagnosis.blockers.length);
    expect(fixes.at(-1)?.note).to.contain(obstacles["not-tried"]);
  });

  it("are at most twelve and six where they do not go together, and what was not tried says so", () => {
    const snapshot = buildSnapshot([], hiddenBy(6));
    const diagnosis = diagnoseSnapshot(snapshot);
    let count = 0;

    const fixes = atOnce(
      fixesInTurn(snapshot, diagnosis, (changed) => {
        count += 1;
        return judgeSnapshot(changed);
      }),
    );

    // One more looks for what the Denies hide.
    expect(count).to.be.at.most(19);
    expect(fixes).to.have.length(12);
    const proven = fixes.filter(({ verified }) => verified);
    expect(proven.at(-1)?.note).to.match(/ With these \d changes the blockers without a proven fix are left\.$/);
    expect(fixes.at(-1)?.note).to.contain(obstacles["not-tried"]);
  });

  it("end when the time is over, and what was not tried says so", () => {
    const snapshot = buildSnapshot([], { "policies.identity": "none", "key.state": "Disabled" });

    const { fixes } = diagnose(snapshot, { until: 0 });

    expect(fixes.map(({ verified }) => verified)).to.deep.equal([false, false]);
    for (const { note } of fixes) expect(note).to.contain(obstacles["not-tried"]);
  });

  it("leave out what speaks of the past, and tell what all changes together come to", () => {
    const fixes = fixesOf({ "policies.identity": ["Allow backup:* kms:*"], "key.state": "Disabled" });

    expect(fixes[0]).to.include({ verified: true, change: "enable-key" });
    expect(fixes.find(({ blocker }) => blocker === 1)?.note).to.equal("With these 2 changes the vault can be created.");
  });
});
