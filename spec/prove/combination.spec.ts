import { expect } from "chai";
import { proveCombination } from "./proveCombination.js";
import { spaces } from "./spaces.js";

/** About as many situations of each space as a test run has time for; `npm run prove` goes through them all. */
const slice = 4_000;

describe("The combination of layers", function () {
  this.timeout(60_000);

  for (const space of spaces) {
    it(`is the oracle's own, suspects too, over a fixed slice: ${space.name}`, () => {
      const proof = proveCombination(space, stride(space.size));

      expect(proof.differences, `${proof.different} of ${proof.situations}`).to.deep.equal([]);
      expect(proof.situations).to.be.greaterThan(300);
    });
  }
});

/** Prime to the number of choices of every layer, so that a slice holds all of them. */
function stride(size: number): number {
  const least = Math.max(1, Math.floor(size / slice));
  return (
    [1, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 47, 97, 211, 997, 1_999, 4_001].find((prime) => prime >= least) ?? 4_001
  );
}
