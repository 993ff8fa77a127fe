import { readFileSync } from "node:fs";
import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { caseOf } from "../../lib/report/caseOf.js";
import type { ReportCase } from "../../lib/report/ReportCase.js";
import { reportGithub } from "../../lib/report/reportGithub.js";
import { reportHtml } from "../../lib/report/reportHtml.js";
import { reportJunit } from "../../lib/report/reportJunit.js";
import { reportMarkdown } from "../../lib/report/reportMarkdown.js";
import { reportSarif } from "../../lib/report/reportSarif.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { junitFaults } from "./junitFaults.js";

const diagnosed = (example: string) =>
  diagnose(parseSnapshot(readFileSync(new URL(`../examples/${example}.snapshot.json`, import.meta.url), "utf8")));

const cases: ReportCase[] = [
  { name: "Deployer may create", status: "passed", text: null, diagnosis: diagnosed("allowed"), milliseconds: 1500 },
  {
    name: "Intern may not",
    status: "failed",
    text: "Expected <this> & that.\n\n  100% of it",
    diagnosis: diagnosed("service-control-policy-denies"),
    milliseconds: 20,
  },
  {
    name: "Office, maybe: so",
    status: "inconclusive",
    text: "Missing:\n  - aws:SourceIp",
    diagnosis: diagnosed("network-perimeter"),
  },
];

/** A refusal whose evidence a session of this name read. */
const readBy = (session: string) =>
  caseOf({
    ...diagnosed("service-control-policy-denies"),
    evidence: [
      {
        call: "sts:GetCallerIdentity",
        status: "answered",
        detail: `arn:aws:sts::444455556666:assumed-role/Auditor/${session}`,
      },
    ],
  });

describe("A refusal that is found again by another session", () => {
  const [first, second] = ["run-1", "run-2"].map(readBy);
  if (first === undefined || second === undefined) throw new Error("two cases");

  it("is the same test in JUnit XML, which still tells as whom the evidence was read", () => {
    const [xml, other] = [first, second].map((one) => reportJunit([one]));

    expect(/ name="principal [^"]*"/.exec(xml ?? "")?.[0])
      .to.be.a("string")
      .and.equal(/ name="principal [^"]*"/.exec(other ?? "")?.[0]);
    expect(xml).to.match(/<system-out>principal .*Auditor\/run-1<\/system-out>/);
    expect(junitFaults(xml ?? "")).to.deep.equal([]);
    expect(reportJunit([{ ...first, status: "passed", text: null }])).to.match(/<system-out>principal .*run-1/);
  });

  it("is the same alert in SARIF", () => {
    const prints = [first, second].map((one) => /"primaryLocationLineHash": "(.*)"/.exec(reportSarif([one]))?.[1]);

    expect(prints[0]).to.be.a("string").and.equal(prints[1]);
  });
});

describe("Cases as JUnit XML", () => {
  it("are valid by the schema that Jenkins checks such files with, also where there are none", () => {
    expect(junitFaults(reportJunit(cases))).to.deep.equal([]);
    expect(junitFaults(reportJunit([]))).to.deep.equal([]);
    expect(junitFaults(reportJunit(cases).replaceAll("testcase", "case"))).to.not.deep.equal([]);
  });

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
    const xml = reportJunit([
      {
        name: 'a"b\u0000\u001B[31m\uFFFE\uD800c',
        status: "failed",
        text: "]]>\u0007",
        diagnosis: diagnosed("allowed"),
      },
    ]);

    expect(xml).to.include('name="a&quot;b [31m\uFFFD c"').and.to.include("]]&gt;</failure>");
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
      {
        name: "x\n::add-mask::y\r::stop-commands::z",
        status: "failed",
        text: "a\n::error::b",
        diagnosis: diagnosed("allowed"),
      },
    ]);

    expect(told.split(/[\r\n]/).filter((line) => line.startsWith("::"))).to.have.length(1);
  });
});

describe("Cases as Markdown", () => {
  it("are a table, and what did not pass in code blocks", () => {
    expect(reportMarkdown(cases)).to.equal(`# Backup vault access

1 passed, 1 failed, 1 inconclusive

| result | check | blocking layer |
| --- | --- | --- |
| **failed** | \`Intern may not\` | service-control-policy |
| **inconclusive** | \`Office, maybe: so\` | service-control-policy |
| passed | \`Deployer may create\` |  |

## \`Intern may not\`

\`\`\`text
Expected <this> & that.

  100% of it
\`\`\`

## \`Office, maybe: so\`

\`\`\`text
Missing:
  - aws:SourceIp
\`\`\`
`);
  });

  it("let no name or text leave its code, add a column or a line", () => {
    const told = reportMarkdown([
      {
        name: "`</code> | @everyone\n# ![x](http://x) ``",
        status: "failed",
        text: "````\n# free\n~~~~~",
        diagnosis: diagnosed("allowed"),
      },
    ]);

    expect(told).to.include("| **failed** | ``` `</code> \\| @everyone # ![x](http://x) `` ``` |  |\n");
    expect(told).to.include("## ``` `</code> | @everyone # ![x](http://x) `` ```\n");
    expect(told).to.include("`````text\n````\n# free\n~~~~~\n`````\n");
  });
});

