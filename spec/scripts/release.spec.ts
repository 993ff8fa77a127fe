import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const { leastBump, bumpOf } = (await import(new URL("../../scripts/release/leastBump.mjs", import.meta.url).href)) as {
  leastBump: (difference: string) => { bump: string };
  bumpOf: (last: string, next: string) => string;
};
const { released, notesOf } = (await import(new URL("../../scripts/release/notes.mjs", import.meta.url).href)) as {
  released: (changelog: string, version: string, date: string) => string;
  notesOf: (changelog: string, version: string) => string;
};

const changelog = "# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.1.0\n\nFirst.\n";

describe("A release", () => {
  for (const [what, lines, bump] of [
    ["nothing of the public surface changed", [], "patch"],
    ["a function came", ["+export function more(): void;"], "minor"],
    ["a function went", ["-export function less(): void;"], "major"],
    ["a parameter changed", ["-one(a: string): void;", "+one(a: number): void;"], "major"],
    ["the diagnosis has another version", ['+  "diagnosisVersion": 2'], "major"],
    ["only a comment of the report changed", ["-// (undocumented)", "+", "-```"], "patch"],
  ] as const) {
    it(`is at least a ${bump} one where ${what}`, () => {
      const difference = ["--- a/docs/api/index.api.md", "+++ b/docs/api/index.api.md", "@@ -1 +1 @@", ...lines].join(
        "\n",
      );

      expect(leastBump(difference).bump).to.equal(bump);
    });
  }

  it("comes after the last one", () => {
    expect(bumpOf("1.2.3", "2.0.0")).to.equal("major");
    expect(bumpOf("1.2.3", "1.3.0")).to.equal("minor");
    expect(bumpOf("1.2.3", "1.2.4")).to.equal("patch");
    for (const next of ["1.2.3", "1.2.2", "0.9.0", "1.3"])
      expect(() => bumpOf("1.2.3", next)).to.throw(/expected a version/);
  });

  it("dates what was unreleased, and tells exactly that as its notes", () => {
    const made = released(changelog, "1.0.0", "2026-12-01");

    expect(made).to.include("## Unreleased\n\n## 1.0.0 - 2026-12-01\n\n### Added\n\n- A thing.\n\n## 0.1.0");
    expect(notesOf(made, "1.0.0")).to.equal("### Added\n\n- A thing.\n");
  });

  it("is refused where there is nothing to release, or something is not built", () => {
    expect(() => released("## Unreleased\n\n## 0.1.0\n", "1.0.0", "2026-12-01")).to.throw(/nothing is unreleased/);
    expect(() =>
      released(changelog.replace("### Added", "### Specified, and not built yet"), "1.0.0", "2026-12-01"),
    ).to.throw(/not built yet/);
    expect(() => released(released(changelog, "1.0.0", "2026-12-01"), "1.0.0", "2026-12-02")).to.throw(/there already/);
  });

  it("finds the version wherever it stands", () => {
    const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
    const { version } = JSON.parse(read("package.json")) as { version: string };

    expect(read("lib/facts/toolVersion.ts")).to.include(`"${version}"`);
    expect(read("action.yml")).to.match(/default: backup-vault-access@\d+/);
    expect(read("package-lock.json")).to.include(`"version": "${version}"`);
  });

  it("says what is missing where it is asked for none", () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const asked = () =>
      execFileSync(process.execPath, ["scripts/release.mjs"], { cwd: root, encoding: "utf8", stdio: "pipe" });

    expect(asked).to.throw(/which version\?/);
  });
});
