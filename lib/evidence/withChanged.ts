import type { ChangedPolicy } from "../question/PlannedKey.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";

type OfPrincipal = Pick<Snapshot["policies"], "identity" | "permissionsBoundary"> & Pick<Snapshot, "simulation">;

/**
 * A principal's policies, of which those that a plan changes say nothing for sure: before or after the vault, nobody knows.
 * Nor does the simulator then, which asks them as they are now.
 */
export function withChanged(read: OfPrincipal, changed: readonly ChangedPolicy[] = []): OfPrincipal {
  const addresses = new Map(changed.map(({ arn, address }) => [arn, address]));
  const isChanged = ({ arn }: Policy) => arn !== undefined && addresses.has(arn);
  const asKnown = (policy: Policy): Policy =>
    isChanged(policy)
      ? { ...policy, document: null, unreadable: `the plan changes it: ${addresses.get(policy.arn ?? "")}` }
      : policy;
  const { identity, permissionsBoundary: boundary } = read;
  const own = identity.status === "read" ? identity.value : [];
  const limit = boundary.status === "read" ? [boundary.value] : [];
  if (![...own, ...limit].some(isChanged)) return read;
  return {
    identity: identity.status === "read" ? { status: "read", value: own.map(asKnown) } : identity,
    permissionsBoundary: boundary.status === "read" ? { status: "read", value: asKnown(boundary.value) } : boundary,
    simulation: { status: "notRead" },
  };
}
