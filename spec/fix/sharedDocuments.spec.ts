import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { reportFix } from "../../lib/report/reportFix.js";
import { buildSnapshot, type Json, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";
import { withFix } from "./withFix.js";

const account = "444455556666";
const managed = `arn:aws:iam::${account}:policy/B`;
const boundary: SnapshotPatch = {
  "policies.permissionsBoundary": {
    status: "read",
    value: {
      name: "B",
      arn: managed,
      document: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["backup:*", "kms:*"], Resource: "*" },
          { Sid: "X", Effect: "Deny", Action: "kms:CreateGrant", Resource: "*" },
        ],
      },
    },
  },
};
const admin: Json = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:role/KeyAdmin` }, Action: "kms:*" };
const keyPolicy: SnapshotPatch = {
  "key.policy": [admin, { Sid: "X", Effect: "Deny", Principal: "*", Action: "kms:CreateGrant" }],
};
/** Two without a Sid, so that what is added beside them would be called the same. */
const unnamed: SnapshotPatch = {
  "key.policy": [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*" },
    { Effect: "Deny", Principal: "*", Action: "kms:CreateGrant" },
    { Effect: "Deny", Principal: "*", Action: "kms:Decrypt" },
  ],
};

function firstsOf(patch: SnapshotPatch) {
  const snapshot = buildSnapshot([], patch);
  const diagnosis = diagnose(snapshot);
  const { blockers, fixes } = diagnosis;
  return {
    snapshot,
    diagnosis,
    firsts: blockers.flatMap((_, index) => fixes.find(({ blocker }) => blocker === index) ?? []),
  };
}

// specification, rule 15; each was seen to print the whole document without the other's change
describe("Of fixes that change one document", () => {
  for (const [what, patch] of Object.entries({ boundary, keyPolicy, unnamed })) {
    it(`the one that is put in place last undoes none, whichever it is (${what})`, () => {
      const { snapshot, diagnosis, firsts } = firstsOf(patch);

      expect(firsts.length).to.be.greaterThan(1);
      for (const last of firsts) expect(diagnose(withFix(snapshot, diagnosis, last)).outcome).to.equal("allowed");
    });

    it(`each says so, and every Sid is another (${what})`, () => {
      const { diagnosis, firsts } = firstsOf(patch);

      for (const [index, fix] of firsts.entries()) {
        expect(fix.note).to.contain(`The fix of blocker ${2 - index} would change the same policy`);
        const { Statement: made } = JSON.parse(reportFix(diagnosis, diagnosis.fixes.indexOf(fix) + 1, "json")) as {
          Statement: { Sid?: string }[];
        };
        const sids = made.flatMap(({ Sid: sid }) => sid ?? []);
        expect(sids).to.have.length(new Set(sids).size);
      }
      expect(firsts.at(-1)?.note).to.contain("With these 2 changes the vault can be created.");
    });
  }

  it("each comes with the policy of another target that any of them needs, which is told once", () => {
    const level = (id: string, type: string, ...statements: string[]) => ({
      id,
      type,
      policies: [{ name: `Of-${id}`, id: `p-${id}`, statements }],
    });
    const { snapshot, diagnosis, firsts } = firstsOf({
      "policies.serviceControl": [
        level("r-ab12", "ROOT", "Allow *", "Deny backup:CreateBackupVault", "Deny kms:CreateGrant"),
        level("444455556666", "ACCOUNT", "Allow kms:DescribeKey kms:RetireGrant kms:Decrypt kms:GenerateDataKey"),
      ],
    });

    const denies = firsts.filter(({ further }) => further !== undefined);
    expect(denies.map(({ further }) => further?.map(({ target }) => target))).to.deep.equal([
      ["444455556666"],
      ["444455556666"],
    ]);
    for (const fix of denies) expect(diagnose(withFix(snapshot, diagnosis, fix)).outcome).to.equal("allowed");
    expect(firsts.at(-1)?.title).to.equal("Nothing of its own: the fix of blocker 1 removes this one, too");
  });

  it("two that attach the same policy to another target say so", () => {
    const level = (id: string, type: string, ...statements: string[]) => ({
      id,
      type,
      policies: [{ name: `Of-${id}`, id: `p-${id}`, statements }],
    });
    const { firsts } = firstsOf({
      "policies.serviceControl": [
        level("r-ab12", "ROOT", "Allow kms:*"),
        level("ou-ab12-11111111", "ORGANIZATIONAL_UNIT", "Allow *", "Deny backup:CreateBackupVault"),
        level("444455556666", "ACCOUNT", "Allow *", "Deny backup-storage:*"),
      ],
    });

    expect(firsts.map(({ further }) => further?.length)).to.deep.equal([1, 1]);
    expect(firsts[1]?.note).to.equal(
      "With these 2 changes the vault can be created. Fix 1 attaches the same policy: once is enough.",
    );
  });

  it("another way for one of them says that the document is without the others' changes", () => {
    const { fixes } = diagnose(buildSnapshot([], keyPolicy));

    const [way] = fixes.filter(({ title }) => title.startsWith("Let the account's identity policies decide"));

    expect(way?.note).to.contain("make one, and ask again for the next");
  });
});
