import { expect } from "chai";
import { matchesBeginning } from "../../lib/policy/matchesBeginning.js";
import { wildcardPattern } from "../../lib/policy/wildcard.js";

describe("Of the texts that begin with vpce- and go on for two characters or more, a pattern matches", () => {
  for (const [pattern, expected] of [
    ["*", "all"],
    ["vpce-*", "all"],
    ["vpce-??*", "all"],
    ["v?ce*??", "all"],
    ["vpce-???*", "some"],
    ["vpce-??", "some"],
    ["vpce-1*", "some"],
    ["*7", "some"],
    ["vpce-", "none"],
    ["vpc-*", "none"],
    ["", "none"],
  ] as const) {
    it(`${pattern || "nothing"}: ${expected}`, () => {
      expect(matchesBeginning(wildcardPattern(pattern), "vpce-")).to.equal(expected);
    });
  }
});
