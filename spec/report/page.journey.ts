import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { report } from "../../lib/report/index.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { command } from "../cli/cli.js";
import { aDiagnosis } from "./aDiagnosis.js";
import { poison } from "./poison.js";

/*
 * The HTML report in a real browser: Debian's headless Chromium. Not part of `npm test`, because it needs one; a missing
 * one fails.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const browser = process.env.CHROMIUM ?? "chromium-headless-shell";

/** How somebody has their screen: what the browser is started with for it. */
const screens = {
  "in light": [],
  "in the dark": ["--blink-settings=preferredColorScheme=0"],
  "in colours forced by the system": ["--force-high-contrast"],
};

/** The page after the browser has read it. */
function rendered(file: string, settings: readonly string[] = []): string {
  const address = pathToFileURL(file).href;
  const { stdout, stderr, status, error } = spawnSync(
    browser,
    ["--no-sandbox", "--headless", "--virtual-time-budget=20000", ...settings, "--dump-dom", address],
    {
      encoding: "utf8",
    },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${browser} ended with ${status}: ${stderr}`);
  return stdout;
}

/** What axe finds on a page: its rules by name, with the first element that breaks each. */
function found(page: string, folder: string, settings: readonly string[]): string[] {
  const audit =
    'axe.run().then(({ violations }) => { document.body.textContent = "AXE" + JSON.stringify(violations.map(({ id, nodes }) => id + ": " + nodes[0].html)) + "END"; });';
  const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
  const audited = join(folder, "audited.html");
  // The page itself lets no script run.
  writeFileSync(
    audited,
    page
      .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
      .replace("</body>", () => `<script>${axe}</script><script>${audit}</script></body>`),
  );
  const [, told = '["axe said nothing"]'] = /AXE(.*)END/s.exec(rendered(audited, settings)) ?? [];
  return JSON.parse(told.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")) as string[];
}

const example = (name: string): Snapshot =>
  parseSnapshot(readFileSync(new URL(`../examples/${name}.snapshot.json`, import.meta.url), "utf8"));

/** Twelve vaults, of which some are refused. */
const many = ["service-control-policy-denies", "allowed", "mountcapsule-missing"].flatMap((name) =>
  Array.from({ length: 4 }, (_, at) => {
    const { request, ...rest } = example(name);
    return diagnose({ ...rest, request: { ...request, backupVaultName: `vault-${at}` } });
  }),
);

describe("In Chromium", function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "page-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("the HTML report shows every action and layer, and a hostile name as what it is", () => {
    const snapshot = readFileSync(
      new URL("../examples/service-control-policy-denies.snapshot.json", import.meta.url),
      "utf8",
    );
    const hostile = `<script>document.title = 'owned'</script><img src=x onerror="document.title = 'owned'">`;
    const page = join(folder, "report.html");
    const given = join(folder, "hostile.snapshot.json");
    writeFileSync(given, snapshot.replaceAll('"Guard"', JSON.stringify(hostile)));

    const { status } = spawnSync(
      process.execPath,
      [...command, "explain", "--snapshot", given, "--format", "html", "--output", page],
      { cwd: root, encoding: "utf8", env: { ...process.env, NODE_NO_WARNINGS: "1" } },
    );
    const dom = rendered(page);

    expect(status).to.equal(1);
    expect(dom).to.include("<title>Backup vault access: 0 passed, 1 failed, 0 inconclusive</title>");
    expect(dom).to.include("&lt;script&gt;document.title = 'owned'&lt;/script&gt;");
    expect(dom).to.not.match(/<script|<img|owned<\/title>/);
    expect(dom.match(/<th scope="row">/g)).to.have.length(7);
    expect(dom.match(/<th scope="col">/g)).to.have.length(10);
    expect(dom).to.include('aria-label="service-control-policy on backup:CreateBackupVault: blocks"');
  });

  it("commands, controls and markup in a diagnosis make no element, attribute or script of the HTML report", () => {
    const elements = (dom: string) =>
      [...dom.matchAll(/<([a-z][\w-]*)((?:\s+[\w-]+(?:="[^"]*")?)*)/g)].map(([all]) =>
        // A label is a text, and says what it is the label of.
        all.replace(/aria-label="[^"]*"/, "aria-label"),
      );
    const plainly = aDiagnosis();
    const harmless = aDiagnosis({
      blockers: plainly.blockers.map((blocker) => ({
        ...blocker,
        target: "r-ab12",
        policy: { name: "Guard", arn: "arn:aws:iam::444455556666:policy/Guard" },
        statement: { sid: "NoVaults", index: 0 },
      })),
      fixes: plainly.fixes.map((fix) => ({ ...fix, note: "It is so.", statement: { Sid: "NoVaults" } })),
      assumptions: ["It is so."],
    });
    const hostile = aDiagnosis({
      summary: poison,
      blockers: harmless.blockers.map((blocker) => ({
        ...blocker,
        reason: poison,
        target: poison,
        policy: { name: poison, arn: poison },
        statement: { sid: poison, index: 0 },
      })),
      fixes: harmless.fixes.map((fix) => ({ ...fix, title: poison, note: poison, statement: { Sid: poison } })),
      actions: harmless.actions.map((action) => ({ ...action, action: poison, resource: poison })),
      assumptions: [poison],
    });
    const pages = [harmless, hostile].map((diagnosis, index) => {
      const page = join(folder, `page-${index}.html`);
      writeFileSync(page, report(diagnosis, "html"));
      return rendered(page);
    });

    const [plain, poisoned] = pages;

    expect(poisoned).to.include("&lt;script&gt;owned()&lt;/script&gt;");
    expect(elements(poisoned ?? "")).to.eql(elements(plain ?? ""));
  });

  for (const [what, page] of [
    [
      "a blocked vault",
      () => report(diagnose(example("network-perimeter")), "html", { snapshot: example("network-perimeter") }),
    ],
    ["an open question", () => report(diagnose({ ...example("allowed"), key: { status: "notRead" } }), "html")],
    ["a vault that can be created", () => report(diagnose(example("allowed")), "html")],
    ["twelve of them", () => report(many, "html")],
  ] as const) {
    for (const [screen, settings] of Object.entries(screens)) {
      it(`the page of ${what} has nothing that keeps people out ${screen}, as far as axe can tell`, () => {
        expect(found(page(), folder, settings)).to.eql([]);
      });
    }
  }
});
