import { randomUUID } from "node:crypto";
import { requiredActions } from "../../../facts/actions.js";
import { vaultArn } from "../../../facts/arn.js";
import { vaultName } from "../../../facts/names.js";
import { arnOf } from "../../arnOf.js";
import { authorize } from "../../authorization/authorize.js";
import { type CallContext, forwardedContext, ownContext } from "../../authorization/callContext.js";
import type { Call, Operation } from "../../Call.js";
import { denialMessage } from "../../denialMessage.js";
import { requiredText, textMapOf, textOf } from "../../input.js";
import { backupKey, keyByArn, keyContext } from "../../keys.js";
import { accountOf } from "../../principals.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldKey } from "../../World.js";

const opaque =
  "Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.";

/**
 * The caller's own backup:CreateBackupVault, then what AWS Backup does for the caller: backup-storage:MountCapsule and
 * five calls to KMS.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html
 */
export const createBackupVault: Operation = (call) => {
  const { state, session, region, input } = call;
  const { world } = state;
  const name = requiredText(input, "BackupVaultName", "MissingParameterValueException");
  const arn = vaultArn({ partition: world.partition, region, accountId: session.accountId }, name);
  const tags = textMapOf(input, "BackupVaultTags");
  const keyName = textOf(input, "EncryptionKeyArn");

  if (state.enforced.has("backup:CreateBackupVault")) requireFrontDoor(call, arn, tags);
  if (!vaultName.test(name)) {
    throw invalid("Invalid vault name. Vault name must match regex ^[a-zA-Z0-9\\-\\_]{2,50}$");
  }
  if (keyName?.includes(":alias/")) throw invalid("KMS key Alias is not supported by AWS Backup");
  if (keyName !== undefined && !/^arn:[^:]+:kms:[^:]*:\d{12}:key\/\S+$/.test(keyName)) {
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
  if (!mayMount(call) || !mayUseKey(call, key, arn)) {
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

function requireFrontDoor(call: Call, arn: string, tags: Record<string, string>): void {
  const { state, session } = call;
  const keys = Object.keys(tags);
  const decision = authorize(state.world, session, {
    action: "backup:CreateBackupVault",
    resource: arn,
    throughEndpoint: true,
    context: {
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
      ...(keys.length > 0 && { "aws:TagKeys": keys }),
      ...ownContext(state.world, session, call, session.accountId),
    },
  });
  if (decision.allowed) return;
  throw new ServiceError(
    "AccessDeniedException",
    denialMessage(session.arn, "backup:CreateBackupVault", arn, decision),
    403,
  );
}

function mayMount(call: Call): boolean {
  const { state, session } = call;
  const action = "backup-storage:MountCapsule";
  if (!state.enforced.has(action)) return true;
  const context = forwardedContext(state.world, session, call, session.accountId, false);
  return authorize(state.world, session, { action, resource: "*", context }).allowed;
}

function mayUseKey(call: Call, key: WorldKey | null, vault: string): boolean {
  const { state, session, region } = call;
  if (session.isAuditor) return key !== null;
  const actions = requiredActions.filter((action) => action.startsWith("kms:") && state.enforced.has(action));
  if (actions.length === 0) return true;
  if (key === null) return false;
  const { accountId: owner, region: itsRegion } = arnOf(key.arn);
  if (itsRegion !== region) return false;
  const forwarded = forwardedContext(state.world, session, call, owner, true);
  return actions.every((action) => {
    if (!stateAllows(key, action)) return false;
    const context = { ...keyContext(key), ...kmsContext(call, action, vault), ...forwarded };
    return authorize(state.world, session, { action, resource: key.arn, context, key }).allowed;
  });
}

const vaultKey = "aws:backup:backup-vault";

/**
 * What AWS Backup adds to its KMS calls. The encryption context's value, the grant's operations and its grantee are
 * assumptions: AWS documents only the context's key.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
function kmsContext({ session, region }: Call, action: string, vault: string): CallContext {
  const via: CallContext = {
    "kms:ViaService": `backup.${region}.amazonaws.com`,
    "kms:CallerAccount": session.accountId,
  };
  const encryption: CallContext = {
    "kms:EncryptionContextKeys": [vaultKey],
    [`kms:EncryptionContext:${vaultKey}`]: vault,
  };
  switch (action) {
    case "kms:CreateGrant":
      return {
        ...via,
        ...encryption,
        "kms:GrantIsForAWSResource": "true",
        "kms:GrantOperations": ["CreateGrant", "Decrypt", "DescribeKey", "GenerateDataKey", "RetireGrant"],
        "kms:GrantConstraintType": "EncryptionContextSubset",
      };
    case "kms:Decrypt":
    case "kms:GenerateDataKey":
      return { ...via, ...encryption, "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT" };
    case "kms:RetireGrant":
      return { ...via, ...encryption };
    default:
      return via;
  }
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
function stateAllows(key: WorldKey, action: string): boolean {
  const fits =
    (key.keySpec ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT" &&
    (key.keyUsage ?? "ENCRYPT_DECRYPT") === "ENCRYPT_DECRYPT";
  if (!fits) return false;
  if (action === "kms:DescribeKey" || action === "kms:RetireGrant") return true;
  if (key.state === "Unavailable") return action === "kms:CreateGrant";
  return key.state === "Enabled" || key.state === "Updating";
}
