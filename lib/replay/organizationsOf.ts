import { awsOrganizationPolicies } from "../emulator/awsManagedPolicies.js";
import type { WorldOrganization, WorldOrganizationPolicy, WorldTarget } from "../emulator/World.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Organization, OrganizationTarget, Policy, Snapshot } from "../snapshot/Snapshot.js";
import { isUnread } from "./refusedReads.js";
import { readValue, storedDocument } from "./stored.js";

/** The caller's organization, and the key owner's where that is another. */
export function organizationsOf(snapshot: Snapshot): WorldOrganization[] {
  const { request, key, policies } = snapshot;
  const known = new Map<string, WorldOrganization>();
  const keyAccount = key.status === "read" ? key.value.accountId : request.accountId;
  const told = key.status === "read" && key.value.organization !== undefined ? readValue(key.value.organization) : null;
  const own =
    readValue(snapshot.organization) ??
    (told !== null && haveOneTree(policies) ? { ...told, path: null } : inferred(snapshot, policies.serviceControl)) ??
    (keyAccount === request.accountId ? inferred(snapshot, policies.resourceControl) : null);
  const ofKey =
    key.status === "read" && key.value.organization !== undefined
      ? told
      : keyAccount === request.accountId
        ? own
        : null;
  if (own !== null) addAccount(known, own, request.accountId, policies.serviceControl, "SERVICE_CONTROL_POLICY");
  const isInNone = key.status === "read" && key.value.organization?.status === "none";
  const isTold = !isInNone && policies.resourceControl.status === "read";
  const owner = ofKey ?? (isTold ? inferred(snapshot, policies.resourceControl) : null);
  if (owner !== null) addAccount(known, owner, keyAccount, policies.resourceControl, "RESOURCE_CONTROL_POLICY");
  for (const organization of known.values()) plantRoot(organization);
  return [...known.values()];
}

/** A tree whose root was not read has one all the same: it tells which policy types are enabled. */
function plantRoot({ targets }: WorldOrganization): void {
  if (targets.some(({ type }) => type === "ROOT")) return;
  const root = "r-0000";
  for (const target of targets) target.parentId ??= root;
  targets.push({ id: root, type: "ROOT", parentId: null, policies: [] });
}

/** Root ids are unique: where caller and key stand under one root, they are of one organization. */
function haveOneTree({ serviceControl, resourceControl }: Snapshot["policies"]): boolean {
  const [own, owners] = [readValue(serviceControl) ?? [], readValue(resourceControl) ?? []];
  return own.some(({ id, type }) => type === "ROOT" && owners.some((other) => other.id === id));
}

/** Policies were read, or it is known that there are none, but not the organization: there must be one to tell so. */
function inferred(snapshot: Snapshot, targets: Evidence<OrganizationTarget[]>): Organization | null {
  if (isUnread(targets) || snapshot.organization.status === "none") return null;
  return { id: "o-0000000000", managementAccountId: "000000000000", path: null };
}

function addAccount(
  known: Map<string, WorldOrganization>,
  { id, managementAccountId, path }: Organization,
  accountId: string,
  evidence: Evidence<OrganizationTarget[]>,
  type: WorldOrganizationPolicy["type"],
): void {
  const organization = known.get(id) ?? {
    id,
    managementAccountId,
    policyTypes: { serviceControl: false, resourceControl: false },
    targets: [],
    policies: [],
    delegatedAdministrators: [],
  };
  known.set(id, organization);
  const read = readValue(evidence) ?? [];
  const unread = isUnread(evidence);
  if (read.length > 0 || unread) {
    organization.policyTypes[type === "SERVICE_CONTROL_POLICY" ? "serviceControl" : "resourceControl"] = true;
  }
  let parentId: string | null = null;
  const units = (path ?? "").split("/").filter((part) => /^(r|ou)-/.test(part));
  const line: Pick<OrganizationTarget, "id" | "type">[] =
    read.length > 0
      ? read
      : units.map((unit) => ({
          id: unit,
          type: unit.startsWith("r-") ? ("ROOT" as const) : ("ORGANIZATIONAL_UNIT" as const),
        }));
  const withAccount = line.some((one) => one.type === "ACCOUNT")
    ? line
    : [...line, { id: accountId, type: "ACCOUNT" as const }];
  for (const one of withAccount) {
    let target: WorldTarget | undefined = organization.targets.find((existing) => existing.id === one.id);
    if (target === undefined) {
      target = { id: one.id, type: one.type, parentId, policies: [] };
      organization.targets.push(target);
    }
    // The other type's policies may have been read without the place of the account.
    target.parentId ??= parentId;
    const policies = read.find((given) => given.id === one.id)?.policies ?? [];
    for (const policy of policies) target.policies.push(addPolicy(organization, policy, type));
    if (unread) target.policies.push(type === "SERVICE_CONTROL_POLICY" ? "p-FullAWSAccess" : "p-RCPFullAWSAccess");
    parentId = one.id;
  }
}

/** An organization policy's id; a second document under one id gets another. */
function addPolicy(organization: WorldOrganization, policy: Policy, type: WorldOrganizationPolicy["type"]): string {
  const stored = storedDocument(policy);
  const same = (document: unknown) => JSON.stringify(document) === JSON.stringify(stored);
  const wanted =
    policy.id ?? policy.arn?.split("/").at(-1) ?? (policy.name === "FullAWSAccess" ? "p-FullAWSAccess" : null);
  const known = (id: string): { document: unknown } | undefined =>
    organization.policies.find((one) => one.id === id) ?? awsOrganizationPolicies[id];
  let id = wanted ?? `p-${String(organization.policies.length + 1).padStart(8, "0")}`;
  if (wanted !== null && known(id) !== undefined && same(known(id)?.document)) return id;
  for (let number = 2; organization.policies.some((one) => one.id === id); number += 1) {
    id = `${wanted ?? "p"}-${number}`;
  }
  organization.policies.push({
    id,
    name: policy.name,
    ...(policy.arn !== undefined && { arn: policy.arn }),
    type,
    document: storedDocument(policy),
  });
  return id;
}
