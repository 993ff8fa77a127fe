import { expect } from "chai";
import fc from "fast-check";
import { matchesAny } from "../../lib/policy/matchesAny.js";
import { matchesPattern, wildcardPattern } from "../../lib/policy/wildcard.js";

describe("matchesAny", () => {
  it("says of any text and any patterns what asking each pattern says", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 5 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), fc.array(word, { minLength: 1, maxLength: 20 }), (all, texts) => {
        const patterns = all.map(wildcardPattern);
        const isMatch = matchesAny(patterns);

        for (const text of texts) {
          expect(isMatch(text)).to.equal(patterns.some((pattern) => matchesPattern(pattern, text)));
        }
      }),
      { seed: 20261126, numRuns: 2_000 },
    );
  });
});
