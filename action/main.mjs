// The GitHub Action (action.yml): runs the command line as the step's inputs say, and tells its answer in the job's summary,
// in annotations, as SARIF and as outputs. Needs nothing but Node.js and npm.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { commandLine } from "./commandLine.mjs";
import { told } from "./told.mjs";

const input = (name) => process.env[`INPUT_${name}`]?.trim() ?? "";
const scratch = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), "backup-vault-access-"));

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = failed(error instanceof Error ? error.message : String(error), 1);
}

async function main() {
  const mode = input("MODE") || "check";
  const failOn = input("FAIL_ON") || "blocked";
  if (!["blocked", "inconclusive", "never"].includes(failOn)) {
    return failed(`fail-on: ${failOn}: expected blocked, inconclusive or never`, 3);
  }
  const line = commandLine(mode, input);
  const folder = packageFolder(input("PACKAGE"));
  const { bin, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const json = join(scratch, "diagnosis.json");
  const program = [join(folder, bin["backup-vault-access"]), "--format", "json", "--output", json, ...line];
  const stdio = mode === "run" ? ["inherit", "inherit", "inherit"] : ["ignore", "inherit", "pipe"];
  const { status, stderr } = spawnSync(process.execPath, program, { stdio, encoding: "utf8" });
  const code = status ?? 1;
  if (stderr) process.stderr.write(stderr);

  if (existsSync(json)) {
    const { report } = await import(pathToFileURL(join(folder, exports["./report"].default)).href);
    tell(JSON.parse(readFileSync(json, "utf8")), json, report);
  } else if (mode === "run") {
    outputs({ outcome: "none" });
  }
  if (mode === "run") return code;
  if (code > 2) return failed(stderr.trim() || `backup-vault-access ended with ${code}`, code);
  return failOn === "never" || (code === 2 && failOn === "blocked") ? 0 : code;
}

/** Where the package lies: in the folder that was named, or installed beside the job's own projects. */
function packageFolder(wanted) {
  if (wanted !== "" && existsSync(wanted) && statSync(wanted).isDirectory()) return resolve(wanted);
  const npm = ["install", "--no-audit", "--no-fund", "--prefix", scratch, wanted, "@aws-sdk/client-backup"];
  const { status, error } = spawnSync("npm", npm, { stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`npm could not install ${wanted}${error ? ` (${error.message})` : ""}`);
  return join(scratch, "node_modules/backup-vault-access");
}

/** Diagnoses in every form that a job shows. */
function tell(answer, json, report) {
  const diagnoses = answer.diagnoses ?? [answer];
  const { outcome, blockingLayer, summary } = told(diagnoses, report(diagnoses, "markdown"));
  const sarif = join(scratch, "diagnosis.sarif");
  const html = join(scratch, "diagnosis.html");
  writeFileSync(sarif, report(diagnoses, "sarif"));
  writeFileSync(html, report(diagnoses, "html"));
  process.stdout.write(report(diagnoses, "text"));
  process.stdout.write(report(diagnoses, "github"));
  append("GITHUB_STEP_SUMMARY", summary);
  outputs({ outcome, "blocking-layer": blockingLayer ?? "", json, sarif, html });
}

function outputs(values) {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  append("GITHUB_OUTPUT", lines.join(""));
}

function append(variable, text) {
  if (process.env[variable]) appendFileSync(process.env[variable], text);
}

/** Fails the step with an annotation. */
function failed(message, code) {
  const text = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  console.log(`::error title=backup-vault-access::${text}`);
  return code;
}
