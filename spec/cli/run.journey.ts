import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { buffer } from "node:stream/consumers";
import { expect } from "chai";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { cliProcess, command } from "./cli.js";

const root = new URL("../../", import.meta.url);
const env = { ...process.env, NODE_NO_WARNINGS: "1" };
const refusal =
  "An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: User: arn:aws:sts::111122223333:assumed-role/Deployer/ci is not authorized to perform: backup:CreateBackupVault on resource: arn:aws:backup:us-west-2:111122223333:backup-vault:prod-vault because no identity-based policy allows the backup:CreateBackupVault action";

/** `run`, as a process without a terminal. */
function started(script: string, { flags = [] as string[], args = [] as string[] } = {}) {
  const line = [...command, "run", ...flags, "--", process.execPath, "-e", script, ...args];
  return spawn(process.execPath, line, { cwd: root, env, stdio: ["pipe", "pipe", "pipe"] });
}

async function ran(script: string, more: Parameters<typeof started>[1] & { stdin?: string } = {}) {
  const child = started(script, more);
  child.stdin.end(more.stdin ?? "");
  const [stdout, stderr, [code, signal]] = await Promise.all([
    buffer(child.stdout),
    buffer(child.stderr),
    once(child, "close") as Promise<[number | null, string | null]>,
  ]);
  return { stdout, stderr: stderr.toString(), code, signal };
}

const says = (text: string, stream = "stderr") => `process.${stream}.write(${JSON.stringify(text)})`;

