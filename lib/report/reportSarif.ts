import { createHash } from "node:crypto";
import { isAbsolute, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { toolVersion } from "../facts/toolVersion.js";
import { inertJson } from "./inertJson.js";
import { lastingName } from "./lastingName.js";
import { printable } from "./printable.js";
import { printableLines } from "./printableLines.js";
import type { ReportCase } from "./ReportCase.js";
import { simulatorLine } from "./simulatorLine.js";

/** What a result can be about: the blocking layer, or that there is no answer, or another one than was expected. */
const rules = {
  "service-control-policy": [
    "A service control policy refuses the vault.",
    "The organization's administrator exempts the principal or the action; nothing in the account itself can.",
  ],
  "resource-control-policy": [
    "A resource control policy refuses the vault.",
    "The administrator of the organization that owns the key exempts the principal or the action.",
  ],
  "key-state": [
    "The state of the KMS key refuses the vault.",
    "The key's owner enables the key, or the vault names another one: symmetric, enabled and of the vault's own Region.",
  ],
  "key-policy": [
    "The KMS key policy refuses the vault.",
    "The key's owner lets the principal use the key through AWS Backup: kms:CreateGrant, kms:DescribeKey, kms:Decrypt and kms:GenerateDataKey.",
  ],
  "identity-policy": [
    "The identity policies refuse the vault.",
    "The account's administrator allows backup:CreateBackupVault, backup-storage:MountCapsule and five actions of KMS; `backup-vault-access policy` prints the least policy.",
  ],
  "permissions-boundary": [
    "The permissions boundary refuses the vault.",
    "The account's administrator lets the boundary allow what the identity policies do.",
  ],
  "session-policy": [
    "A session policy refuses the vault.",
    "Whoever assumes the role passes a session policy that allows the action, or none.",
  ],
  "vpc-endpoint-policy": [
    "The VPC endpoint policy refuses the vault.",
    "The endpoint's owner lets its policy allow backup:CreateBackupVault, or the call goes another way.",
  ],
  inconclusive: [
    "What could be read does not tell whether the vault can be created.",
    "Let somebody read the evidence who may (--evidence-profile, --evidence-role), or say what is known of the call (--context).",
  ],
  "unexpectedly-allowed": [
    "The vault can be created, although that was not expected.",
    "Take away what allows it, or change the expectation.",
  ],
} as const satisfies Record<string, readonly [string, string]>;

type RuleId = keyof typeof rules;

const ruleIds = Object.keys(rules);

/** As GitHub wants a rule: with a description, help and a severity. */
function ruleOf([id, [text, help]]: [string, readonly [string, string]]) {
  const isAnswer = id !== "inconclusive";
  return {
    id,
    shortDescription: { text },
    fullDescription: { text: `${text} ${help}` },
    help: { text: help, markdown: help },
    helpUri,
    defaultConfiguration: { level: isAnswer ? "error" : "warning" },
    properties: {
      tags: ["aws-backup", "iam"],
      precision: isAnswer ? "high" : "low",
      "problem.severity": isAnswer ? "error" : "warning",
    },
  };
}

const helpUri = "https://repost.aws/knowledge-center/backup-vault-access-denied";

/**
 * Cases as a SARIF 2.1.0 log for code scanning: a result for each that did not pass. What is inconclusive is a warning, so
 * that no reader takes it for passed.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
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
            semanticVersion: toolVersion,
            informationUri: "https://www.npmjs.com/package/backup-vault-access",
            rules: Object.entries(rules).map(ruleOf),
          },
        },
        automationDetails: { id: "backup-vault-access/" },
        columnKind: "utf16CodeUnits",
        results: cases.filter(({ status }) => status !== "passed").map(result),
      },
    ],
  };
  return `${inertJson(log, 2)}\n`;
}

function result(one: ReportCase) {
  const { status, diagnosis } = one;
  const ruleId = ruleIdOf(one);
  const [blocker = null, ...others] = diagnosis.blockers;
  return {
    ruleId,
    ruleIndex: ruleIds.indexOf(ruleId),
    level: status === "failed" ? "error" : "warning",
    message: { text: messageOf(one) },
    locations: [locationOf(one, blocker)],
    ...(others.length > 0 && {
      relatedLocations: others.slice(0, mostRelated).map((other, index) => ({
        id: index + 1,
        ...locationOf(one, other),
        message: { text: plainText(printable(other.reason)) },
      })),
    }),
    partialFingerprints: { primaryLocationLineHash: fingerprintOf(one, ruleId) },
  };
}

/** GitHub shows a thousand; nobody reads so many. */
const mostRelated = 20;

/** A place in a file, which code scanning demands of every result, and what it is about. */
function locationOf({ diagnosis, file, placeOf }: ReportCase, blocker: Blocker | null) {
  const vault = diagnosis.actions.find(({ action }) => action === "backup:CreateBackupVault")?.resource;
  const about = blocker?.policy?.arn ?? blocker?.policy?.name ?? vault;
  const place = placeOf?.(diagnosis, blocker) ?? { file: file ?? snapshotFile(diagnosis) };
  const { line = 1, column = 1, endColumn = column + 1 } = place;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(place.file) },
      region: { startLine: line, startColumn: column, endLine: line, endColumn },
    },
    ...(about !== undefined && {
      logicalLocations: [{ fullyQualifiedName: printable(about), kind: "resource" }],
    }),
  };
}

/** Where no file is known: as `snapshot` would write it, so that the place is the same each time. */
function snapshotFile({ subject }: Diagnosis): string {
  return `${subject.backupVaultName ?? "vault"}.snapshot.json`;
}

/** The same for the same vault, principal and policy from one run to the next, wherever lines move. */
function fingerprintOf(one: ReportCase, ruleId: RuleId): string {
  const { subject, planned, blockers } = one.diagnosis;
  const { accountId, region, backupVaultName, principalArn } = subject;
  const [blocker] = blockers;
  const what = [
    ruleId,
    lastingName(one),
    accountId,
    region,
    backupVaultName,
    principalArn,
    planned?.address,
    blocker?.policy?.name,
    blocker?.target,
  ];
  return `${createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 16)}:1`;
}

function ruleIdOf({ status, diagnosis }: ReportCase): RuleId {
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

/** Code scanning takes paths that are relative to the repository's root as they are, and knows an alert by its path. */
function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : normalize(file).split(/[\\/]/).map(encodeURIComponent).join("/");
}
