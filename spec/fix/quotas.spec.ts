import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { Fix } from "../../lib/diagnosis/Diagnosis.js";
import { obstacles } from "../../lib/fix/obstacles.js";
import { reportFix } from "../../lib/report/index.js";
import { buildSnapshot, type Json, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";

/*
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: ten managed policies on a user or role by
 * default, 2,048 and 10,240 characters of inline policies; aws-behaviour, scp-limits: ten on a target.
 */

const account = "444455556666";
const fixesOf = (patch: SnapshotPatch): readonly Fix[] => diagnose(buildSnapshot([], patch)).fixes;
const alice = {
  "caller.arn": `arn:aws:iam::${account}:user/alice`,
  "caller.principalArn": `arn:aws:iam::${account}:user/alice`,
};
/** Two thousand characters, in which blanks do not count. */
const long = { Effect: "Allow", Action: Array.from({ length: 60 }, (_, at) => `s3:GetBucketSomethingOrOther${at}`) };

const managed = (count: number, attachedTo?: string): Json[] =>
  Array.from({ length: count }, (_, at) => ({
    name: `Managed${at}`,
    arn: `arn:aws:iam::${account}:policy/Managed${at}`,
    ...(attachedTo !== undefined && { attachedTo }),
    statements: ["Allow s3:*"],
  }));

describe("A fix minds how long inline policies may be together", () => {
  for (const attachedTo of ["user/alice", null]) {
    it(`where ${attachedTo ?? "nothing"} is said of whose they are`, () => {
      const own = { name: "Own", ...(attachedTo !== null && { attachedTo }) };
      const [fix] = fixesOf({
        ...alice,
        "policies.identity": [
          { ...own, statements: [long] },
          { ...own, name: "Second", statements: ["Allow s3:*"] },
        ],
      });

      expect(fix).to.include({ verified: true, change: "attach-policy" });
    });
  }
});

describe("Fixes mind how long they make inline policies together", () => {
  it("so that one that has no room beside the others is not called proven", () => {
    const filler = (at: number) => `arn:aws:kms:us-west-2:${account}:key/00000000-0000-4000-8000-00000000000${at}`;
    const resources = [`arn:aws:kms:us-west-2:${account}:key/*`, ...Array.from({ length: 6 }, (_, at) => filler(at))];
    const denies = (name: string, action: string): Json => ({
      name,
      attachedTo: "user/alice",
      statements: [{ Effect: "Deny", Action: [action, "s3:*"], Resource: resources }],
    });
    const open = {
      name: "Open",
      arn: `arn:aws:iam::${account}:policy/Open`,
      attachedTo: "user/alice",
      statements: ["Allow *"],
    };

    const fixes = fixesOf({
      ...alice,
      "policies.identity": [denies("One", "kms:Decrypt"), denies("Two", "kms:CreateGrant"), open],
    });

    expect(fixes.map(({ verified }) => verified)).to.deep.equal([true, false]);
    expect(fixes[1]?.note).to.contain(obstacles["too-long"]);
  });
});

describe("A fix minds how many policies may be attached", () => {
  const inline = { name: "Own", attachedTo: "user/alice", statements: [long] };

  it("to a user or role: an eleventh one is not called proven", () => {
    const [ninth] = fixesOf({ ...alice, "policies.identity": [inline, ...managed(9, "user/alice")] });
    const [eleventh, ...others] = fixesOf({ ...alice, "policies.identity": [inline, ...managed(10, "user/alice")] });

    expect(ninth).to.include({ verified: true, change: "attach-policy" });
    expect(others.filter(({ verified }) => verified)).to.deep.equal([]);
    expect(eleventh?.verified).to.equal(false);
    expect(eleventh?.note).to.match(new RegExp(`${obstacles["too-many"]}|${obstacles["too-long"]}`));
  });

  it("and those of groups do not count", () => {
    const [fix] = fixesOf({ ...alice, "policies.identity": [inline, ...managed(10, "group/All")] });

    expect(fix).to.include({ verified: true, change: "attach-policy" });
  });

  const target = (count: number, more: Json[] = []): SnapshotPatch => ({
    "policies.serviceControl": [
      {
        id: "r-ab12",
        type: "ROOT",
        policies: [
          ...Array.from({ length: count }, (_, at) => ({
            name: `Guard${at}`,
            id: `p-${at}`,
            arn: `arn:aws:organizations::${account}:policy/o-a1b2c3d4e5/service_control_policy/p-${at}`,
            statements: ["Allow kms:* backup-storage:*"],
          })),
          ...more,
        ],
      },
    ],
  });

  it("to a root, unit or account: an eleventh service control policy is not made, one that is there is changed", () => {
    const [tenth] = fixesOf(target(9));
    const [eleventh, ...others] = fixesOf(target(10));

    expect(tenth).to.include({ verified: true, change: "attach-policy" });
    expect(eleventh).to.include({ verified: true, change: "add-statement", policy: "Guard0" });
    expect(eleventh?.statement).to.deep.include({
      Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/team/Deployer` } },
    });
    const printed = reportFix(diagnose(buildSnapshot([], target(10))), 1, "cli");
    expect(printed).to.contain("aws organizations update-policy --policy-id p-0 ");
    expect([eleventh, ...others].filter((fix) => fix?.change === "attach-policy" && fix.verified)).to.deep.equal([]);
  });

  it("and says so where none that is there can be changed", () => {
    const aws = Array.from({ length: 10 }, (_, at) => ({
      name: `Aws${at}`,
      id: `p-aws${at}`,
      arn: `arn:aws:organizations::aws:policy/service_control_policy/p-aws${at}`,
      statements: ["Allow kms:* backup-storage:*"],
    }));

    const [fix] = fixesOf(target(0, aws));

    expect(fix?.verified).to.equal(false);
    expect(fix?.note).to.contain(obstacles["too-many"]);
  });
});
