import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { buildSnapshot, type Json } from "../verdict/cases/buildSnapshot.js";

// specification, rule 17
describe("very many blockers", () => {
  const denials = (count: number): Json => [
    {
      name: "Many",
      statements: Array.from({ length: count }, (_, index) => ({
        Sid: `Deny${index}`,
        Effect: "Deny",
        Action: "backup:CreateBackupVault",
        Resource: "*",
      })),
    },
  ];
  const diagnosed = (count: number) =>
    diagnose(buildSnapshot([], { "policies.identity+": denials(count) }), { fixes: false });

  for (const [count, listed, omitted] of [
    [99, 99, undefined],
    [100, 100, undefined],
    [101, 100, 1],
    [1_000, 100, 900],
  ] as const) {
    it(`${count}: the first ${listed} are listed, ${omitted ?? "none"} counted as left out`, () => {
      const diagnosis = diagnosed(count);

      expect(diagnosis.blockers).to.have.length(listed);
      expect("omittedBlockers" in diagnosis ? diagnosis.omittedBlockers : undefined).to.equal(omitted);
      expect(diagnosis.outcome).to.equal("blocked");
      expect(diagnosis.blockers.map(({ statement }) => statement?.index)).to.deep.equal(
        Array.from({ length: listed }, (_, index) => index),
      );
    });
  }

  it("the summary says how many are left out", () => {
    expect(diagnosed(350).summary).to.match(/\b250\b/);
    expect(diagnosed(350).summary.length).to.be.at.most(60_000);
  });
});
