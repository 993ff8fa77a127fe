import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { obstacles } from "../../lib/fix/obstacles.js";
import { buildSnapshot, type Json } from "../verdict/cases/buildSnapshot.js";

const account = "444455556666";

/** So many Denies in the key policy, beside one of service control policies that hides that the account's are silent. */
function diagnosed(denies: number) {
  const guard: Json = { name: "Guard", id: "p-guard", statements: ["Allow *", "Deny backup:*"] };
  return diagnose(
    buildSnapshot([], {
      "policies.serviceControl": [
        { id: "r-ab12", type: "ROOT", policies: [guard] },
        { id: "ou-ab12-11111111", type: "ORGANIZATIONAL_UNIT", policies: [guard] },
        {
          id: account,
          type: "ACCOUNT",
          policies: [{ name: "Some", id: "p-some", statements: ["Allow kms:* backup-storage:*"] }],
        },
      ],
      "key.policy": [
        { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*" },
        ...Array.from({ length: denies }, (_, at) => ({
          Sid: `D${at}`,
          Effect: "Deny",
          Principal: "*",
          Action: "kms:CreateGrant",
        })),
      ],
    }),
  );
}

// specification, rules 15 and 17; it was called proven, since only the blockers that are told were compared
describe("That a change lets something new block is seen", () => {
  for (const denies of [2, 110]) {
    it(`beside ${denies} Denies of another layer`, () => {
      const [first] = diagnosed(denies).fixes;

      expect(first).to.include({ layer: "service-control-policy", verified: false });
      expect(first?.note).to.contain(obstacles.stays);
    });
  }
});
