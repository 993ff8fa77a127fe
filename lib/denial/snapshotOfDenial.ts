import { anyKeyArn, parseArn, parsePrincipalArn } from "../facts/arn.js";
import { noAccount, notNamed } from "../facts/names.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { FoundDenial } from "./FoundDenial.js";

const notRead: Evidence<never> = { status: "notRead" };

/**
 * The snapshot that a refusal's text alone makes: who, where and which key as far as it tells, and nothing read. What it
 * does not tell is written as not named, so that nobody takes it for a name; a key that it does not name is not taken for
 * alias/aws/backup.
 */
export function snapshotOfDenial(found: FoundDenial, now: Date): Snapshot {
  const named = parsePrincipalArn(found.principalArn ?? "");
  const partition = named?.partition ?? parseArn(found.encryptionKeyArn ?? "")?.partition ?? "aws";
  const accountId = found.accountId ?? noAccount;
  const region = found.region ?? notNamed;
  const role = (name: string) => `arn:${partition}:iam::${named?.accountId ?? accountId}:role/${name}`;
  const arn = named === null || found.principalArn === null ? role(notNamed) : found.principalArn;
  return {
    snapshotVersion: 1,
    capturedAt: now.toISOString(),
    request: {
      operation: "CreateBackupVault",
      partition,
      region,
      accountId,
      backupVaultName: found.backupVaultName ?? notNamed,
      encryptionKeyArn: found.encryptionKeyArn ?? anyKeyArn({ partition, region, accountId }),
      backupVaultTags: {},
    },
    caller: { arn, principalArn: named?.kind === "role-session" ? role(named.name) : arn, tags: notRead },
    // A session's ARN tells no path, and with it not aws:PrincipalArn; who is not known has it all the same.
    context: { "aws:PrincipalArn": { present: true } },
    policies: {
      identity: notRead,
      permissionsBoundary: notRead,
      session: notRead,
      serviceControl: notRead,
      resourceControl: notRead,
      vpcEndpoint: notRead,
    },
    key: notRead,
    organization: notRead,
    simulation: notRead,
    denial: found.denial,
  };
}
