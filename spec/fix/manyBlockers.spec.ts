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
describe("That a change lets something new block is seen, and mended with it,", () => {
  for (const denies of [2, 110]) {
    it(`beside ${denies} Denies of another layer`, () => {
      const [first] = diagnosed(denies).fixes;

      expect(first).to.include({ layer: "service-control-policy", verified: true });
      expect(first?.further?.map(({ target }) => target)).to.deep.equal([account]);
    });
  }
});

// A key policy of 0.8 MB, which AWS takes from nobody, was edited, parsed and carried twice for each of 100 blockers: 22 s, 160 MB
describe("Documents that are far too long", () => {
  it("are not carried, and are thought of for few blockers, however few their statements are", () => {
    const others = Array.from({ length: 150 }, (_, at) => `arn:aws:iam::${account}:role/other-${at}`);
    const { fixes, blockers } = diagnose(
      buildSnapshot([], {
        "key.policy": Array.from({ length: 100 }, (_, at) => ({
          Sid: `D${at}`,
          Effect: "Deny",
          Principal: { AWS: [...others, `arn:aws:iam::${account}:role/team/Deployer`] },
          Action: "kms:CreateGrant",
        })),
      }),
    );

    expect(blockers.length).to.be.at.least(100);
    expect(JSON.stringify(fixes).length).to.be.below(500_000);
    expect(fixes.some(({ note }) => note?.includes(obstacles["too-long"]))).to.equal(true);
    expect(fixes.filter(({ note }) => note?.includes(obstacles["not-tried"])).length).to.be.above(80);
  });
});