describe("backup-vault-access run", function () {
  this.timeout(60_000);

  it("hands on what the command prints, byte by byte, and its exit code", async () => {
    const { stdout, stderr, code } = await ran(
      `process.stdout.write(Buffer.from([0, 255, 10, 195, 40, 13])); ${says("warning\n")}; process.exitCode = 7`,
    );

    expect([...stdout]).to.deep.equal([0, 255, 10, 195, 40, 13]);
    expect(stderr).to.equal("warning\n");
    expect(code).to.equal(7);
  });

  it("does not wait for a service that the command leaves in the background, and explains", async () => {
    const service = "setTimeout(() => {}, 45_000)";
    const leaving = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(service)}], { stdio: "inherit", detached: true }).unref(); ${says(refusal)}; process.exitCode = 3`;
    const { stderr, code } = await ran(leaving);

    expect(stderr).to.match(/No identity policy .* allows/);
    expect(code).to.equal(3);
  });

  it("hands on what is printed after the command has ended, by what it did not wait for", async () => {
    const line = [...command, "run", "--", "bash", "-c", "exec > >(tee /dev/null); seq 1 100000"];
    const child = spawn(process.execPath, line, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });

    expect((await buffer(child.stdout)).toString()).to.match(/\n100000\n$/);
  });

  it("keeps the order of what the command prints, where both its streams go to one place", async () => {
    const words = Array.from({ length: 20 }, (_, at) => `${at}\n`);
    const line = [
      ...command,
      "run",
      "--",
      "sh",
      "-c",
      words.map((word, at) => `echo ${word.trim()} >&${(at % 2) + 1}`).join("; "),
    ];
    const child = spawn("sh", ["-c", 'exec "$0" "$@" 2>&1', process.execPath, ...line], { cwd: root, env });

    expect((await buffer(child.stdout)).toString()).to.equal(words.join(""));
  });

  it("leaves to the command all behind its name, with and without --, and takes its own options before it", async () => {
    const prints = [process.execPath, "-p", "JSON.stringify(process.argv.slice(1))", "a"];
    const theirs = ["--output", "json", "--quiet", "-o", "x", "--port", "--", "--no-color"];

    for (const before of [
      ["run"],
      ["run", "--"],
      ["--format", "json", "run", "--quiet"],
      ["emulator", "--port", "0"],
    ]) {
      const { stdout, stderr, code } = await cliProcess([...before, ...prints, ...theirs]);

      expect({ printed: JSON.parse(stdout), stderr, code }, before.join(" ")).to.deep.equal({
        printed: ["a", ...theirs],
        stderr: "",
        code: 0,
      });
    }
  });

  it("ends a command whose reader has gone as a shell's pipe would, and lets it open its own stdout", async () => {
    const child = spawn(process.execPath, [...command, "run", "--", "yes"], { cwd: root, env });
    child.stdout.once("data", () => child.stdout.destroy());
    const [stderr, [code]] = await Promise.all([
      buffer(child.stderr),
      once(child, "exit") as Promise<[number | null, string | null]>,
    ]);
    const opened = await ran("require('fs').writeFileSync('/dev/stdout', 'written')");

    expect(stderr.toString()).to.equal("");
    expect(code).to.equal(128 + constants.signals.SIGPIPE);
    expect(opened.stdout.toString()).to.equal("written");
  });

  it("explains a refused vault after it, on stderr alone, and keeps the exit code", async () => {
    const { stdout, stderr, code } = await ran(
      `${says("plan\n", "stdout")}; ${says(`${refusal}\n`)}; process.exitCode = 3`,
    );

    expect(stdout.toString()).to.equal("plan\n");
    expect(stderr.startsWith(`${refusal}\n`)).to.equal(true);
    const explanation = stderr.slice(refusal.length + 1).replace(/\s+/g, " ");
    expect(explanation).to.contain("No identity policy of role Deployer allows backup:CreateBackupVault.");
    expect(explanation).to.contain("backup-vault-access check --vault prod-vault --region us-west-2");
    expect(code).to.equal(3);
  });

  it("explains a refusal on stdout too, as JSON where that is asked for, also where the command ends with 0", async () => {
    const { stderr, code } = await ran(says(refusal, "stdout"), { flags: ["--format", "json"] });

    expect((JSON.parse(stderr) as Diagnosis).subject).to.include({
      backupVaultName: "prod-vault",
      region: "us-west-2",
    });
    expect(code).to.equal(0);
  });

  for (const [what, text] of [
    ["nothing was refused", "Apply complete! Resources: 1 added."],
    [
      "something else was refused",
      "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied",
    ],
    ["it is not said what was refused", "AccessDenied: Access Denied"],
  ]) {
    it(`says nothing of its own where ${what}`, async () => {
      const { stderr } = await ran(says(text ?? ""));

      expect(stderr).to.equal(text);
    });
  }

  it("says nothing of its own where it is to be quiet", async () => {
    expect((await ran(says(refusal), { flags: ["--quiet"] })).stderr).to.equal(refusal);
  });

  it("leaves stdin to the command", async () => {
    const { stdout } = await ran("process.stdin.pipe(process.stdout)", { stdin: "yes\n" });

    expect(stdout.toString()).to.equal("yes\n");
  });

  it("leaves the command's options to the command", async () => {
    const args = ["--", "--format", "xml", "--quiet", "-o", "file"];
    const { stdout, code } = await ran("console.log(JSON.stringify(process.argv.slice(1)))", { args });

    expect(JSON.parse(stdout.toString())).to.deep.equal(args.slice(1));
    expect(code).to.equal(0);
  });

  it("passes a signal on, and ends with 128 and its number where the command ends by it", async () => {
    const child = started("console.log('ready'); setInterval(() => {}, 1000)");
    const ended = once(child, "close");
    await once(child.stdout, "data");
    child.kill("SIGTERM");

    expect((await ended)[0]).to.equal(128 + 15);
  });

  for (const signal of ["SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const) {
    it(`lets the command end as it wants to on ${signal}`, async () => {
      const child = started(
        `process.on('${signal}', () => process.exit(5)); console.log('ready'); setInterval(() => {}, 1000)`,
      );
      const ended = once(child, "close");
      await once(child.stdout, "data");
      child.kill(signal);

      expect((await ended)[0]).to.equal(5);
    });
  }

  it("runs the command also where no file can be written, as in a read-only container", async () => {
    const line = [...command, "run", "--", process.execPath, "-e", says("ok", "stdout")];
    const child = spawn(process.execPath, line, { cwd: root, env: { ...env, TMPDIR: "/nonexistent" } });
    const [stdout, stderr, [code]] = await Promise.all([
      buffer(child.stdout),
      buffer(child.stderr),
      once(child, "close"),
    ]);

    expect({ stdout: stdout.toString(), stderr: stderr.toString(), code }).to.deep.equal({
      stdout: "ok",
      stderr: "",
      code: 0,
    });
  });

  it("ends where the command's reader stops reading", async () => {
    const child = started("setInterval(() => process.stdout.write('y\\n'), 1)");
    child.stderr.resume();
    await once(child.stdout, "data");
    child.stdout.destroy();

    // The command learns of it as it would alone: by a broken pipe.
    expect((await once(child, "close"))[0]).to.not.equal(0);
  });

  it("says what could not be run, and ends with 4", async () => {
    const child = spawn(process.execPath, [...command, "run", "--", "/nowhere/terraform"], { cwd: root, env });
    const [stderr, [code]] = await Promise.all([buffer(child.stderr), once(child, "close")]);

    expect(stderr.toString()).to.match(/^error: \/nowhere\/terraform could not be run \(.*ENOENT/);
    expect(code).to.equal(4);
  });
});
