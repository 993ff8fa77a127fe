// The GitHub Action (action.yml): runs the command line as the step's inputs say, and tells its answer in the job's summary,
// in annotations, as SARIF and as outputs. Needs nothing but Node.js and npm.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { commandLine } from "./commandLine.mjs";
import { told } from "./told.mjs";

const input = (name) => process.env[`INPUT_${name}`]?.trim() ?? "";
const scratch = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), "backup-vault-access-"));

/** So much of what was said last is told in an annotation. */
const longest = 8_000;

try {
  process.exitCode = await main();
} catch (error) {
  outputs({ outcome: "failed" });
  process.exitCode = failed(error instanceof Error ? error.message : String(error), 1);
}

async function main() {
  const mode = input("MODE") || "check";
  const failOn = input("FAIL_ON") || "blocked";
  if (!["blocked", "inconclusive", "never"].includes(failOn)) {
    outputs({ outcome: "failed" });
    return failed(`fail-on: ${failOn}: expected blocked, inconclusive or never`, 3);
  }
  const line = commandLine(mode, input);
  const folder = packageFolder(input("PACKAGE"));
  const { bin, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const json = join(scratch, "diagnosis.json");
  const program = [join(folder, bin["backup-vault-access"]), "--format", "json", "--output", json, ...line];
  const stdio = mode === "run" ? ["inherit", "inherit", "inherit"] : ["ignore", "inherit", "pipe"];
  const { code, signal, stderr } = await ended(program, stdio);

  // Of what a signal has ended, a file may be there in part.
  const isAnswered = signal === null && existsSync(json);
  if (isAnswered) {
    const { report } = await import(pathToFileURL(join(folder, exports["./report"].default)).href);
    tell(JSON.parse(readFileSync(json, "utf8")), json, report);
  } else {
    // A plan without vaults ends with 0, and has no answer to tell.
    const isNone = signal === null && (mode === "run" || code === 0);
    outputs({ outcome: isNone ? "none" : "failed" });
  }
  if (signal !== null) return failed(`backup-vault-access was ended by ${signal}`, code);
  if (mode === "run") return code;
  if (code > 2) return failed(stderr.trim() || `backup-vault-access ended with ${code}`, code);
  return failOn === "never" || (code === 2 && failOn === "blocked") ? 0 : code;
}

/**
 * Runs the command line; its stderr is shown as it comes, and its end kept. A signal that comes to the action goes on to it.
 *
 * @returns the exit code, as a shell tells it: 128 and the signal's number where a signal ended it
 */
async function ended(program, stdio) {
  const child = spawn(process.execPath, program, { stdio });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    process.stderr.write(text);
    stderr = (stderr + text).slice(-longest);
  });
  const forward = (signal) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, forward);
  // Where it cannot be started, this throws.
  const [status, signal] = await once(child, "close");
  return { code: status ?? 128 + constants.signals[signal], signal, stderr };
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
