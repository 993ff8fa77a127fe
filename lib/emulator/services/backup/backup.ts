import type { Call, Operation } from "../../Call.js";
import { isObject, requiredText, textMapOf, textsOf } from "../../input.js";
import { tokenPage } from "../../limitedPage.js";
import { accountOf } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { requestTagContext } from "../../tagContext.js";
import type { WorldVault } from "../../World.js";
import { createAirGappedVault } from "./createAirGappedVault.js";
import { createVault } from "./createVault.js";
import { pointsIn, recoveryPoints } from "./recoveryPoints.js";
import { vaultParts } from "./vaultParts.js";
import { allowedVault, arnIn, ofVault, vaultsHere } from "./vaults.js";

function shown(call: Call, vault: WorldVault): Record<string, unknown> {
  return {
    BackupVaultName: vault.name,
    BackupVaultArn: arnIn(call, vault),
    VaultType: vault.type ?? "BACKUP_VAULT",
    VaultState: "AVAILABLE",
    EncryptionKeyArn: vault.encryptionKeyArn,
    CreationDate: new Date(vault.creationDate),
    CreatorRequestId: vault.creatorRequestId,
    NumberOfRecoveryPoints: pointsIn(call, vault).length,
    Locked: vault.lock !== undefined,
    MinRetentionDays: vault.lock?.minRetentionDays,
    MaxRetentionDays: vault.lock?.maxRetentionDays,
    LockDate: vault.lock?.lockDate === undefined ? undefined : new Date(vault.lock.lockDate),
    EncryptionKeyType: "CUSTOMER_MANAGED_KMS_KEY",
  };
}

const DescribeBackupVault: Operation = (call) =>
  shown(call, allowedVault(call, requiredText(call.input, "BackupVaultName", "MissingParameterValueException")));

const DeleteBackupVault: Operation = (call) => {
  const vault = allowedVault(call, requiredText(call.input, "BackupVaultName", "MissingParameterValueException"));
  const points = pointsIn(call, vault).length;
  if (points > 0) {
    const message = `Backup vault cannot be deleted (contains ${points} recovery points)`;
    throw new ServiceError("InvalidRequestException", message, 400);
  }
  const { vaults } = accountOf(call.state.world, call.session.accountId);
  vaults.splice(vaults.indexOf(vault), 1);
  return undefined;
};

const ListBackupVaults: Operation = (call) => {
  requireAllowed(call, { action: "backup:ListBackupVaults", resource: "*" });
  const { items, ...rest } = tokenPage(call, vaultsHere(call), 1000);
  return { BackupVaultList: items.map((vault) => shown(call, vault)), ...rest };
};

/** The vault behind a tagged ARN. */
function taggedVault(call: Call): WorldVault {
  const arn = requiredText(call.input, "ResourceArn", "MissingParameterValueException");
  const vault = vaultsHere(call).find((one) => arnIn(call, one) === arn);
  const given = ofVault(vault);
  requireAllowed(call, {
    action: `backup:${call.operation}`,
    resource: arn,
    ...given,
    context: { ...given.context, ...requestTagContext(call) },
  });
  if (vault === undefined)
    throw new ServiceError("ResourceNotFoundException", `The resource ${arn} does not exist.`, 400);
  return vault;
}

const ListTags: Operation = (call) => {
  const vault = taggedVault(call);
  const { items, ...rest } = tokenPage(call, Object.entries(vault.tags), 1000);
  return { Tags: Object.fromEntries(items), ...rest };
};

const TagResource: Operation = (call) => {
  const tags = isObject(call.input.Tags) ? textMapOf(call.input, "Tags") : {};
  const vault = taggedVault(call);
  vault.tags = { ...vault.tags, ...tags };
  return undefined;
};

const UntagResource: Operation = (call) => {
  const keys = textsOf(call.input, "TagKeyList") ?? [];
  const vault = taggedVault(call);
  vault.tags = Object.fromEntries(Object.entries(vault.tags).filter(([key]) => !keys.includes(key)));
  return undefined;
};

export const backup: Record<string, Operation> = {
  CreateBackupVault: createVault,
  CreateLogicallyAirGappedBackupVault: createAirGappedVault,
  ...vaultParts,
  ...recoveryPoints,
  DescribeBackupVault,
  DeleteBackupVault,
  ListBackupVaults,
  ListTags,
  TagResource,
  UntagResource,
};
