import { anyKeyArn, parseArn, parsePrincipalArn } from "../facts/arn.js";
import { hiddenAccount } from "../facts/denials.js";
import { noAccount, notNamed } from "../facts/names.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { FoundDenial } from "./FoundDenial.js";
import { messageOf } from "./messageOf.js";

const notRead: Evidence<never> = { status: "notRead" };

/**
 * The snapshot that a refusal's text alone makes: who, where and which key as far as it tells, and nothing read. What it
 * does not tell is written as not named, so that nobody takes it for a name; a key that it does not name is not taken for
 * alias/aws/backup.
 */
export function snapshotOfDenial(found: FoundDenial, now: Date): Snapshot {
  const principalArn = unhidden(found);
  const named = parsePrincipalArn(principalArn);
  const partition = named?.partition ?? parseArn(found.encryptionKeyArn ?? "")?.partition ?? "aws";
  const accountId = found.accountId ?? noAccount;
  const region = found.region ?? notNamed;
  const role = (name: string) => `arn:${partition}:iam::${named?.accountId ?? accountId}:role/${name}`;
  const arn = named === null ? role(notNamed) : principalArn;
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
    denial: { ...found.denial, message: askable(found, arn) },
  };
}

/** The principal's ARN; where somebody hid its account, with the one that the text tells elsewhere, or none. */
function unhidden({ principalArn, accountId }: FoundDenial): string {
  return (principalArn ?? "").replace(hiddenAccount, `$1${accountId ?? noAccount}:`);
}

/**
 * AWS's words about the request as it is made here: whom or what they do not name, or somebody hid in them, is not taken for
 * somebody or something else.
 */
function askable({ denial, reading, ...found }: FoundDenial, callerArn: string): string {
  if (reading.kind !== "action") return denial.message;
  const named = parseArn(reading.resource ?? "");
  const isAsked =
    named === null ||
    (named.service === "backup"
      ? named.resource === `backup-vault:${found.backupVaultName}` &&
        named.region === found.region &&
        named.accountId === found.accountId
      : named.service !== "kms" || found.encryptionKeyArn !== null);
  return messageOf({
    ...reading,
    user: callerArn,
    resource: isAsked ? reading.resource : null,
  });
}
