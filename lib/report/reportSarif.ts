import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { inertJson } from "./inertJson.js";
import { printable } from "./printable.js";
import { printableLines } from "./printableLines.js";
import type { ReportCase } from "./ReportCase.js";
import { simulatorLine } from "./simulatorLine.js";

/** What a result can be about: the blocking layer, or that there is no answer, or another one than was expected. */
const rules = {
  "service-control-policy": "A service control policy refuses the vault.",
  "resource-control-policy": "A resource control policy refuses the vault.",
  "key-state": "The state of the KMS key refuses the vault.",
  "key-policy": "The KMS key policy refuses the vault.",
  "identity-policy": "The identity policies refuse the vault.",
  "permissions-boundary": "The permissions boundary refuses the vault.",
  "session-policy": "A session policy refuses the vault.",
  "vpc-endpoint-policy": "The VPC endpoint policy refuses the vault.",
  inconclusive: "What could be read does not tell whether the vault can be created.",
  "unexpectedly-allowed": "The vault can be created, although that was not expected.",
} as const;

const ruleIds = Object.keys(rules);

/**
 * Cases as a SARIF 2.1.0 log for code scanning: a result for each that did not pass. What is inconclusive is a warning, so
 * that no reader takes it for passed.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function reportSarif(cases: readonly ReportCase[]): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "backup-vault-access",
            rules: Object.entries(rules).map(([id, text]) => ({ id, shortDescription: { text } })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: cases.filter(({ status }) => status !== "passed").map(result),
      },
    ],
  };
  return `${inertJson(log, 2)}\n`;
}

function result(one: ReportCase) {
  const { status, diagnosis, file } = one;
  const ruleId = ruleOf(one);
  const [blocker] = diagnosis.blockers;
  const vault = diagnosis.actions.find(({ action }) => action === "backup:CreateBackupVault")?.resource;
  const place = blocker?.policy?.arn ?? blocker?.policy?.name ?? vault;
  return {
    ruleId,
    ruleIndex: ruleIds.indexOf(ruleId),
    level: status === "failed" ? "error" : "warning",
    message: { text: messageOf(one) },
    locations: [
      {
        ...(file !== undefined && { physicalLocation: { artifactLocation: { uri: uriOf(file) } } }),
        ...(place !== undefined && {
          logicalLocations: [{ fullyQualifiedName: printable(place), kind: "resource" }],
        }),
      },
    ],
  };
}

function ruleOf({ status, diagnosis }: ReportCase): keyof typeof rules {
  if (status === "inconclusive") return "inconclusive";
  return diagnosis.blockingLayer ?? (diagnosis.outcome === "allowed" ? "unexpectedly-allowed" : "inconclusive");
}

/** What was checked, what came of it, and what would mend it. */
function messageOf({ name, text, diagnosis }: ReportCase): string {
  const [first = ""] = (text ?? "").split("\n\n", 1);
  const fixes = diagnosis.fixes.map(({ title, verified, simulated }) => {
    const said = simulated === undefined ? "" : `. ${simulatorLine(simulated)}`;
    return `Fix (${verified ? "proven" : "not proven"}): ${title}${said}`;
  });
  return [printable(name), printableLines(first).join("\n"), ...fixes.map(printable)]
    .filter((part) => part !== "")
    .map(plainText)
    .join("\n\n");
}

/** SARIF makes links of [text](address), and places of {0}. */
function plainText(text: string): string {
  return text
    .replace(/\\(?=[[\]])/g, "\\ ")
    .replace(/[[\]]/g, "\\$&")
    .replace(/\{(\d+)\}/g, "{{$1}}");
}

/** Code scanning takes paths that are relative to the repository's root as they are. */
function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : file.split(/[\\/]/).map(encodeURIComponent).join("/");
}
