import { expect } from "chai";
import { caseOf } from "../../lib/report/caseOf.js";
import { report } from "../../lib/report/index.js";
import { reportCases } from "../../lib/report/reportCases.js";
import { aDiagnosis } from "./aDiagnosis.js";

describe("An index of many answers", () => {
  const of = (backupVaultName: string) => {
    const one = aDiagnosis();
    return { ...one, subject: { ...one.subject, principalArn, region: "us-west-2", backupVaultName } };
  };
  const rowsOf = (markdown: string) =>
    markdown.split("\n").filter((line) => /^\| \**(failed|passed|inconclusive)/.test(line));
  const principalArn = "arn:aws:iam::444455556666:role/Deployer";

  it("says once what all of them share, and in each row what is its own", () => {
    const markdown = report([of("daily"), of("weekly")], "markdown");

    expect(markdown).to.match(/^All of them: `principal arn:aws:iam::444455556666:role\/Deployer, Region us-west-2/m);
    expect(rowsOf(markdown).map((row) => row.split(" | ")[1])).to.deep.equal(["`vault daily`", "`vault weekly`"]);
    const [index = ""] = report([of("daily"), of("weekly")], "html").split("</table>");
    expect(index).to.include(`All of them: principal ${principalArn}`).and.to.include(">vault weekly</a>");
  });

  it("names those in full that differ in nothing", () => {
    const rows = rowsOf(report([of("daily"), of("daily")], "markdown"));

    for (const row of rows) expect(row).to.include(`principal ${principalArn}, vault daily`);
  });

  it("keeps the names that somebody gave their checks", () => {
    const cases = [of("daily"), of("weekly")].map((one, at) => ({ ...caseOf(one), name: `check ${at}` }));

    const markdown = reportCases(cases, "markdown");

    expect(rowsOf(markdown).map((row) => row.split(" | ")[1])).to.deep.equal(["`check 0`", "`check 1`"]);
    expect(markdown).not.to.include("All of them");
  });

  it("says of a single answer all there is", () => {
    expect(rowsOf(report(of("daily"), "markdown"))[0]).to.include(`principal ${principalArn}, vault daily`);
  });
});
