import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { expect } from "chai";
import { keyArn } from "../emulator/worlds.js";
import { command } from "./cli.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const example = join(root, "spec/examples/mountcapsule-missing.snapshot.json");

/** The end of an input that is empty, as terminals echo it. */
const eof = "^@";

/** Whatever whoever runs the specs wishes of colours. */
const { NO_COLOR: _no, FORCE_COLOR: _force, ...unstyled } = process.env;
const env = { ...unstyled, NODE_NO_WARNINGS: "1", TERM: "xterm-256color" };

/** What a person sees on a real terminal, by `script`, which gives a program one. */
function typed(...args: string[]): { text: string; code: number | null } {
  const line = [process.execPath, ...command, ...args].map((word) => `'${word}'`).join(" ");
  const { stdout, status } = spawnSync("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
    cwd: root,
    encoding: "utf8",
    input: "",
    env,
  });
  return { text: stdout, code: status };
}

/** What is read on a terminal of so many columns, without colours. */
function onColumns(columns: number, ...args: string[]): string[] {
  const words = [process.execPath, ...command, ...args].map((word) => `'${word}'`).join(" ");
  const { stdout } = spawnSync(
    "script",
    ["--quiet", "--return", "--command", `stty cols ${columns}; ${words}`, "/dev/null"],
    { cwd: root, encoding: "utf8", input: "", env },
  );
  return stripVTControlCharacters(stdout.replace(eof, "")).split(/\r?\n/);
}

describe("On a terminal", function () {
  this.timeout(60_000);

  for (const columns of [80, 120]) {
    for (const name of ["network-perimeter", "mountcapsule-missing", "service-control-policy-denies"]) {
      it(`of ${columns} columns ${name} is wrapped between words, and says the same as without a terminal`, () => {
        const file = join(root, `spec/examples/${name}.snapshot.json`);
        const plain = spawnSync(process.execPath, [...command, "explain", "--snapshot", file], {
          cwd: root,
          encoding: "utf8",
          env,
        });

        const lines = onColumns(columns, "explain", "--snapshot", file);

        // What sticks out is one word, as an ARN, or a command or a line of JSON, which must stay whole to be pasted.
        const isMember = (line: string) => /^ *"[^"]*": "[^"]*",?$/.test(line);
        const commands = plain.stdout.split("\n").filter((line) => /^ {6}(aws|backup-vault-access) /.test(line));
        const tooWide = lines.filter((line) => line.length > columns && !commands.includes(line) && !isMember(line));
        for (const line of tooWide)
          expect(
            line
              .trim()
              .replace(/^(- |[a-z]+ +)/, "")
              .split(" "),
          ).to.have.length(1);
        expect(lines.some((line) => line.length > columns / 2)).to.equal(true);
        for (const line of commands) expect(lines).to.include(line);
        const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");
        expect(words(lines.join("\n"))).to.deep.equal(words(plain.stdout));
      });
    }
  }

  it("FORCE_COLOR colours what goes elsewhere, NO_COLOR takes colours away, and FORCE_COLOR=0, too", () => {
    const piped = (env: Record<string, string>) =>
      spawnSync(process.execPath, [...command, "explain", "--snapshot", example], {
        cwd: root,
        encoding: "utf8",
        env: { PATH: process.env.PATH ?? "", NODE_NO_WARNINGS: "1", ...env },
      }).stdout;

    expect(piped({})).not.to.include("\u001B[");
    expect(piped({ FORCE_COLOR: "1" })).to.include("\u001B[31mblocked");
    expect(piped({ FORCE_COLOR: "0" })).not.to.include("\u001B[");
    expect(piped({ NO_COLOR: "1" })).not.to.include("\u001B[");
  });

  it("explain is coloured", () => {
    const { text, code } = typed("explain", "--snapshot", example);

    expect(text).to.include("\u001B[31mblocked\u001B[39m");
    expect(code).to.equal(1);
  });

  it("explain --no-color is not", () => {
    expect(typed("--no-color", "explain", "--snapshot", example).text).not.to.include("\u001B[");
  });

  it("what cannot be written ends with 4 and is told, never with an answer's code", () => {
    const line = [process.execPath, ...command, "explain", "--snapshot", example].map((word) => `'${word}'`).join(" ");

    const { stderr, status } = spawnSync("sh", ["-c", `${line} > /dev/full`], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
    });

    expect(stderr).to.match(/^error: stdout could not be written \(ENOSPC/);
    expect(stderr).to.not.include("    at ");
    expect(status).to.equal(4);
  });

  it("test shows how far it is on one line, and takes that line away before the results", () => {
    const folder = mkdtempSync(join(tmpdir(), "terminal-"));
    const file = join(folder, "expectations.json");
    const expectation = { vault: "prod-vault", key: keyArn, expect: { blockedBy: "identity-policy" } };
    writeFileSync(file, JSON.stringify({ expectations: [expectation, { ...expectation, expect: "allowed" }] }));
    try {
      const inner = [process.execPath, ...command, "test", "--config", file];

      const { text, code } = typed("emulator", "--snapshot", example, "--", ...inner);

      expect(text)
        .to.include("\r\u001B[2K1/2 expectations checked")
        .and.to.include("2/2 expectations checked, 1 not met");
      expect(text).to.include("2/2 expectations checked, 1 not met\r\u001B[2K\u001B[32mmet");
      expect(text).to.match(/2 expectations: 1 met, 1 not met, 0 inconclusive/);
      expect(code).to.equal(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("run gives the command a terminal, and its exit code is kept", () => {
    const script = "process.stdout.write(String(process.stdout.isTTY)); process.exitCode = 9";
    const { text, code } = typed("run", "--", process.execPath, "-e", script);

    expect(text.replace(eof, "")).to.equal("true");
    expect(code).to.equal(9);
  });

  const refusal =
    "An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: User: arn:aws:iam::111122223333:user/a is not authorized to perform: backup:CreateBackupVault because no identity-based policy allows the backup:CreateBackupVault action";

  it("run wraps its explanation to the terminal, and not what the command prints", () => {
    const lines = onColumns(80, "run", "--", process.execPath, "-e", `console.error("${refusal}")`);

    expect(lines[0]).to.equal(refusal);
    const explanation = lines.slice(1).filter((line) => !/^ {6}(aws|backup-vault-access) /.test(line));
    expect(explanation.join("\n")).to.match(/outcome +blocked/);
    for (const line of explanation) expect(line.length, line).to.be.at.most(80);
  });

  it("run explains what it saw on the terminal, in colours", () => {
    const { text, code } = typed(
      "run",
      "--",
      process.execPath,
      "-e",
      `console.error("${refusal}"); process.exitCode = 1`,
    );

    expect(text.replace(eof, "").startsWith(refusal)).to.equal(true);
    expect(text).to.include("\u001B[31mblocked\u001B[39m");
    expect(code).to.equal(1);
  });
});
