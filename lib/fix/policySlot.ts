import type { Blocker } from "../diagnosis/Diagnosis.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
import { documentObject, statementsOf } from "./documentObject.js";

/** The policies of a blocker's layer (and target), as they stand in a snapshot. */
export function policiesOfLayer(snapshot: Snapshot, { layer, target }: Pick<Blocker, "layer" | "target">): Policy[] {
  const { policies, key } = snapshot;
  switch (layer) {
    case "identity-policy":
      return policies.identity.status === "read" ? policies.identity.value : [];
    case "session-policy":
      return policies.session.status === "read" ? policies.session.value : [];
    case "permissions-boundary":
      return policies.permissionsBoundary.status === "read" ? [policies.permissionsBoundary.value] : [];
    case "vpc-endpoint-policy":
      return policies.vpcEndpoint.status === "read" ? [policies.vpcEndpoint.value] : [];
    case "service-control-policy":
    case "resource-control-policy": {
      const evidence = layer === "service-control-policy" ? policies.serviceControl : policies.resourceControl;
      if (evidence.status !== "read") return [];
      return evidence.value.filter(({ id }) => target === null || id === target).flatMap((one) => one.policies);
    }
    case "key-policy":
      return key.status === "read" && key.value.policy.status === "read" ? [key.value.policy.value] : [];
    case "key-state":
      return [];
  }
}

/** The policy that a blocker names, in this snapshot; undefined where it was not read. */
export function blamedPolicy(snapshot: Snapshot, blocker: Blocker): Policy | undefined {
  const { policy } = blocker;
  if (policy === null) return undefined;
  return policiesOfLayer(snapshot, blocker).find(
    (one) =>
      one.name === policy.name &&
      one.arn === policy.arn &&
      one.id === policy.id &&
      one.attachedTo === policy.attachedTo,
  );
}

/** The snapshot with the statements of one policy changed; null where the policy has no document to change. */
export function withStatements(
  snapshot: Snapshot,
  find: (copy: Snapshot) => Policy | undefined,
  change: (statements: unknown[]) => unknown[],
): Snapshot | null {
  const copy = structuredClone(snapshot);
  const policy = find(copy);
  const document = policy === undefined ? null : documentObject(policy);
  if (policy === undefined || document === null) return null;
  policy.document = { ...document, Statement: change(statementsOf(document)) } as unknown as PolicyDocument;
  return copy;
}
