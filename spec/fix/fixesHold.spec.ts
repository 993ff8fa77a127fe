import { expect } from "chai";
import { holdFixes } from "./fixesHold.js";

// specification, rule 15; npm run fuzz:fixes does the same over 5,000
describe("The fixes of random blocked snapshots", function () {
  this.timeout(120_000);

  for (const seed of [15, Date.now() % 2 ** 31]) {
    it(`are made as they are told, and keep what they promise, by the oracle as well (seed ${seed})`, () => {
      const seen = holdFixes(30, seed);

      console.log(`      ${JSON.stringify(seen)}`);
      expect(seen.verified).to.be.greaterThan(seen.blockers / 2);
    });
  }
});
