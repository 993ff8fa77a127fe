import { lastSegment } from "../facts/arn.js";
import type { LayerPolicy } from "./authorization/judge.js";
import { accountOf, groupsOf, managedPolicy, principalOf } from "./principals.js";
import type { Session } from "./Session.js";
import type { World, WorldDocument, WorldPolicyHolder } from "./World.js";

/** The policies that hang on a session's user or role, and on the user's groups. */
export function identityPolicies(world: World, session: Session): LayerPolicy[] {
  const principal = principalOf(world, session);
  if (principal === null) return [];
  const holders = [principal, ...groupsOf(accountOf(world, session.accountId), principal)];
  return holders.flatMap((holder) => policiesOn(world, holder));
}

/** Inline and attached policies of one user, group or role. */
function policiesOn(world: World, holder: WorldPolicyHolder): LayerPolicy[] {
  return [
    ...holder.inlinePolicies,
    ...holder.attachedPolicies.map((arn) => ({
      name: lastSegment(arn),
      arn,
      document: documentOf(world, arn),
    })),
  ];
}

/** The default version's document of a managed policy; null where the world has no such policy. */
export function documentOf(world: World, arn: string): WorldDocument {
  return managedPolicy(world, arn)?.versions.find(({ isDefault }) => isDefault)?.document ?? null;
}
