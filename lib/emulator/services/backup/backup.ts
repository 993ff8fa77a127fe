import { vaultArn } from "../../../facts/arn.js";
import type { Call, Operation } from "../../Call.js";
import { isObject, requiredText, textMapOf, textsOf } from "../../input.js";
import { tokenPage } from "../../limitedPage.js";
import { accountOf } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { tagContext } from "../../tagContext.js";
import type { WorldVault } from "../../World.js";
import { createBackupVault } from "./createBackupVault.js";

function vaultsHere({ state, session, region }: Call): WorldVault[] {
  return accountOf(state.world, session.accountId).vaults.filter((vault) => vault.region === region);
}

function arnIn({ state, session }: Call, { region, name }: WorldVault): string {
  return vaultArn({ partition: state.world.partition, region, accountId: session.accountId }, name);
}

/** The vault that a call names, after asking whether the caller may do this with it. */
function allowedVault(call: Call, name: string): WorldVault {
  const { state, session, region, operation } = call;
  const arn = vaultArn({ partition: state.world.partition, region, accountId: session.accountId }, name);
  const vault = vaultsHere(call).find((one) => one.name === name);
  requireAllowed(call, { action: `backup:${operation}`, resource: arn, context: ownTags(vault) });
  if (vault !== undefined) return vault;
  // AWS Backup does not tell a vault that is not there from one that may not be seen.
  if (operation === "DescribeBackupVault") {
    throw new ServiceError("AccessDeniedException", "Insufficient privileges to perform this action.", 403);
  }
  throw new ServiceError("ResourceNotFoundException", `Backup vault ${name} does not exist.`, 400);
}

function ownTags(vault: WorldVault | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(vault?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

function shown(call: Call, vault: WorldVault): Record<string, unknown> {
  return {
    BackupVaultName: vault.name,
    BackupVaultArn: arnIn(call, vault),
    VaultType: "BACKUP_VAULT",
    VaultState: "AVAILABLE",
    EncryptionKeyArn: vault.encryptionKeyArn,
    CreationDate: new Date(vault.creationDate),
    CreatorRequestId: vault.creatorRequestId,
    NumberOfRecoveryPoints: 0,
    Locked: false,
    EncryptionKeyType: "CUSTOMER_MANAGED_KMS_KEY",
  };
}

const DescribeBackupVault: Operation = (call) =>
  shown(call, allowedVault(call, requiredText(call.input, "BackupVaultName", "MissingParameterValueException")));

const DeleteBackupVault: Operation = (call) => {
  const vault = allowedVault(call, requiredText(call.input, "BackupVaultName", "MissingParameterValueException"));
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
function taggedVault(call: Call, tags: Record<string, string>): WorldVault {
  const arn = requiredText(call.input, "ResourceArn", "MissingParameterValueException");
  const vault = vaultsHere(call).find((one) => arnIn(call, one) === arn);
  requireAllowed(call, {
    action: `backup:${call.operation}`,
    resource: arn,
    context: {
      ...ownTags(vault),
      ...tagContext(tags),
    },
  });
  if (vault === undefined)
    throw new ServiceError("ResourceNotFoundException", `The resource ${arn} does not exist.`, 400);
  return vault;
}

const ListTags: Operation = (call) => {
  const vault = taggedVault(call, {});
  const { items, ...rest } = tokenPage(call, Object.entries(vault.tags), 1000);
  return { Tags: Object.fromEntries(items), ...rest };
};

const TagResource: Operation = (call) => {
  const tags = isObject(call.input.Tags) ? textMapOf(call.input, "Tags") : {};
  const vault = taggedVault(call, tags);
  vault.tags = { ...vault.tags, ...tags };
  return undefined;
};

const UntagResource: Operation = (call) => {
  const keys = textsOf(call.input, "TagKeyList") ?? [];
  const vault = taggedVault(call, {});
  vault.tags = Object.fromEntries(Object.entries(vault.tags).filter(([key]) => !keys.includes(key)));
  return undefined;
};

export const backup: Record<string, Operation> = {
  CreateBackupVault: createBackupVault,
  DescribeBackupVault,
  DeleteBackupVault,
  ListBackupVaults,
  ListTags,
  TagResource,
  UntagResource,
};
