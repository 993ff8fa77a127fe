import type { Evidence } from "../../lib/snapshot/Evidence.js";
import type { OrganizationTarget, Policy, Snapshot } from "../../lib/snapshot/Snapshot.js";
import { documentOf } from "../oracle/documentOf.js";
import type { Layer } from "../oracle/Layer.js";
import { listOf } from "../oracle/listOf.js";
import type { PolicyStatement } from "../oracle/PolicyDocument.js";

/** Where a policy stands; `target` is that of service and resource control policies. */
export interface PolicyPlace {
  layer: Layer;
  target: string | null;
}

/** The same snapshot with other lists of policies; a layer of one policy is a list of one, and stays so. */
export function mapPolicies(
  snapshot: Snapshot,
  change: (policies: Policy[], place: PolicyPlace) => Policy[],
): Snapshot {
  const { policies, key } = snapshot;
  const many = (evidence: Evidence<Policy[]>, layer: Layer): Evidence<Policy[]> =>
    evidence.status === "read" ? { status: "read", value: change(evidence.value, { layer, target: null }) } : evidence;
  const one = (evidence: Evidence<Policy>, layer: Layer): Evidence<Policy> => {
    if (evidence.status !== "read") return evidence;
    const [value] = change([evidence.value], { layer, target: null });
    return value === undefined ? evidence : { status: "read", value };
  };
  const targets = (evidence: Evidence<OrganizationTarget[]>, layer: Layer): Evidence<OrganizationTarget[]> =>
    evidence.status === "read"
      ? {
          status: "read",
          value: evidence.value.map((target) => ({
            ...target,
            policies: change(target.policies, { layer, target: target.id }),
          })),
        }
      : evidence;
  return {
    ...snapshot,
    policies: {
      identity: many(policies.identity, "identity-policy"),
      permissionsBoundary: one(policies.permissionsBoundary, "permissions-boundary"),
      session: many(policies.session, "session-policy"),
      serviceControl: targets(policies.serviceControl, "service-control-policy"),
      resourceControl: targets(policies.resourceControl, "resource-control-policy"),
      vpcEndpoint: one(policies.vpcEndpoint, "vpc-endpoint-policy"),
    },
    key:
      key.status === "read"
        ? { status: "read", value: { ...key.value, policy: one(key.value.policy, "key-policy") } }
        : key,
  };
}

/** The same policy with other statements; one whose document could not be read stays as it is. */
export function withStatements(policy: Policy, change: (statements: PolicyStatement[]) => PolicyStatement[]): Policy {
  if (policy.document === null) return policy;
  const document = documentOf(policy.document);
  return { ...policy, document: { ...document, Statement: change(listOf(document.Statement)) } };
}
