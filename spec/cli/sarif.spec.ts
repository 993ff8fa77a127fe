import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Ajv from "ajv-draft-04";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { expect } from "chai";
import { planPlaces } from "../../lib/cli/filePlaces.js";
import { forecastOf } from "../../lib/cli/forecastOf.js";
import { plannedFiles, vaultsIn } from "../../lib/cli/plannedFiles.js";
import { diagnose } from "../../lib/diagnose.js";
import { parseSnapshot } from "../../lib/index.js";
import { report } from "../../lib/report/report.js";
import { cli } from "./cli.js";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const example = (name: string) => here(`../examples/${name}.snapshot.json`);
const io = { stdout: () => {}, stderr: () => {}, stdin: async () => "", env: {}, isTerminal: false };

interface Region {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
}
interface Log {
  $schema: string;
  version: string;
  runs: {
    tool: { driver: { name: string; semanticVersion: string; rules: Record<string, unknown>[] } };
    results: {
      ruleId: string;
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: Region } }[];
      partialFingerprints: { primaryLocationLineHash: string };
    }[];
  }[];
}

const schema = JSON.parse(
  readFileSync(new URL("../report/data/sarif-2.1.0-rtm.5.schema.json", import.meta.url), "utf8"),
);
const isSarif = new Ajv.default({ strict: false, unicodeRegExp: false, formats: { ...fullFormats } }).compile(schema);

/** What GitHub's page on SARIF calls required of what it shows. */
function expectFit(log: Log): void {
  expect(isSarif(log), JSON.stringify(isSarif.errors)).to.equal(true);
  expect(log.version).to.equal("2.1.0");
  expect(log.$schema).to.match(/sarif/);
  for (const { tool, results } of log.runs) {
    expect(tool.driver.semanticVersion).to.match(/^\d+\.\d+\.\d+/);
    for (const rule of tool.driver.rules) {
      for (const path of ["id", "shortDescription.text", "fullDescription.text", "help.text", "help.markdown"]) {
        expect(rule).to.have.nested.property(path).that.is.a("string").and.not.equals("");
      }
      expect(String((rule.fullDescription as { text: string }).text).length).to.be.at.most(1024);
      expect(rule).to.have.nested.property("defaultConfiguration.level").that.is.oneOf(["error", "warning"]);
    }
    for (const { message, locations, partialFingerprints, ruleId } of results) {
      expect(tool.driver.rules.map(({ id }) => id)).to.include(ruleId);
      expect(message.text).not.to.equal("");
      expect(partialFingerprints.primaryLocationLineHash).to.match(/^[0-9a-f]{16}:1$/);
      expect(locations).to.have.length.within(1, 10);
      for (const { physicalLocation } of locations) {
        const { region, artifactLocation } = physicalLocation;
        expect(artifactLocation.uri).to.match(/^(?![a-z]:|\/)|^file:/);
        expect(region.startLine).to.be.at.least(1);
        expect(region.endLine).to.equal(region.startLine);
        expect(region.endColumn).to.be.greaterThan(region.startColumn);
      }
    }
  }
}

/** The text at a result's place, up to the end of the line. */
function textAt(log: Log, file: string): string {
  const [result] = log.runs[0]?.results ?? [];
  const region = result?.locations[0]?.physicalLocation.region;
  const line = readFileSync(file, "utf8").split("\n")[(region?.startLine ?? 0) - 1] ?? "";
  return line.slice((region?.startColumn ?? 1) - 1, (region?.endColumn ?? 1) - 1);
}

async function explained(...args: string[]): Promise<Log> {
  const { stdout } = await cli(["explain", ...args, "--format", "sarif"]);
  const log = JSON.parse(stdout) as Log;
  expectFit(log);
  return log;
}

