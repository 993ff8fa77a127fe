import { expect } from "chai";
import type { ReportCase } from "../../lib/report/ReportCase.js";
import { reportGithub } from "../../lib/report/reportGithub.js";
import { reportJunit } from "../../lib/report/reportJunit.js";

const cases: ReportCase[] = [
  { name: "Deployer may create", status: "passed", text: null, milliseconds: 1500 },
  { name: "Intern may not", status: "failed", text: "Expected <this> & that.\n\n  100% of it", milliseconds: 20 },
  { name: "Office, maybe: so", status: "inconclusive", text: "Missing:\n  - aws:SourceIp" },
];

describe("Cases as JUnit XML", () => {
  it("count, name and explain what passed, failed and is inconclusive", () => {
    expect(reportJunit(cases)).to.equal(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="backup-vault-access" tests="3" failures="1" errors="1" time="1.520">
  <testsuite name="Backup vault access" tests="3" failures="1" errors="1" time="1.520">
    <testcase classname="backup-vault-access" name="Deployer may create" time="1.500"/>
    <testcase classname="backup-vault-access" name="Intern may not" time="0.020">
      <failure type="failed" message="Expected &lt;this&gt; &amp; that.">Expected &lt;this&gt; &amp; that.

  100% of it</failure>
    </testcase>
    <testcase classname="backup-vault-access" name="Office, maybe: so" time="0.000">
      <error type="inconclusive" message="Missing:">Missing:
  - aws:SourceIp</error>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it("hold nothing that XML has no place for, and nothing that ends an attribute", () => {
    const xml = reportJunit([{ name: 'a"b\u0000\u001B[31m\uFFFE\uD800c', status: "failed", text: "]]>\u0007" }]);

    expect(xml).to.include('name="a&quot;b\uFFFD\uFFFD[31m\uFFFD\uFFFDc"').and.to.include("]]&gt;\uFFFD</failure>");
  });
});

describe("Cases as GitHub's workflow commands", () => {
  it("annotate what failed and what is inconclusive, each on one line", () => {
    expect(reportGithub(cases)).to.equal(`::error title=Intern may not::Expected <this> & that.%0A%0A  100%25 of it
::warning title=Office%2C maybe%3A so::Missing:%0A  - aws:SourceIp
backup-vault-access: 1 passed, 1 failed, 1 inconclusive
`);
  });

  it("let no name smuggle in a command of its own", () => {
    const told = reportGithub([
      { name: "x\n::add-mask::y\r::stop-commands::z", status: "failed", text: "a\n::error::b" },
    ]);

    expect(told.split(/[\r\n]/).filter((line) => line.startsWith("::"))).to.have.length(1);
  });
});
