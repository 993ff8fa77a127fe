import { parseCallerArn } from "../caller/parseCallerArn.js";
import type { DenialReading } from "../denial/DenialReading.js";
import { isSeenDenial } from "../denial/isSeenDenial.js";
import { readDenial } from "../denial/readDenial.js";
import { callKind } from "../request/callKind.js";
import { requiredActions } from "../request/requiredActions.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
import { policyRef } from "../verdict/judgeDocuments.js";
import { type Layer, layers } from "../verdict/Layer.js";
import type { PolicyRef } from "../verdict/LayerJudgement.js";
import type { Claim } from "./Claim.js";

/** What the denial that was seen says (contract, rule 9). */
export interface DenialClaims {
  /** A denial was seen. */
  seen: boolean;
  /** The action that the message names, where its User is the caller's principal. */
  action: string | null;
  /** The resource that the message names. */
  resource: string | null;
  claim: { layer: PolicyLayer; claim: Claim } | null;
  /** The message says that backup-storage and KMS permissions are required: CreateBackupVault itself has passed. */
  clearsOwnCall: boolean;
}

/** The layers that a message can name: all but the key's state. */
type PolicyLayer = Exclude<Layer, "key-state">;

const silence: DenialClaims = { seen: false, action: null, resource: null, claim: null, clearsOwnCall: false };

/** Reads the snapshot's denial as evidence. */
export function denialClaims(snapshot: Snapshot): DenialClaims {
  if (snapshot.denial === null || !isSeenDenial(snapshot.denial)) return silence;
  const reading = readDenial(snapshot.denial);
  if (reading.kind === "backup-storage-and-kms") return { ...silence, seen: true, clearsOwnCall: true };
  if (reading.kind !== "action" || !isCaller(snapshot, reading.user)) return { ...silence, seen: true };
  const action = spelling(reading.action);
  return { ...silence, seen: true, action, resource: reading.resource, claim: claimOf(snapshot, action, reading) };
}

/** One of the seven in its own spelling, whatever the message's. */
function spelling(action: string): string {
  return requiredActions.find((known) => known.toLowerCase() === action.toLowerCase()) ?? action;
}

/** Another session of the same role counts: all sessions of a role have its policies. */
function isCaller({ caller }: Snapshot, user: string | null): boolean {
  if (user === null) return false;
  if (user === caller.arn || user === caller.principalArn) return true;
  const named = parseCallerArn(user);
  const own = parseCallerArn(caller.arn);
  const isRole = (kind: string | undefined) => kind === "role-session" || kind === "role";
  return (
    named !== null &&
    own !== null &&
    isRole(named.kind) &&
    isRole(own.kind) &&
    named.accountId === own.accountId &&
    named.name === own.name
  );
}

function claimOf(
  snapshot: Snapshot,
  action: string,
  { policyType, effect, policy, ambiguous }: Extract<DenialReading, { kind: "action" }>,
): DenialClaims["claim"] {
  if (policyType === null || effect === null || ambiguous) return null;
  const layer = layerOf(policyType, action, effect);
  if (layer === null) return null;
  return { layer, claim: { verdict: effect, policy: policy === null ? null : namedPolicy(snapshot, layer, policy) } };
}

/** The layer that a message's policy type is, for this action; null where it fits none. */
function layerOf(
  policyType: NonNullable<Extract<DenialReading, { kind: "action" }>["policyType"]>,
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
      return kind === "own" ? "vpc-endpoint-policy" : null;
    case "role trust policy":
      return null;
  }
}

/** A policy that a message names by ARN or name, with what else was read of it. */
function namedPolicy(snapshot: Snapshot, layer: PolicyLayer, named: string): PolicyRef {
  const read = policiesOf(snapshot, layer).find(({ arn, name }) => arn === named || name === named);
  if (read !== undefined) return policyRef(read);
  return named.startsWith("arn:") ? { name: lastSegment(named), arn: named } : { name: named };
}

/** A policy known only by ARN is named by its last segment. */
function lastSegment(arn: string): string {
  return arn.split(/[/:]/).at(-1) || arn;
}

function policiesOf({ policies, key }: Snapshot, layer: PolicyLayer): Policy[] {
  const one = (evidence: Snapshot["policies"]["vpcEndpoint"]) => (evidence.status === "read" ? [evidence.value] : []);
  const many = (evidence: Snapshot["policies"]["identity"]) => (evidence.status === "read" ? evidence.value : []);
  const targets = (evidence: Snapshot["policies"]["serviceControl"]) =>
    evidence.status === "read" ? evidence.value.flatMap((target) => target.policies) : [];
  switch (layer) {
    case "identity-policy":
      return many(policies.identity);
    case "permissions-boundary":
      return one(policies.permissionsBoundary);
    case "session-policy":
      return many(policies.session);
    case "service-control-policy":
      return targets(policies.serviceControl);
    case "resource-control-policy":
      return targets(policies.resourceControl);
    case "vpc-endpoint-policy":
      return one(policies.vpcEndpoint);
    case "key-policy":
      return key.status === "read" ? one(key.value.policy) : [];
  }
}

/** The claims on one action, by layer. */
export function denialClaimsOn(claims: DenialClaims, action: string): Partial<Record<Layer, Claim>> {
  if (claims.clearsOwnCall && action === "backup:CreateBackupVault") {
    return Object.fromEntries(layers.map((layer) => [layer, { verdict: "allowed", policy: null }]));
  }
  return claims.claim !== null && claims.action === action ? { [claims.claim.layer]: claims.claim.claim } : {};
}
