import type { BackupServiceException } from "@aws-sdk/client-backup";
import { fields, shown, that } from "../../options/fieldRule.js";
import { accessDenied } from "./accessDenied.js";

const policyTypes = {
  "identity-policy": "identity-based policy",
  "permissions-boundary": "permissions boundary",
  "session-policy": "session policy",
  "service-control-policy": "service control policy",
  "vpc-endpoint-policy": "VPC endpoint policy",
} as const;

/** What {@link frontDoorDenial} says; everything may be left out. */
export interface FrontDoorDenialOptions {
  /** The layer that refuses backup:CreateBackupVault itself. Default: "identity-policy". */
  layer?: keyof typeof policyTypes | undefined;
  /** By a Deny statement, or by silence. Default: "implicitDeny". */
  effect?: "explicitDeny" | "implicitDeny" | undefined;
  /** Who called. Default: a session of the role Deployer. */
  principalArn?: string | undefined;
  backupVaultArn?: string | undefined;
  /** The ARN that AWS puts behind an explicit denial since 2026. Default: none, as before. */
  policyArn?: string | undefined;
}

const text = that((value) => typeof value === "string" && value !== "", "a text that is not empty", shown);
const known = (...values: string[]) =>
  that((value) => values.some((one) => one === value), `one of ${values.join(", ")}`, shown);
const checkOptions = fields({
  layer: known(...Object.keys(policyTypes)),
  effect: known("explicitDeny", "implicitDeny"),
  principalArn: text,
  backupVaultArn: text,
  policyArn: text,
});

/**
 * The refusal of backup:CreateBackupVault itself: its message names the user, the action, the resource and the kind of
 * policy.
 *
 * @throws InvalidRequestError where an option is not known
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @example
 * mockClient(BackupClient)
 *   .on(CreateBackupVaultCommand)
 *   .rejects(frontDoorDenial({ layer: "service-control-policy", effect: "explicitDeny" }));
 */
export function frontDoorDenial(options: FrontDoorDenialOptions = {}): BackupServiceException {
  checkOptions(options, "frontDoorDenial");
  const {
    layer = "identity-policy",
    effect = "implicitDeny",
    principalArn = "arn:aws:sts::111122223333:assumed-role/Deployer/session",
    backupVaultArn = "arn:aws:backup:us-west-2:111122223333:backup-vault:prod-vault",
    policyArn,
  } = options;
  const type = policyTypes[layer];
  const article = layer === "identity-policy" ? "an" : "a";
  const why =
    effect === "implicitDeny"
      ? `because no ${type} allows the backup:CreateBackupVault action`
      : `with an explicit deny in ${article} ${type}${policyArn === undefined ? "" : `: ${policyArn}`}`;
  return accessDenied(
    `User: ${principalArn} is not authorized to perform: backup:CreateBackupVault on resource: ${backupVaultArn} ${why}`,
  );
}
