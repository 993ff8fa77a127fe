import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const script = fileURLToPath(new URL("../../action/main.mjs", import.meta.url));

/*
 * How the Action ends where its command line ends as nobody wanted it to: a package of a few lines stands for it.
 */
describe("The GitHub Action, whose command line does not end by itself", function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "runner-"));
    mkdirSync(join(folder, "package"));
    writeFileSync(
      join(folder, "package/package.json"),
      JSON.stringify({
        bin: { "backup-vault-access": "main.mjs" },
        exports: { "./report": { default: "report.mjs" } },
      }),
    );
    writeFileSync(join(folder, "package/report.mjs"), "export const report = (all, format) => `${format}\\n`;\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const step = async (
    program: string,
    inputs: Record<string, string>,
    onLog: (log: string, end: () => void) => void,
  ) => {
    writeFileSync(join(folder, "package/main.mjs"), program);
    const env = {
      ...process.env,
      GITHUB_OUTPUT: join(folder, "output"),
      RUNNER_TEMP: folder,
      INPUT_PACKAGE: join(folder, "package"),
      INPUT_VAULT: "prod-vault",
      ...inputs,
    };
    const child = spawn(process.execPath, [script], { env, stdio: ["ignore", "pipe", "pipe"] });
    const told = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        told[name] += text;
        onLog(told.stdout, () => child.kill("SIGTERM"));
      });
    }
    const [code] = (await once(child, "close")) as [number | null];
    const log = told.stdout + told.stderr;
    const output = join(folder, "output");
    return { code, log, output: existsSync(output) ? readFileSync(output, "utf8") : "" };
  };
  const heard = () => {};
  const answer = `import { writeFileSync } from "node:fs";
writeFileSync(process.argv[process.argv.indexOf("--output") + 1], JSON.stringify({ diagnoses: [{ outcome: "allowed" }] }));
`;

  for (const mode of ["check", "run"]) {
    it(`${mode} fails where a signal ends it, whatever it had written, and tells no outcome`, async () => {
      const inputs = { INPUT_MODE: mode, INPUT_COMMAND: "true", INPUT_FAIL_ON: "never" };

      const { code, log, output } = await step(`${answer}process.kill(process.pid, "SIGKILL");\n`, inputs, heard);

      expect(code).to.equal(137);
      expect(log).to.match(/^::error title=backup-vault-access::backup-vault-access was ended by SIGKILL$/m);
      expect(output).to.equal("outcome=failed\n");
    });
  }

  it("is told of the runner's signals", async () => {
    const program = `process.on("SIGTERM", () => process.exit(130));
console.log("reading");
setInterval(() => {}, 1000);
`;

    const { code, output } = await step(program, {}, (log, end) => {
      if (log === "reading\n") end();
    });

    expect(code).to.equal(130);
    expect(output).to.equal("outcome=failed\n");
  });

  it("answers however much was said on stderr", async () => {
    const program = `${answer}process.stderr.write("x".repeat(5_000_000));\n`;

    const { code, log, output } = await step(program, {}, heard);

    expect(code).to.equal(0);
    expect(log.length).to.be.greaterThan(5_000_000);
    expect(output).to.match(/^outcome=allowed$/m);
  });

  it("annotates with the end of what was said, where that is very much", async () => {
    const program = `process.stderr.write("x".repeat(5_000_000) + " the end\\n");\nprocess.exitCode = 4;\n`;

    const { code, log, output } = await step(program, {}, heard);

    const [annotation = ""] = log.match(/^::error .*$/m) ?? [];
    expect(code).to.equal(4);
    expect(annotation)
      .to.match(/x the end$/)
      .and.have.length.lessThan(10_000);
    expect(output).to.equal("outcome=failed\n");
  });

  it("tells none where a plan makes no vault", async () => {
    const program = answer.replace('{ outcome: "allowed" }', "");

    const { code, output } = await step(program, { INPUT_MODE: "plan", INPUT_PLAN: "plan.json" }, heard);

    expect(code).to.equal(0);
    expect(output).to.match(/^outcome=none$/m);
  });
});
