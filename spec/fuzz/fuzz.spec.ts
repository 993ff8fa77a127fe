import { expect } from "chai";
import { runs } from "../random/runs.js";
import { fuzz } from "./damagedSnapshots.js";

describe("damaged input", () => {
  it("never makes a diagnosis throw, and is refused only with a SnapshotFormatError", function () {
    this.timeout(240_000);
    const seed = Date.now() % 2 ** 31;

    const tried = runs(6_000);
    const { accepted } = fuzz(tried, seed);

    console.log(`      ${tried} damaged snapshots, seed ${seed}, ${accepted} of them diagnosed`);
    expect(accepted, "enough of them get past the door to test what is behind it").to.be.greaterThan(tried / 4);
  });
});
