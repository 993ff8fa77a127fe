import type { FoundDenial } from "./FoundDenial.js";

/**
 * What a refusal's words prove and what they leave open, in sentences for a person. The layer that they name, if they
 * name one, is the diagnosis's to tell.
 *
 * @param isLayerNamed the policy type that they name is a layer of this action
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @see https://repost.aws/knowledge-center/backup-vault-access-denied
 */
export function whatItSays(found: FoundDenial, isLayerNamed: boolean): string {
  const { reading, ofVaultCreation, operation, wordless, since } = found;
  const taken =
    ofVaultCreation !== "open"
      ? ""
      : operation === null
        ? "The text does not say which call was refused; it is taken to be CreateBackupVault. "
        : `What was refused is ${operation}, which AWS Backup calls for whoever creates a vault; it is taken to be so here. `;
  const later = since === "made" ? " The text tells later on that the vault was made: this refusal may be over." : "";
  return `${taken}${wordless === undefined ? proven(reading, isLayerNamed) : inEvent(found, wordless.eventId)}${later}`;
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-console.html */
function inEvent({ operation, region, userName }: FoundDenial, eventId: string | null): string {
  const which =
    eventId === null
      ? `EventName,AttributeValue=${operation ?? "CreateBackupVault"}`
      : `EventId,AttributeValue=${eventId}`;
  return `What is here of CloudTrail's event has the error's code and not AWS's words: it proves that ${userName === undefined ? "the call" : `the call of ${userName}`} was refused, and not by what. The event itself may have them, as errorMessage: aws cloudtrail lookup-events --lookup-attributes AttributeKey=${which}${region === null ? "" : ` --region ${region}`}`;
}

function proven(reading: FoundDenial["reading"], isLayerNamed: boolean): string {
  switch (reading.kind) {
    case "backup-storage-and-kms":
      return "AWS Backup took the call itself (backup:CreateBackupVault is allowed) and was refused behind it: backup-storage:MountCapsule or one of the five KMS actions is missing; AWS does not say which, nor in which policy. The usual cause is an identity policy without backup-storage:MountCapsule on resource *.";
    case "action":
      if (reading.ambiguous) {
        return `AWS refused ${reading.action} on the key: it does not exist in this Region, or its key policy does not allow it, or denies it; AWS does not say which.`;
      }
      if (reading.policyType === null) return `AWS refused ${reading.action} and does not say in which policy.`;
      if (!isLayerNamed) {
        return `AWS refused ${reading.action} and names ${/^[aeiou]/.test(reading.policyType) ? "an" : "a"} ${reading.policyType}, by which it refuses no call of this action: the words prove nothing more.`;
      }
      return `AWS's words prove this for ${reading.action} alone: another policy, or another of the actions that the call needs, may be refused after it.`;
    case "encoded":
      return "AWS's words are encoded: whoever may call sts:DecodeAuthorizationMessage can read them.";
    case "opaque":
    case "other":
      return "AWS's words name no action and no policy: any of the seven actions may be the one that is missing. The usual cause is an identity policy without backup-storage:MountCapsule on resource *.";
  }
}
