import { fileURLToPath } from "node:url";
import { reportFormats } from "../../lib/report/ReportFormat.js";

/** Where the golden files are. */
export const folder = new URL("golden/", import.meta.url);
const example = (name: string) => fileURLToPath(new URL(`../examples/${name}.snapshot.json`, import.meta.url));
const text = (name: string) => fileURLToPath(new URL(`golden/${name}.txt`, import.meta.url));

/** By the file's name: what is typed. */
export const typed: Readonly<Record<string, string[]>> = {
  ...Object.fromEntries(
    reportFormats.flatMap((format) => [
      [`explain-snapshot.${format}`, ["explain", "--snapshot", example("mountcapsule-missing"), "--format", format]],
      [`explain-error.${format}`, ["explain", "--error", text("terraform"), "--format", format]],
    ]),
  ),
  "explain-error-open.text": ["explain", "--error", text("opaque")],
  "explain-error-other.text": ["explain", "--error", text("other")],
  "explain-both.text": ["explain", "--snapshot", example("allowed"), "--error", text("terraform")],
  "policy.text": ["policy", "--vault", "prod-vault"],
  "policy.json": ["policy", "--vault", "prod-vault", "--format", "json"],
  "policy-terraform.text": ["policy", "--vault", "prod-vault", "--account", "111122223333", "--as", "terraform"],
  "policy-cloudformation.text": ["policy", "--vault", "prod-vault", "--only", "creator", "--as", "cloudformation"],
  "completion-bash.text": ["completion", "bash"],
  "completion-zsh.text": ["completion", "zsh"],
  "completion-fish.text": ["completion", "fish"],
  "help.text": ["--help"],
  ...Object.fromEntries(
    ["explain", "run", "check", "snapshot", "policy", "emulator", "test", "sweep", "init", "completion", "mcp"].map(
      (name) => [`help-${name}.text`, [name, "--help"]],
    ),
  ),
};

/** Its end is what the program left: exit code and stderr. */
export function golden({ stdout, stderr, code }: { stdout: string; stderr: string; code: number }): string {
  const here = fileURLToPath(new URL("../../", import.meta.url));
  const shown = `${stdout}--- exit code ${code}\n${stderr}`.replaceAll(here, "");
  return shown.replace(/^( *"(?:capturedAt|semanticVersion)": )".*"/gm, '$1"..."');
}
