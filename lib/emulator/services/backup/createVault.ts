import { randomUUID } from "node:crypto";
import { vaultArn } from "../../../facts/arn.js";
import { keyArn, vaultName, vaultNameRefusal } from "../../../facts/names.js";
import type { Operation } from "../../Call.js";
import { requiredText, textMapOf, textOf } from "../../input.js";
import { backupKey, keyByArn } from "../../keys.js";
import { accountOf } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { tagContext } from "../../tagContext.js";
import { forwardedCallsPass } from "./forwardedCalls.js";

const opaque =
  "Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.";

/**
 * The caller's own backup:CreateBackupVault, then what AWS Backup does for the caller: backup-storage:MountCapsule and
 * five calls to KMS.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html
 */
export const createVault: Operation = (call) => {
  const { state, session, region, input } = call;
  const { world } = state;
  const name = requiredText(input, "BackupVaultName", "MissingParameterValueException");
  const arn = vaultArn({ partition: world.partition, region, accountId: session.accountId }, name);
  const tags = textMapOf(input, "BackupVaultTags");
  const keyName = textOf(input, "EncryptionKeyArn");

  if (state.enforced.has("backup:CreateBackupVault")) {
    // What the credentials say of tags wins over the request's own.
    const context = { ...tagContext(tags), ...session.context };
    requireAllowed(call, { action: "backup:CreateBackupVault", resource: arn, context });
  }
  if (!vaultName.test(name)) {
    throw invalid(vaultNameRefusal);
  }
  if (keyName?.includes(":alias/")) throw invalid("KMS key Alias is not supported by AWS Backup");
  if (keyName !== undefined && !keyArn.test(keyName)) {
    throw invalid(`Invalid KMS key ARN: ${keyName}`);
  }
  const { vaults, keys } = accountOf(world, session.accountId);
  const creatorRequestId = textOf(input, "CreatorRequestId");
  const existing = vaults.find((vault) => vault.name === name && vault.region === region);
  // The token makes a repeated call the same call.
  if (existing !== undefined && creatorRequestId !== undefined && existing.creatorRequestId === creatorRequestId) {
    return { BackupVaultName: name, BackupVaultArn: arn, CreationDate: new Date(existing.creationDate) };
  }
  if (existing !== undefined) {
    throw new ServiceError("AlreadyExistsException", `Backup vault with the same name already exists: ${name}`, 400, {
      Arn: arn,
      CreatorRequestId: existing.creatorRequestId,
      Type: "",
      Context: "",
    });
  }

  // The AWS managed key comes into being on first use, but not by a call that is then refused.
  const key = keyName === undefined ? backupKey(world, session.accountId, region) : keyByArn(world, keyName);
  if (!forwardedCallsPass(call, { key, arn: key?.arn ?? keyName ?? "" }, arn)) {
    throw new ServiceError("AccessDeniedException", opaque, 403);
  }
  const seen = world.seenDenial;
  if (seen?.backupVaultName === name && session.arn === world.caller.arn) {
    throw new ServiceError(seen.code, seen.message, 403);
  }
  const creationDate = new Date();
  vaults.push({
    name,
    region,
    encryptionKeyArn: key?.arn ?? keyName ?? "",
    creationDate: creationDate.toISOString(),
    tags,
    creatorRequestId: creatorRequestId ?? randomUUID(),
  });
  if (key !== null && keyName === undefined && !keys.includes(key)) keys.push(key);
  return { BackupVaultName: name, BackupVaultArn: arn, CreationDate: creationDate };
};

function invalid(message: string): ServiceError {
  return new ServiceError("InvalidParameterValueException", message, 400);
}
