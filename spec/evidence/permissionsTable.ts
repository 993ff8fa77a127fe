import { diagnose } from "../../lib/diagnose.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { type Emulator, startEmulator, type World } from "../../lib/emulator/index.js";
import { toldBy } from "../../lib/evidence/explainRead.js";
import { type ReadFact, reads } from "../../lib/facts/reads.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { accountId, allow, deny, memberWorld } from "../emulator/worlds.js";
import { collected, settings } from "./collected.js";

const seven = [
  "backup:CreateBackupVault",
  "backup-storage:MountCapsule",
  "kms:CreateGrant",
  "kms:GenerateDataKey",
  "kms:Decrypt",
  "kms:RetireGrant",
  "kms:DescribeKey",
];
const attached = { attachedPolicies: ["arn:aws:iam::aws:policy/AWSBackupFullAccess"] };
const onKey = (sid: string, effect: "Allow" | "Deny", arn: string) => ({
  Sid: sid,
  Effect: effect,
  Principal: { AWS: arn },
  Action: "kms:*",
  Resource: "*",
});
const root = `arn:aws:iam::${accountId}:root`;
const version = "2012-10-17";

/** The demonstration's worlds, in each of which a role of a member account asks. */
export const worlds: Readonly<Record<string, () => World>> = {
  "may create the vault": () => memberWorld({ role: attached, identity: allow(...seven) }),
  "identity policy lacks MountCapsule": () =>
    memberWorld({ identity: allow(...seven.filter((action) => !action.startsWith("backup-storage:"))) }),
  "boundary is silent": () =>
    memberWorld({ role: attached, identity: allow(...seven), boundary: allow("backup:*", "kms:*") }),
  "service control policy denies": () =>
    memberWorld({ role: attached, identity: allow(...seven), serviceControl: deny("backup:CreateBackupVault") }),
  "key policy without its root statement": () =>
    memberWorld({
      role: attached,
      identity: allow(...seven),
      keyPolicy: { Version: version, Statement: [onKey("Admin", "Allow", `arn:aws:iam::${accountId}:role/Admin`)] },
    }),
  "key policy denies the caller": () =>
    memberWorld({
      role: attached,
      identity: allow(...seven),
      keyPolicy: {
        Version: version,
        Statement: [
          onKey("Account", "Allow", root),
          onKey("NotDeployer", "Deny", `arn:aws:iam::${accountId}:role/team/Deployer`),
        ],
      },
    }),
};

/** The reads of a role's diagnosis. */
export const rights: readonly string[] = Object.entries<ReadFact>(reads)
  .filter(([, { isFree, onDemand }]) => isFree !== true && onDemand !== true)
  .map(([name]) => name)
  .filter((name) => !/User|Group|ListParents/.test(name));

export const pairs: readonly [string, string][] = rights.flatMap((one, index) =>
  rights.slice(index + 1).map((other): [string, string] => [one, other]),
);

/** What is told in one world with some rights taken away. */
export interface Cell {
  diagnosis: Diagnosis;
  /** Outcome and blockers, or suspects where inconclusive. */
  text: string;
}

/** Serves a world and diagnoses it as often as needed, each time with some rights taken away from every reader. */
export async function withWorld<T>(
  world: World,
  use: (tell: (without: readonly string[]) => Promise<Cell>) => Promise<T>,
): Promise<T> {
  const emulator = await startEmulator({ world });
  try {
    return await use((without) => cell(emulator, without));
  } finally {
    await emulator.stop();
  }
}

async function cell(emulator: Emulator, without: readonly string[]): Promise<Cell> {
  emulator.clearFaults();
  for (const right of without) {
    const [service, operation] = right.split(":") as ["iam" | "kms" | "organizations", string];
    const isIam = service === "iam";
    const code = isIam ? "AccessDenied" : "AccessDeniedException";
    emulator.inject({ effect: "error", service, operation, code, status: isIam ? 403 : 400 });
  }
  const caller = { ...settings(emulator), requestHandler: emulator.requestHandler };
  const { snapshot } = await collected(emulator, {
    options: { caller, evidence: { ...caller, credentials: emulator.auditor } },
  });
  const diagnosis = diagnose(parseSnapshot(JSON.stringify(snapshot)), { fixes: false });
  return { diagnosis, text: textOf(diagnosis) };
}

function textOf({ outcome, blockers, suspects }: Diagnosis): string {
  const told = blockers.map(({ layer, effect, policy, statement, certainty }) => {
    const where = [policy?.name, statement?.sid ?? (statement === null ? null : `statement ${statement.index}`)];
    const named = where.filter((part) => part != null).join(", ");
    return `${layer} ${effect}${named === "" ? "" : ` (${named})`}${certainty === "probable" ? ", probably" : ""}`;
  });
  const open = outcome === "inconclusive" ? [...new Set(suspects.map(({ layer }) => layer))] : [];
  return [outcome, ...told, ...(open.length > 0 ? [`suspects: ${open.join(", ")}`] : [])].join("; ");
}

/** Each world's cells: with every right, without each one, and without pairs where these tell what neither alone does. */
export type Table = Map<string, { full: string; without: Map<string, string> }>;

/** The page docs/permissions.md. */
export function renderPermissions(table: Table): string {
  const lines = [
    "# What the tool itself needs to read",
    "",
    "Every read, the permission it needs, and what stays unknown without it. The collectors explain refused reads by the same",
    "table. `sts:GetCallerIdentity` needs no permission. Where a read is refused, the IAM policy simulator stands in as far as it",
    "can tell the layer.",
    "",
    "| permission | what stays unknown without it |",
    "| --- | --- |",
    ...Object.entries<ReadFact>(reads)
      .filter(([, { isFree }]) => isFree !== true)
      .map(
        ([name, read]) =>
          `| [${name}](${read.source}) | ${toldBy(read)}${read.onDemand === true ? " (only where asked for)" : ""} |`,
      ),
    "",
    "## What is told when rights are missing",
    "",
    "Measured against the emulator by `spec/evidence/permissions.journey.ts`, which makes this page (`UPDATE_PERMISSIONS=1`): a role",
    "in a member account asks, the evidence is read with every right but one, and but two, for all pairs. Rights that are not",
    "listed under a world change nothing in it; a pair that is not listed tells what one of the two alone does, or all rights do.",
    "In no case is a confirmed blocker wrong.",
    "",
  ];
  for (const [name, { full, without }] of table) {
    lines.push(`### World: ${name}`, "", `With every right: ${full}.`, "");
    const changed = [...without].filter(([, text]) => text !== full);
    if (changed.length === 0) lines.push("No right, and no pair of rights, changes this.", "");
    else {
      lines.push("| without | what is told |", "| --- | --- |");
      lines.push(...changed.map(([right, text]) => `| ${right} | ${text} |`), "");
    }
  }
  return `${lines.join("\n").trimEnd()}\n`;
}
