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

  it("another way for one of them says that the document is without the others' changes", () => {
    const { fixes } = diagnose(buildSnapshot([], keyPolicy));

    const [way] = fixes.filter(({ title }) => title.startsWith("Let the account's identity policies decide"));

    expect(way?.note).to.contain("make one, and ask again for the next");
  });
});
