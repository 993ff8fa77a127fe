import { awsManagedPolicies } from "../emulator/awsManagedPolicies.js";
import type { WorldAccount, WorldInlinePolicy, WorldPrincipal } from "../emulator/World.js";
import { group, role, user } from "../emulator/worldParts.js";
import { isAwsOwned, parsePrincipalArn } from "../facts/arn.js";
import { uniqueId } from "../facts/names.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
import { isPrincipalRefused, isUnread, unreadBoundary } from "./refusedReads.js";
import { readValue, storedDocument } from "./stored.js";

/** The caller's user or role with its policies, boundary and tags; root has none, a federated user its issuer's. */
export function addPrincipal(snapshot: Snapshot, into: WorldAccount): void {
  const { caller, policies } = snapshot;
  const arn = caller.issuerArn ?? caller.principalArn;
  const parsed = parsePrincipalArn(arn);
  if (parsed === null || (parsed.kind !== "user" && parsed.kind !== "role")) return;
  const identity = readValue(policies.identity) ?? [];
  const boundary = readValue(policies.permissionsBoundary);
  const groupNames = new Set<string>();
  const principal: WorldPrincipal = {
    name: parsed.name,
    path: parsed.path,
    inlinePolicies: [],
    attachedPolicies: [],
    tags: readValue(caller.tags) ?? {},
  };
  const id = caller.userId?.split(":")[0];
  if (id !== undefined && uniqueId.test(id)) principal.id = id;
  for (const policy of identity) {
    const [, groupName] =
      parsed.kind === "user" ? (/^group\/(?:.*\/)?([^/]+)$/.exec(policy.attachedTo ?? "") ?? []) : [];
    if (groupName === undefined) {
      attach(into, principal, policy);
      continue;
    }
    groupNames.add(groupName);
    let holder = into.groups.find(({ name }) => name === groupName);
    if (holder === undefined) {
      holder = group({ name: groupName });
      into.groups.push(holder);
    }
    attach(into, holder, policy);
  }
  if (boundary !== null) principal.permissionsBoundary = manage(into, boundary, parsed.partition);
  else if (isUnread(policies.permissionsBoundary) && !isPrincipalRefused(snapshot)) {
    // IAM tells of the user or role that there is one; nobody may read it, and to the request it is no limit.
    const policy = { name: unreadBoundary, document: allowEverything };
    principal.permissionsBoundary = manage(into, policy, parsed.partition);
  }
  if (isUnread(policies.identity))
    principal.inlinePolicies.push({ name: "unread-policies", document: allowEverything });
  if (parsed.kind === "user") into.users.push(user({ ...principal, groups: [...groupNames] }));
  else into.roles.push(role(principal));
}

const allowEverything = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow" as const, Action: "*", Resource: "*" }],
};

function attach(
  into: WorldAccount,
  holder: { inlinePolicies: WorldInlinePolicy[]; attachedPolicies: string[] },
  policy: Policy,
): void {
  if (policy.arn !== undefined && !isTaken(into, policy, policy.arn)) {
    const arn = manage(into, policy);
    if (!holder.attachedPolicies.includes(arn)) holder.attachedPolicies.push(arn);
    return;
  }
  // Two inline policies of one name cannot be: the second one's name says that it is another.
  let { name } = policy;
  for (let number = 2; holder.inlinePolicies.some((one) => one.name === name); number += 1) {
    name = `${policy.name}-${number}`;
  }
  holder.inlinePolicies.push({ name, document: storedDocument(policy) });
}

/** The ARN stands already for another document. */
function isTaken(into: WorldAccount, policy: Policy, arn: string): boolean {
  const known = into.policies.find((one) => one.arn === arn);
  return known !== undefined && JSON.stringify(known.versions[0]?.document) !== JSON.stringify(storedDocument(policy));
}

/** Makes a managed policy of it. One of AWS's own that says something else than the emulator knows is served as given. */
function manage(into: WorldAccount, policy: Policy, partition = "aws"): string {
  const arn = policy.arn ?? `arn:${partition}:iam::${into.id}:policy/${policy.name}`;
  if (into.policies.some((one) => one.arn === arn)) return arn;
  const managed = awsManagedPolicies[policy.name];
  if (isAwsOwned(arn) && managed !== undefined && JSON.stringify(managed) === JSON.stringify(policy.document))
    return arn;
  into.policies.push({
    name: policy.name,
    arn,
    ...(policy.id !== undefined && { id: policy.id }),
    versions: [{ id: "v1", document: storedDocument(policy), isDefault: true }],
  });
  return arn;
}