describe("Cases as Markdown that are too many or too long for a comment of GitHub", () => {
  const [, failed] = cases;
  if (failed === undefined) throw new Error("a case that failed");
  /** What GitHub takes as a comment: its API answers more with "Body is too long (maximum is 65536 characters)". */
  const longest = 65_536;

  it("fit into one, tell what failed first and count the rest", () => {
    const some = Array.from({ length: 3000 }, (_, at) => ({
      ...failed,
      name: `vault ${at}`,
      text: "Denied. ".repeat(99),
    }));
    const told = reportMarkdown([...cases.slice(0, 1), ...some]);

    expect(told).to.have.length.within(longest / 2, longest);
    expect(told).to.match(/^\| \*\*failed\*\* \| `vault 0` \|/m);
    expect(told).to.match(/^## `vault 0`$/m);
    expect(told).to.match(/^Of 3001, \d+ stand in the table and \d+ below it: /m);
    expect(told.match(/^```/gm)?.length ?? 1).to.satisfy((fences: number) => fences % 2 === 0);
  });

  for (const [what, text] of [
    ["words", "Denied. ".repeat(20_000)],
    ["fences", "`".repeat(100_000)],
  ] as const) {
    it(`tell the beginning of one answer that is too long: ${what}`, () => {
      const told = reportMarkdown([{ ...failed, text }]);

      expect(told).to.have.length.within(longest / 4, longest);
      expect(told).to.include("\n(The rest is too long for a comment.)\n```");
    });
  }
});

describe("Cases as SARIF", () => {
  interface Log {
    version: string;
    runs: {
      tool: { driver: { name: string; rules: { id: string }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: {
          physicalLocation?: { artifactLocation: { uri: string } };
          logicalLocations?: { fullyQualifiedName: string }[];
        }[];
      }[];
    }[];
  }
  const logOf = (some: ReportCase[]) => JSON.parse(reportSarif(some)) as Log;

  it("are an error for what failed and a warning for what is inconclusive, each by a rule that is listed", () => {
    const { version, runs } = logOf(cases);

    expect(version).to.equal("2.1.0");
    const [run] = runs;
    expect(run?.results.map(({ ruleId, level }) => [ruleId, level])).to.deep.equal([
      ["service-control-policy", "error"],
      ["inconclusive", "warning"],
    ]);
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).to.equal(ruleId);
    }
  });

  it("name the policy that blocks and the file that was checked, as a relative address", () => {
    const [, failed] = cases;
    if (failed === undefined) throw new Error("there is a case that failed");

    const [result] = logOf([{ ...failed, file: "a folder/ä.json" }]).runs[0]?.results ?? [];

    expect(result?.locations).to.deep.equal([
      {
        physicalLocation: {
          artifactLocation: { uri: "a%20folder/%C3%A4.json" },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
        },
        logicalLocations: [
          {
            fullyQualifiedName:
              "arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-guard",
            kind: "resource",
          },
        ],
      },
    ]);
    expect(result?.message.text).to.match(
      /^Intern may not\n\nExpected <this> & that\.\n\nFix \(proven\): In the service/,
    );
  });

  it("call it by its name where a vault can be created against what was expected", () => {
    const [result] =
      logOf([{ name: "x", status: "failed", text: "Expected blocked.", diagnosis: diagnosed("allowed") }]).runs[0]
        ?.results ?? [];

    expect(result?.ruleId).to.equal("unexpectedly-allowed");
  });

  it("name one file alike, however it was written on the command line", () => {
    const [failed] = cases.filter(({ status }) => status === "failed");
    if (failed === undefined) throw new Error("a case that failed");
    const uris = ["policies/guard.tf", "./policies/guard.tf", "policies/../policies//guard.tf"].map(
      (file) => /"uri": "(.*)"/.exec(reportSarif([{ ...failed, file }]))?.[1],
    );

    expect(uris).to.deep.equal(Array.from({ length: 3 }, () => "policies/guard.tf"));
  });

  it("make no links and no places of names", () => {
    const name = "[here](http://evil.example) {0}";
    const [result] =
      logOf([{ name, status: "failed", text: "", diagnosis: diagnosed("allowed") }]).runs[0]?.results ?? [];

    expect(result?.message.text).to.equal("\\[here\\](http://evil.example) {{0}}");
  });
});

describe("Cases as an HTML page", () => {
  it("show names as text, run no script and load nothing", () => {
    const name = `<script>alert(1)</script><img src=x onerror="alert(1)">'`;
    const page = reportHtml([{ name, status: "failed", text: "</pre><b>", diagnosis: diagnosed("allowed") }]);

    expect(page).to.include("&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;");
    expect(page).to.include("&lt;/pre&gt;&lt;b&gt;</pre>");
    expect(page).to.not.match(/<(script|img|link|iframe)/);
    expect(page).to.include("default-src 'none'");
  });
});
