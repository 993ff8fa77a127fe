import { expect } from "chai";
import { fuzz } from "./damagedSnapshots.js";

describe("damaged input", () => {
  it("never makes a diagnosis throw, and is refused only with a SnapshotFormatError", function () {
    this.timeout(240_000);
    const seed = Date.now() % 2 ** 31;

    const { accepted } = fuzz(3_000, seed);

    console.log(`      3000 damaged snapshots, seed ${seed}, ${accepted} of them diagnosed`);
    expect(accepted, "enough of them get past the door to test what is behind it").to.be.greaterThan(800);
  });
});
