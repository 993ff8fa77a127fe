import { randomUUID } from "node:crypto";
import { vaultArn } from "../../../facts/arn.js";
import { vaultName } from "../../../facts/names.js";
import type { Operation } from "../../Call.js";
import { numberOf, requiredText, textMapOf, textOf } from "../../input.js";
import { accountOf } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { tagContext } from "../../tagContext.js";

/**
 * A vault that AWS encrypts with a key of its own: no call is forwarded, and only its own action is asked.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateLogicallyAirGappedBackupVault.html
 */
export const createAirGappedVault: Operation = (call) => {
  const { state, session, region, input } = call;
  const name = requiredText(input, "BackupVaultName", "MissingParameterValueException");
  const arn = vaultArn({ partition: state.world.partition, region, accountId: session.accountId }, name);
  const tags = textMapOf(input, "BackupVaultTags");
  requireAllowed(call, {
    action: "backup:CreateLogicallyAirGappedBackupVault",
    resource: arn,
    context: tagContext(tags),
  });
  if (input.EncryptionKeyArn !== undefined && input.EncryptionKeyArn !== null) {
    const message =
      "The emulator makes a logically air-gapped vault with AWS's own key alone: leave EncryptionKeyArn out.";
    throw new ServiceError("InvalidParameterValueException", message, 400);
  }
  const [least = 0, most = 0] = [numberOf(input, "MinRetentionDays"), numberOf(input, "MaxRetentionDays")];
  if (!vaultName.test(name) || least < 7 || most < least) {
    const expected = "a name of 2 to 50 letters, digits, - or _, MinRetentionDays of 7 or more, and MaxRetentionDays";
    throw new ServiceError("InvalidParameterValueException", `Expected ${expected} not below it.`, 400);
  }
  const { vaults } = accountOf(state.world, session.accountId);
  if (vaults.some((vault) => vault.name === name && vault.region === region)) {
    throw new ServiceError("AlreadyExistsException", `Backup vault with the same name already exists: ${name}`, 400);
  }
  const creationDate = new Date();
  vaults.push({
    name,
    region,
    encryptionKeyArn: `arn:${state.world.partition}:kms:${region}:${session.accountId}:key/${randomUUID()}`,
    creationDate: creationDate.toISOString(),
    tags,
    type: "LOGICALLY_AIR_GAPPED_BACKUP_VAULT",
    lock: { minRetentionDays: least, maxRetentionDays: most },
    creatorRequestId: textOf(input, "CreatorRequestId") ?? randomUUID(),
  });
  return { BackupVaultName: name, BackupVaultArn: arn, CreationDate: creationDate, VaultState: "CREATING" };
};
