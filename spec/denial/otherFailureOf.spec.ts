import { readFileSync } from "node:fs";
import { expect } from "chai";
import { readDenials } from "../../lib/denial/readDenials.js";

/**
 * Texts of failures that are no refusal for lack of rights, as tools print them. `source` is where the words or their form are
 * published; `told` is by which name they are told, null where they say nothing of AWS.
 */
const failures = JSON.parse(readFileSync(new URL("otherFailures.json", import.meta.url), "utf8")) as {
  tool: string;
  source: string;
  text: string;
  told: string | null;
}[];

describe("A failure that is no refusal", () => {
  for (const { tool, text, told } of failures) {
    it(`is told as what it is: ${tool}`, () => {
      const { denials, otherFailure } = readDenials(text);

      expect(denials).to.deep.equal([]);
      expect(otherFailure?.name ?? null).to.equal(told);
    });
  }

  it("is told as what it is where a terminal broke its lines, in a box and behind a log's times", () => {
    for (const { tool, text, told } of failures) {
      for (let columns = 30; columns <= 160; columns += 13) {
        const broken = text.split("\n").flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, "gu")) ?? [""]);
        for (const around of ["", "│ ", "2026-11-26T10:15:30.123Z "]) {
          const { denials, otherFailure } = readDenials(broken.map((line) => around + line).join("\n"));

          expect([denials.length, otherFailure?.name ?? null], `${tool}, ${columns}`).to.deep.equal([0, told]);
        }
      }
    }
  });

  it("is none where its name is within another word", () => {
    expect(readDenials("arn:aws:iam::111122223333:role/NoThrottlingHere, IsExpiredTokenOk").otherFailure).to.equal(
      null,
    );
  });

  it("tells AWS's words behind its name", () => {
    const { otherFailure } = readDenials(
      "An error occurred (RequestExpired) when calling the CreateBackupVault operation: late",
    );

    expect(otherFailure?.words).to.equal("RequestExpired) when calling the CreateBackupVault operation: late");
  });
});
