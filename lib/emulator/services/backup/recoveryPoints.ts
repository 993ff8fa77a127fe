import type { Call, Operation, Output } from "../../Call.js";
import { requiredText } from "../../input.js";
import { tokenPage } from "../../limitedPage.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldVault } from "../../World.js";
import { allowedVault, arnIn, ofVault, vaultsHere } from "./vaults.js";

/** ARNs of a vault's recovery points; where the world tells only how many there are, made from their numbers. */
export function pointsIn(call: Call, { name, recoveryPoints = [] }: WorldVault): readonly string[] {
  if (typeof recoveryPoints !== "number") return recoveryPoints;
  const { state, session, region } = call;
  const start = `arn:${state.world.partition}:backup:${region}:${session.accountId}:recovery-point:${name}-`;
  return Array.from({ length: recoveryPoints }, (_, index) => `${start}${index + 1}`);
}

function shown(call: Call, vault: WorldVault, arn: string): Output {
  return {
    RecoveryPointArn: arn,
    BackupVaultName: vault.name,
    BackupVaultArn: arnIn(call, vault),
    Status: "COMPLETED",
    CreationDate: new Date(vault.creationDate),
    EncryptionKeyArn: vault.encryptionKeyArn,
    IsEncrypted: true,
  };
}

/** The recovery point that a call names, after asking whether the caller, and the vault, let it. */
function allowedPoint(call: Call): { vault: WorldVault; arn: string } {
  const name = requiredText(call.input, "BackupVaultName", "MissingParameterValueException");
  const arn = requiredText(call.input, "RecoveryPointArn", "MissingParameterValueException");
  const vault = vaultsHere(call).find((one) => one.name === name);
  requireAllowed(call, { action: `backup:${call.operation}`, resource: arn, ...ofVault(vault) });
  if (vault !== undefined && pointsIn(call, vault).includes(arn)) return { vault, arn };
  throw new ServiceError("ResourceNotFoundException", `Recovery point ${arn} does not exist.`, 400);
}

/** A lock keeps recovery points that are not older than it says; the emulator's never are. */
const DeleteRecoveryPoint: Operation = (call) => {
  const { vault, arn } = allowedPoint(call);
  if (vault.lock?.minRetentionDays !== undefined) {
    const message = "Recovery point cannot be deleted. The backup vault is locked.";
    throw new ServiceError("InvalidRequestException", message, 400);
  }
  vault.recoveryPoints = pointsIn(call, vault).filter((point) => point !== arn);
  return undefined;
};

const ListRecoveryPointsByBackupVault: Operation = (call) => {
  const vault = allowedVault(call, requiredText(call.input, "BackupVaultName", "MissingParameterValueException"));
  const { items, ...rest } = tokenPage(call, pointsIn(call, vault), 1000);
  return { RecoveryPoints: items.map((arn) => shown(call, vault, arn)), ...rest };
};

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRecoveryPointsByBackupVault.html */
export const recoveryPoints: Record<string, Operation> = {
  ListRecoveryPointsByBackupVault,
  DescribeRecoveryPoint: (call) => {
    const { vault, arn } = allowedPoint(call);
    return shown(call, vault, arn);
  },
  DeleteRecoveryPoint,
};
