import { callerPrincipal } from "../caller/callerPrincipal.js";
import type { EvaluationRequest } from "../policy/EvaluationRequest.js";
import type { ContextLookup } from "../policy/KeyState.js";
import type { ParsedPolicy } from "../policy/ParsedPolicy.js";
import { parsePolicy } from "../policy/parsePolicy.js";
import type { Truth } from "../policy/Truth.js";
import type { Assumption } from "../request/assumptions.js";
import { contextFor } from "../request/contextFor.js";
import { type KnownKey, keyOf } from "../request/keyOf.js";
import { resourceOf } from "../request/resourceOf.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";

/** Parses each policy of a snapshot once, however often it is judged. */
export type PolicyReader = (policy: Policy, principalRequired: boolean) => ParsedPolicy;

/** One action of a snapshot, ready to be put to each layer. */
export interface Judging {
  snapshot: Snapshot;
  action: string;
  key: KnownKey;
  request: EvaluationRequest;
  read: PolicyReader;
}

/** A reader that remembers what it has parsed for as long as one diagnosis lasts. */
export function policyReader(): PolicyReader {
  const parsed = { plain: new WeakMap<Policy, ParsedPolicy>(), withPrincipal: new WeakMap<Policy, ParsedPolicy>() };
  return (policy, principalRequired) => {
    const known = principalRequired ? parsed.withPrincipal : parsed.plain;
    let document = known.get(policy);
    if (document === undefined) {
      document = parsePolicy(policy.document, { principalRequired });
      known.set(policy, document);
    }
    return document;
  };
}

/**
 * Prepares an action for the layers.
 *
 * @param without assumptions of the context table that are not to be made
 * @param lookup another context than the contract's, as the simulator's own
 */
export function judging(
  snapshot: Snapshot,
  action: string,
  read: PolicyReader,
  without?: ReadonlySet<Assumption>,
  lookup?: ContextLookup,
): Judging {
  return {
    snapshot,
    action,
    key: keyOf(snapshot),
    read,
    request: {
      action,
      resource: resourceOf(snapshot, action),
      principal: callerPrincipal(snapshot.caller),
      principalHasBoundary: hasBoundary(snapshot),
      lookup: lookup ?? contextFor(snapshot, action, without),
    },
  };
}

function hasBoundary(snapshot: Snapshot): Truth {
  if (snapshot.caller.arn.endsWith(":root")) return "false";
  switch (snapshot.policies.permissionsBoundary.status) {
    case "read":
      return "true";
    case "none":
      return "false";
    case "unreadable":
    case "notRead":
      return "unknown";
  }
}
