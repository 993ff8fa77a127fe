import type { Emulator } from "../../emulator/index.js";
import type { EvidenceOptions } from "../../options/DiagnosisOptions.js";

/**
 * `options.evidence` that reads from an emulator, as its auditor, who may read everything. A client with an endpoint of its
 * own needs it: evidence is read only from endpoints that are named.
 *
 * @example
 * const client = new DenialAwareBackupClient(emulator.clientConfig(), { evidence: evidenceFrom(emulator) });
 */
export function evidenceFrom({ url, auditor }: Emulator): EvidenceOptions {
  return { endpoints: { iam: url, sts: url, kms: url, organizations: url, cloudtrail: url }, credentials: auditor };
}
