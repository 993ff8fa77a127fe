import { parsePolicy } from "../../../policy/parsePolicy.js";
import type { Call, Input, Operation, Output } from "../../Call.js";
import { numberOf, requiredText, textsOf } from "../../input.js";
import { ServiceError } from "../../ServiceError.js";
import { servedText } from "../../servedText.js";
import type { WorldVault } from "../../World.js";
import { allowedVault, arnIn } from "./vaults.js";

const mostDays = 36_500;
const missingName = "MissingParameterValueException";

/** Acts on the vault that a call names, after asking whether the caller may. */
const onVault =
  (act: (vault: WorldVault, call: Call) => Output | undefined): Operation =>
  (call) =>
    act(allowedVault(call, requiredText(call.input, "BackupVaultName", missingName)), call);

function invalid(message: string): ServiceError {
  return new ServiceError("InvalidParameterValueException", message, 400);
}

function absent(what: string, { name }: WorldVault): ServiceError {
  return new ServiceError("ResourceNotFoundException", `Backup vault ${name} has no ${what}.`, 400);
}

/**
 * Whole days, up to a hundred years.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html
 */
function days(input: Input, member: string, least: number): number | undefined {
  const count = numberOf(input, member);
  if (count === undefined || (Number.isInteger(count) && count >= least && count <= mostDays)) return count;
  throw invalid(`${member} must be ${least} to ${mostDays} whole days.`);
}

/** Nobody can change a lock once its date has come. */
function requireChangeable({ lock, name }: WorldVault): void {
  if (lock?.lockDate === undefined || Date.parse(lock.lockDate) > Date.now()) return;
  throw new ServiceError(
    "InvalidRequestException",
    `The lock of backup vault ${name} cannot be changed any more.`,
    400,
  );
}

/**
 * A vault's access policy, notifications and lock. The access policy is asked wherever the vault is.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Operations_AWS_Backup.html
 */
export const vaultParts: Record<string, Operation> = {
  PutBackupVaultAccessPolicy: onVault((vault, { input }) => {
    const policy = requiredText(input, "Policy", missingName);
    if (parsePolicy(policy, { principalRequired: true }).damage.length > 0) {
      throw invalid("Provided policy document is invalid.");
    }
    vault.accessPolicy = policy;
    return undefined;
  }),
  GetBackupVaultAccessPolicy: onVault((vault, call) => {
    if (vault.accessPolicy === undefined) throw absent("access policy", vault);
    return {
      BackupVaultName: vault.name,
      BackupVaultArn: arnIn(call, vault),
      Policy: servedText(vault.accessPolicy) ?? "",
    };
  }),
  DeleteBackupVaultAccessPolicy: onVault((vault) => {
    delete vault.accessPolicy;
    return undefined;
  }),
  PutBackupVaultNotifications: onVault((vault, { input }) => {
    const events = textsOf(input, "BackupVaultEvents") ?? [];
    if (events.length === 0) throw invalid("BackupVaultEvents must not be empty.");
    vault.notifications = { topicArn: requiredText(input, "SNSTopicArn", missingName), events };
    return undefined;
  }),
  GetBackupVaultNotifications: onVault((vault, call) => {
    if (vault.notifications === undefined) throw absent("notifications", vault);
    return {
      BackupVaultName: vault.name,
      BackupVaultArn: arnIn(call, vault),
      SNSTopicArn: vault.notifications.topicArn,
      BackupVaultEvents: vault.notifications.events,
    };
  }),
  DeleteBackupVaultNotifications: onVault((vault) => {
    delete vault.notifications;
    return undefined;
  }),
  PutBackupVaultLockConfiguration: onVault((vault, { input }) => {
    requireChangeable(vault);
    const minRetentionDays = days(input, "MinRetentionDays", 1);
    const maxRetentionDays = days(input, "MaxRetentionDays", minRetentionDays ?? 1);
    const changeableForDays = days(input, "ChangeableForDays", 3);
    vault.lock = {
      minRetentionDays,
      maxRetentionDays,
      ...(changeableForDays !== undefined && {
        lockDate: new Date(Date.now() + changeableForDays * 86_400_000).toISOString(),
      }),
    };
    return undefined;
  }),
  DeleteBackupVaultLockConfiguration: onVault((vault) => {
    requireChangeable(vault);
    delete vault.lock;
    return undefined;
  }),
};
