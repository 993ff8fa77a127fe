import { readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { expect } from "chai";
import { XmlDocument } from "libxml2-wasm";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { diagnose } from "../../lib/diagnose.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { type ReportFormat, report, reportFormats } from "../../lib/report/index.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { aDiagnosis } from "./aDiagnosis.js";
import { junitFaults } from "./junitFaults.js";
import { poison, poisonedOnce } from "./poison.js";

const examples = ["service-control-policy-denies", "mountcapsule-missing", "network-perimeter", "allowed"];

/** Every example with every one of its texts hostile, as far as a snapshot may hold it and a diagnosis tells it. */
const diagnosed: { diagnosis: Diagnosis; snapshot?: Snapshot }[] = examples.flatMap((name) => {
  const text = readFileSync(new URL(`../examples/${name}.snapshot.json`, import.meta.url), "utf8");
  return [...poisonedOnce(JSON.parse(text))].flatMap((poisoned) => {
    try {
      const snapshot = parseSnapshot(poisoned as object);
      const diagnosis = diagnose(snapshot);
      const isTold = JSON.stringify(diagnosis).includes("buildStop");
      // The page shows the texts of the policies that block.
      return isTold || diagnosis.blockers.length > 0 ? [{ diagnosis, snapshot }] : [];
    } catch {
      return [];
    }
  });
});

/** And one by hand in which every free text is hostile at once. */
const fixed = /^(outcome|blockingLayer|layer|effect|certainty|owner|change|verdict|status|policies|simulator)$/;
const throughout = JSON.parse(JSON.stringify(aDiagnosis()), (key, value: unknown) =>
  typeof value === "string" && !fixed.test(key) && value !== "policies" ? `${poison} ${value} ${poison}` : value,
) as Diagnosis;

const all = [{ diagnosis: throughout }, ...diagnosed];

/** Fails by the diagnosis that it fails on, not by a page of text. */
function each(format: ReportFormat, check: (text: string, diagnosis: Diagnosis) => void): void {
  for (const { diagnosis, ...more } of all) check(report(diagnosis, format, more), diagnosis);
}

describe("Of a snapshot in which somebody hid commands, controls and markup", function () {
  this.timeout(60_000);

  it("there is enough that reaches a report to say something", () => {
    expect(diagnosed.length).to.be.greaterThan(50);
  });

  for (const format of reportFormats) {
    it(`the ${format} report is obeyed by no terminal and no CI system`, () => {
      each(format, (text) => {
        expect(text).to.not.match(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
        expect(text).to.not.match(/##[\w.-]*\[/);
        const commands = text.split("\n").filter((line) => line.trimStart().startsWith("::"));
        for (const line of commands) expect(line).to.match(format === "github" ? /^::(error|warning) title=/ : /^$/);
        expect(commands.length).to.be.lessThan(2);
      });
    });
  }

  it("JSON says every text as it was", () => {
    const same = (text: string, diagnosis: Diagnosis) =>
      expect(JSON.stringify(JSON.parse(text))).to.equal(JSON.stringify(diagnosis));
    each("json", same);
    each("ndjson", (text, diagnosis) => {
      expect(text.trimEnd()).to.not.include("\n");
      same(text, diagnosis);
    });
  });

  it("JUnit's XML is valid by Jenkins's schema and has no more cases, elements and attributes than ours", () => {
    each("junit", (text, { outcome }) => {
      expect(junitFaults(text)).to.eql([]);
      const document = XmlDocument.fromString(text);
      const names = document.find("//*").map((node) => ("name" in node ? node.name : ""));
      expect(names).to.eql([
        "testsuites",
        "testsuite",
        "testcase",
        ...(outcome === "allowed" ? [] : [outcome === "blocked" ? "failure" : "error"]),
      ]);
      document.dispose();
    });
  });

  it("SARIF keeps to its schema, and its messages make no links", () => {
    const schema = JSON.parse(
      readFileSync(new URL("data/sarif-2.1.0-rtm.5.schema.json", import.meta.url), "utf8"),
    ) as object;
    const isSarif = new Ajv.default({ strict: false, unicodeRegExp: false, formats: { ...fullFormats } }).compile(
      schema,
    );
    each("sarif", (text) => {
      const log = JSON.parse(text) as { runs: { results: { message: { text: string } }[] }[] };
      expect(isSarif(log), JSON.stringify(isSarif.errors)).to.equal(true);
      for (const { message } of log.runs.flatMap(({ results }) => results)) {
        expect(message.text).to.not.match(/(^|[^\\])(\\\\)*\[/);
      }
    });
  });

  it("Markdown shows it as code: no link, picture, mention, heading, row or HTML of its own", () => {
    each("markdown", (text, { outcome }) => {
      const html = micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
      const tags = [...html.matchAll(/<([a-z][\w-]*)/g)].map(([, tag]) => tag);
      expect(tags).to.eql([
        ..."h1 p table thead tr th th th tbody tr td".split(" "),
        ...(outcome === "allowed" ? ["td", "code", "td"] : ["strong", "td", "code", "td", "h2", "code", "pre", "code"]),
      ]);
      expect(html.replace(/<code.*?<\/code>/gs, "")).to.not.include("@everyone");
    });
  });

  it("the HTML page has no element and attribute of theirs", () => {
    each("html", (text) => {
      expect(text).to.not.match(/<(script|img|a|link|iframe|form|meta http-equiv="refresh)\b/i);
      expect(text).to.include("default-src 'none'");
    });
  });
});

describe("Several diagnoses", () => {
  const allowed = aDiagnosis({ outcome: "allowed", summary: "Nothing blocks." });
  const blocked = aDiagnosis();

  it("are reported with those that are blocked first", () => {
    const text = report([allowed, blocked], "text");

    expect(text.indexOf("The guardrail denies it.")).to.be.lessThan(text.indexOf("Nothing blocks."));
    expect(text).to.match(/\n1 passed, 1 failed, 0 inconclusive\n$/);
  });

  it("stand in JSON in the order in which they were asked, a line each as ndjson", () => {
    expect(JSON.parse(report([allowed, blocked], "json"))).to.eql({ diagnoses: [allowed, blocked] });
    expect(
      report([allowed, blocked], "ndjson")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).to.eql([allowed, blocked]);
  });

  it("are one document in every other format", () => {
    for (const format of ["junit", "sarif", "html", "markdown", "github"] as const) {
      expect(report([allowed, blocked], format), format).to.include("service-control-policy");
    }
  });
});
