import type { DenialReading } from "../denial/DenialReading.js";
import { callKind, tagAction } from "../facts/actions.js";
import { lastSegment, parseArn } from "../facts/arn.js";
import type { PolicyLayer } from "../facts/layers.js";
import type { Inquiry } from "../question/inquiryOf.js";
import type { PolicyRef } from "../verdict/LayerJudgement.js";
import { policyRef } from "../verdict/policyRef.js";
import type { OwnWords } from "./LayerClaim.js";

type ActionReading = Extract<DenialReading, { kind: "action" }>;

/** What a message says of the layer that it names; of none where it names none that fits its action. */
export function claimIn(reading: ActionReading, action: string, inquiry: Inquiry): Omit<OwnWords, "source"> {
  const { policyType, effect, policy, ambiguous } = reading;
  const layer = policyType === null || effect === null || ambiguous ? null : layerOf(policyType, action, effect);
  if (layer === null || effect === null) return { claims: {}, isRefusedUnnamed: true };
  const named = policy === null ? null : namedPolicy(inquiry, layer, policy);
  return { claims: { [layer]: { verdict: effect, policy: named } }, isRefusedUnnamed: false };
}

/** The layer that a message's policy type is, for this action; null where it fits none. */
function layerOf(
  policyType: NonNullable<ActionReading["policyType"]>,
  action: string,
  effect: "explicitDeny" | "implicitDeny",
): PolicyLayer | null {
  const kind = callKind(action);
  switch (policyType) {
    case "identity-based policy":
      return "identity-policy";
    case "permissions boundary":
      return "permissions-boundary";
    case "session policy":
      return "session-policy";
    case "service control policy":
      return "service-control-policy";
    case "resource control policy":
      return kind === "kms" && action !== "kms:RetireGrant" ? "resource-control-policy" : null;
    case "resource-based policy":
      return kind === "kms" && (action !== "kms:RetireGrant" || effect === "explicitDeny") ? "key-policy" : null;
    case "VPC endpoint policy":
      // Forwarded calls pass none, so that only AWS Backup's own actions can be refused by it.
      return action === "backup:CreateBackupVault" || action === tagAction ? "vpc-endpoint-policy" : null;
    case "role trust policy":
      return null;
  }
}

/** A policy that a message names by ARN or name, with what else was read of it. */
function namedPolicy({ evidence }: Inquiry, layer: PolicyLayer, named: string): PolicyRef {
  const found = evidence[layer];
  const places = found.status === "read" ? found.levels().flatMap((level) => level.places) : [];
  const read = places.find(({ policy }) => policy.arn === named || policy.name === named);
  if (read !== undefined) return policyRef(read.policy);
  return parseArn(named) !== null ? { name: lastSegment(named), arn: named } : { name: named };
}
