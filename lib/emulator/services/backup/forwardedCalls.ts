import { randomUUID } from "node:crypto";
import { type RequiredAction, requiredActions } from "../../../facts/actions.js";
import { fittingKey, vaultContextKey, viaService } from "../../../facts/kms.js";
import { arnOf } from "../../arnOf.js";
import { authorize } from "../../authorization/authorize.js";
import { type CallContext, forwardedContext } from "../../authorization/callContext.js";
import type { Call } from "../../Call.js";
import { denialMessage, thisResource } from "../../denialMessage.js";
import { keyContext } from "../../keys.js";
import { noteDecision } from "../../noteDecision.js";
import { ServiceError } from "../../ServiceError.js";
import { type Recorded, recordEvent } from "../../trail/recordCall.js";
import type { WorldKey } from "../../World.js";
import { hiddenFrom, requireUsable } from "../kms/allowedKey.js";

/** The key that a vault is to be made with. */
export interface VaultKey {
  /** Null: there is none of this ARN. */
  key: WorldKey | null;
  arn: string;
}

/** The operations that the grant of a vault permits; an assumption, as its grantee is: AWS documents neither. */
const grantOperations = ["CreateGrant", "Decrypt", "DescribeKey", "GenerateDataKey", "RetireGrant"];

/**
 * What AWS Backup calls with the caller's session, one after another until one is refused: backup-storage:MountCapsule and
 * five operations of KMS. Each call stands in the trail.
 *
 * @returns whether all of them passed
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html
 */
export function forwardedCallsPass(call: Call, vaultKey: VaultKey, vault: string): boolean {
  const actions = requiredActions.filter((action) => action !== "backup:CreateBackupVault");
  return actions
    .filter((action) => call.state.enforced.has(action))
    .every((action) => {
      const error = action.startsWith("kms:") ? kmsRefusal(call, action, vaultKey, vault) : mountRefusal(call, action);
      recordEvent(call, { ...recorded(action, vaultKey, vault, error === null), error, forwarded: true });
      return error === null;
    });
}

function mountRefusal(call: Call, action: RequiredAction): ServiceError | null {
  const { state, session } = call;
  const context = forwardedContext(state.world, session, call, session.accountId, false);
  const asked = { action, resource: "*", context };
  const decision = noteDecision(call, asked, authorize(state.world, session, asked), true);
  if (decision.allowed) return null;
  return new ServiceError("AccessDeniedException", denialMessage(session.arn, action, "*", decision));
}

function kmsRefusal(call: Call, action: string, { key, arn }: VaultKey, vault: string): ServiceError | null {
  const { state, session, region } = call;
  if (key === null) return new ServiceError("NotFoundException", `Key '${arn}' does not exist`);
  if (session.isAuditor) return null;
  const { accountId: owner, region: itsRegion } = arnOf(key.arn);
  if (itsRegion !== region) return new ServiceError("NotFoundException", `Invalid arn ${itsRegion}`);
  const context = {
    ...keyContext(key),
    ...kmsContext(call, action, vault),
    ...forwardedContext(state.world, session, call, owner, true),
  };
  const asked = { action, resource: key.arn, context, key };
  const decision = noteDecision(call, asked, authorize(state.world, session, asked), true);
  if (!decision.allowed) {
    const isForeign = owner !== session.accountId;
    if (isForeign && decision.layer === "resource-based policy") return hiddenFrom(session, action);
    const shown = isForeign ? thisResource : key.arn;
    return new ServiceError("AccessDeniedException", denialMessage(session.arn, action, shown, decision));
  }
  return stateRefusal(key, action);
}

function stateRefusal(key: WorldKey, action: string): ServiceError | null {
  const { keySpec = fittingKey.keySpec, keyUsage = fittingKey.keyUsage } = key;
  if (keySpec !== fittingKey.keySpec || keyUsage !== fittingKey.keyUsage) {
    return new ServiceError("InvalidKeyUsageException", `${key.arn} is no symmetric encryption key.`);
  }
  if (action === "kms:DescribeKey" || action === "kms:RetireGrant") return null;
  try {
    requireUsable(key, action);
    return null;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

/**
 * What AWS Backup adds to its KMS calls. The encryption context's value is an assumption: AWS documents only its key.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
function kmsContext({ session, region }: Call, action: string, vault: string): CallContext {
  const via: CallContext = { "kms:ViaService": viaService(region), "kms:CallerAccount": session.accountId };
  const encryption: CallContext = {
    "kms:EncryptionContextKeys": [vaultContextKey],
    [`kms:EncryptionContext:${vaultContextKey}`]: vault,
  };
  switch (action) {
    case "kms:CreateGrant":
      return {
        ...via,
        ...encryption,
        "kms:GrantIsForAWSResource": "true",
        "kms:GrantOperations": grantOperations,
        "kms:GrantConstraintType": "EncryptionContextSubset",
      };
    case "kms:Decrypt":
    case "kms:GenerateDataKey":
      return { ...via, ...encryption, "kms:EncryptionAlgorithm": fittingKey.keySpec };
    case "kms:RetireGrant":
      return { ...via, ...encryption };
    default:
      return via;
  }
}

/**
 * A forwarded call's own part of its event, as the KMS guide shows the events of each operation.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/understanding-kms-entries.html
 */
function recorded(action: RequiredAction, { arn }: VaultKey, vault: string, passed: boolean): Omit<Recorded, "error"> {
  const [service = "", eventName = ""] = action.split(":");
  const encryptionContext = { [vaultContextKey]: vault };
  const event = { service, eventName, keyArn: arn };
  switch (action) {
    case "kms:CreateGrant":
      return {
        ...event,
        requestParameters: {
          keyId: arn,
          granteePrincipal: "backup.amazonaws.com",
          operations: grantOperations,
          constraints: { encryptionContextSubset: encryptionContext },
        },
        responseElements: passed ? { grantId: randomUUID().replaceAll("-", "").repeat(2) } : null,
      };
    case "kms:Decrypt":
      return {
        ...event,
        requestParameters: { keyId: arn, encryptionAlgorithm: fittingKey.keySpec, encryptionContext },
      };
    case "kms:GenerateDataKey":
      return { ...event, requestParameters: { keyId: arn, keySpec: "AES_256", encryptionContext } };
    case "kms:RetireGrant":
      return { ...event, requestParameters: null };
    case "kms:DescribeKey":
      return { ...event, requestParameters: { keyId: arn } };
    case "backup-storage:MountCapsule":
    case "backup:CreateBackupVault":
      return { service, eventName, requestParameters: null };
  }
}
