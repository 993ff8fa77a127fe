import { parseCallerArn } from "../caller/parseCallerArn.js";
import { readDenial } from "../denial/readDenial.js";
import type { VaultRequest } from "../request/VaultRequest.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { CollectOptions } from "./CollectOptions.js";

/** Stands for an account that is not known; AWS gives no account this id. */
const noAccount = "000000000000";

/**
 * The snapshot where nothing could be asked, or where who calls is not known: everything is unreadable for one reason.
 * What the denial's own words tell of the caller is taken from them.
 */
export function skippedSnapshot(request: VaultRequest, options: CollectOptions, reason: string): Snapshot {
  const missing: Evidence<never> = { status: "unreadable", reason };
  const reading = options.denial == null ? null : readDenial(options.denial);
  const user = reading?.kind === "action" ? reading.user : null;
  const named = parseCallerArn(request.principalArn ?? user ?? "");
  const partition = named?.partition ?? "aws";
  const accountId = named?.accountId ?? request.encryptionKeyArn?.split(":")[4] ?? noAccount;
  const role = named?.kind === "role-session" || named?.kind === "role" ? named.name : null;
  const arn =
    named === null
      ? `arn:${partition}:sts::${accountId}:assumed-role/unknown/unknown`
      : role !== null
        ? `arn:${partition}:sts::${accountId}:assumed-role/${role}/${named.sessionName ?? "unknown"}`
        : (request.principalArn ?? user ?? "");
  return {
    snapshotVersion: 1,
    capturedAt: (options.now?.() ?? new Date()).toISOString(),
    request: {
      operation: "CreateBackupVault",
      partition,
      region: request.region ?? options.caller.region,
      accountId,
      backupVaultName: request.backupVaultName,
      encryptionKeyArn: request.encryptionKeyArn ?? null,
      backupVaultTags: request.backupVaultTags ?? {},
    },
    caller: {
      arn,
      principalArn:
        role !== null || named === null ? `arn:${partition}:iam::${accountId}:role/${role ?? "unknown"}` : arn,
      tags: missing,
    },
    context: { "aws:PrincipalArn": { present: true }, ...options.context },
    policies: {
      identity: missing,
      permissionsBoundary: missing,
      session: { status: "notRead" },
      serviceControl: missing,
      resourceControl: missing,
      vpcEndpoint: { status: "notRead" },
    },
    key: missing,
    organization: missing,
    simulation: missing,
    denial: options.denial ?? null,
  };
}
