import fc from "fast-check";
import type { Snapshot, TrailEvent } from "../../../lib/snapshot/Snapshot.js";
import { requestedActions } from "../../oracle/requestedActions.js";
import { type Draw, draw } from "../../random/draw.js";
import { documentsIn } from "../../random/mentionedKeys.js";

/** A random snapshot that AWS has said something about, too: a denial, events, dry runs; of this call or of another. */
export function withWords(snapshots: fc.Arbitrary<Snapshot>): fc.Arbitrary<Snapshot> {
  return fc.tuple(snapshots, fc.gen()).map(([snapshot, generator]) => {
    const drawn = draw(generator);
    const denial = drawn.percent(70) ? { name: "AccessDeniedException", message: drawMessage(drawn, snapshot) } : null;
    return {
      ...snapshot,
      denial,
      ...(drawn.percent(40) && { cloudTrail: { status: "read" as const, value: drawEvents(drawn, snapshot) } }),
      ...(drawn.percent(40) && { dryRun: { status: "read" as const, value: drawRuns(drawn) } }),
    };
  });
}

const policyTypes = [
  "identity-based policy",
  "permissions boundary",
  "session policy",
  "service control policy",
  "resource control policy",
  "resource-based policy",
  "VPC endpoint policy",
] as const;

function drawMessage(draw: Draw, snapshot: Snapshot): string {
  const opaque = draw.weighted<string | null>(
    [1, "Insufficient privileges to perform this action."],
    [
      1,
      "Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.",
    ],
    [4, null],
  );
  return (
    opaque ??
    sentenceOf(draw, snapshot, draw.one([...requestedActions, "backup:TagResource", "iam:CreateServiceLinkedRole"]))
  );
}

function sentenceOf(draw: Draw, { caller, request, ...rest }: Snapshot, action: string): string {
  const { partition, region, accountId, backupVaultName, encryptionKeyArn } = request;
  const user = draw.weighted(
    [6, caller.arn],
    [1, `arn:${partition}:sts::${accountId}:assumed-role/Auditor/x`],
    [1, caller.arn.replace(/\d{12}/, "222233334444")],
  );
  const vault = `arn:${partition}:backup:${draw.weighted([6, region], [1, "ap-south-1"])}:${accountId}:backup-vault:${draw.weighted([6, backupVaultName], [1, "another"])}`;
  const resource = action.startsWith("kms:") ? (encryptionKeyArn ?? "*") : action.startsWith("backup:") ? vault : null;
  const type = draw.one(policyTypes);
  const names =
    documentsIn({ caller, request, ...rest }).length > 0 ? ["own", "more", "boundary", "root", "default"] : [];
  const policy = draw.one([null, `arn:${partition}:iam::${accountId}:policy/Guard`, ...names]);
  const end = draw.percent(50)
    ? `because no ${type} allows the ${action} action`
    : `with an explicit deny in ${/^[aeiou]/.test(type) ? "an" : "a"} ${type}${policy === null ? "" : `: ${policy}`}`;
  return `User: ${user} is not authorized to perform: ${action}${resource === null ? "" : ` on resource: ${resource}`} ${end}`;
}

function drawEvents(draw: Draw, snapshot: Snapshot): TrailEvent[] {
  return [0, 1].map((index) => {
    const action = draw.one(requestedActions.slice(1) as [string, ...string[]]);
    const [service = "", eventName = ""] = action.split(":");
    return {
      eventId: `event-${index}`,
      eventTime: snapshot.capturedAt.replace("12:00", draw.weighted([5, "11:55"], [1, "09:00"])),
      eventSource: `${service}.amazonaws.com`,
      eventName,
      userArn: snapshot.caller.arn,
      invokedBy: draw.weighted([5, "backup.amazonaws.com"], [1, "s3.amazonaws.com"]),
      ...(snapshot.request.encryptionKeyArn !== null && { keyArn: snapshot.request.encryptionKeyArn }),
      ...(draw.percent(50) && { errorCode: "AccessDenied", errorMessage: sentenceOf(draw, snapshot, action) }),
    };
  });
}

function drawRuns(draw: Draw) {
  return (["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey"] as const).map((action) => {
    const allowed = draw.percent(50);
    return { action, allowed, ...(!allowed && draw.percent(20) && { keyState: "refused" as const }) };
  });
}