describe("SARIF as GitHub's code scanning takes it", () => {
  for (const name of [
    "mountcapsule-missing",
    "network-perimeter",
    "denial-message-names-policy",
    "key-policy-names-nobody",
    "boundary-lacks-backup-storage",
    "service-control-policy-denies",
    "allowed",
  ]) {
    it(`is by its schema, and has what GitHub requires: ${name}`, () => explained("--snapshot", example(name)));
  }

  it("of a refusal's text alone, too", () => explained("--error", here("golden/terraform.txt")));

  it("points at the statement in the snapshot", async () => {
    const file = example("service-control-policy-denies");
    const log = await explained("--snapshot", file);

    const { startLine = 0 } = log.runs[0]?.results[0]?.locations[0]?.physicalLocation.region ?? {};
    expect(
      readFileSync(file, "utf8")
        .split("\n")
        .slice(startLine - 1, startLine + 3)
        .join("\n"),
    ).to.match(/"Sid": "NoVaults"/);
  });

  it("points at what is silent: the key's policy, the boundary, the identity policies", async () => {
    const at = async (name: string) => textAt(await explained("--snapshot", example(name)), example(name)).trim();

    expect(await at("mountcapsule-missing")).to.match(/^"identity":/);
    expect(await at("key-policy-names-nobody")).to.match(/^"value":/);
    expect(await at("boundary-lacks-backup-storage")).to.match(/^"value":/);
  });

  it("points into the file that --policy-file names, in whatever language it is written", async () => {
    const file = here("policies/guard.tf");
    const log = await explained(
      "--snapshot",
      example("service-control-policy-denies"),
      "--policy-file",
      `Guard=${file}`,
    );

    expect(log.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).to.match(/guard\.tf$/);
    expect(textAt(log, file)).to.equal('"NoVaults"');
  });

  for (const [given, words] of [
    ["Guard", /--policy-file Guard: expected NAME=PATH/],
    ["Guard=nowhere.json", /--policy-file nowhere\.json: could not be read/],
  ] as const) {
    it(`refuses --policy-file ${given}`, async () => {
      const { stderr, code } = await cli(["explain", "--snapshot", example("allowed"), "--policy-file", given]);
      expect(stderr).to.match(words);
      expect(code).to.equal(3);
    });
  }

  it("has the same fingerprint each time, and another for another vault", async () => {
    const [first, again, other] = await Promise.all(
      ["service-control-policy-denies", "service-control-policy-denies", "key-policy-names-nobody"].map((name) =>
        explained("--snapshot", example(name)),
      ),
    );
    const hash = (log?: Log) => log?.runs[0]?.results[0]?.partialFingerprints.primaryLocationLineHash;

    expect(hash(first)).to.equal(hash(again));
    expect(hash(first)).not.to.equal(hash(other));
  });

  for (const [file, told] of [
    ["template-names-nobody.json", '"KeyPolicy": {'],
    ["own-key.yaml", "KeyPolicy:"],
    ["key-names-nobody.json", "{"],
  ] as const) {
    it(`points at the key's policy, or the key, in a plan: ${file}`, async () => {
      const path = here(`../plan/data/${file}`);
      const files = await plannedFiles(path, io);
      const { vaults } = vaultsIn(files, { partition: "aws", accountId: "444455556666", region: "us-west-2" }, {});
      const [vault] = vaults;
      if (vault === undefined) throw new Error("there is a vault");
      const snapshot = parseSnapshot(readFileSync(example("key-policy-names-nobody"), "utf8"));
      const texts = new Map(files.map((one) => [one.file, one.text]));

      const log = JSON.parse(
        report(forecastOf(diagnose(snapshot), vault), "sarif", { placeOf: planPlaces(vaults, texts) }),
      ) as Log;

      expectFit(log);
      expect(textAt(log, path)).to.equal(told);
    });
  }

  it("points at the vault in a plan where another layer refuses it", async () => {
    const path = here("../plan/data/own-key.yaml");
    const files = await plannedFiles(path, io);
    const { vaults } = vaultsIn(files, { partition: "aws", accountId: "444455556666", region: "us-west-2" }, {});
    const snapshot = parseSnapshot(readFileSync(example("service-control-policy-denies"), "utf8"));
    const [vault] = vaults;
    if (vault === undefined) throw new Error("there is a vault");
    const texts = new Map(files.map((one) => [one.file, one.text]));

    const log = JSON.parse(
      report(forecastOf(diagnose(snapshot), vault), "sarif", { placeOf: planPlaces(vaults, texts) }),
    ) as Log;

    expect(textAt(log, path)).to.equal("Vault:");
  });
});
