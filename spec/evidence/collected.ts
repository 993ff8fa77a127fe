import type { LoggedCall } from "../../lib/aws/LoggedCall.js";
import type { Emulator } from "../../lib/emulator/index.js";
import type { CollectOptions } from "../../lib/evidence/CollectOptions.js";
import { collectEvidence } from "../../lib/evidence/collectEvidence.js";
import type { VaultRequest } from "../../lib/question/VaultRequest.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { keyArn } from "../emulator/worlds.js";

/** What a test changes of the ordinary way of collecting. */
export interface Collecting {
  request?: Partial<VaultRequest>;
  options?: Partial<CollectOptions>;
  /** Leaves out options.encryptionKeyArn: the AWS managed key. */
  withoutKey?: boolean;
}

/** Collects over HTTP as the world's caller, the evidence as the auditor, who may read everything. */
export async function collected(
  emulator: Emulator,
  { request = {}, options = {}, withoutKey = false }: Collecting = {},
): Promise<{ snapshot: Snapshot; calls: LoggedCall[] }> {
  const caller = settings(emulator);
  return collectEvidence(
    { backupVaultName: "prod-vault", ...(!withoutKey && { encryptionKeyArn: keyArn }), ...request },
    {
      caller,
      evidence: { ...caller, credentials: emulator.auditor },
      signal: new AbortController().signal,
      now: () => new Date("2026-11-20T12:00:00Z"),
      ...options,
    },
  );
}

/** Settings of the world's caller; all services live at the emulator's one endpoint. */
export function settings(emulator: Emulator): CollectOptions["caller"] {
  const { endpoint, region, credentials } = emulator.clientConfig();
  return {
    region,
    credentials,
    endpoints: { iam: endpoint, sts: endpoint, kms: endpoint, organizations: endpoint, cloudtrail: endpoint },
  };
}
