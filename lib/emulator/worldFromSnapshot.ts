import { parseCallerArn } from "../caller/parseCallerArn.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Denial, Grant, Key, Organization, OrganizationTarget, Policy, Snapshot } from "../snapshot/Snapshot.js";
import { awsManagedPolicies, awsOrganizationPolicies } from "./awsManagedPolicies.js";
import { isPartlyUnknown, isPrincipalRefused, isUnread, refusedReads, unreadBoundary } from "./refusedReads.js";
import type {
  World,
  WorldAccount,
  WorldCaller,
  WorldDocument,
  WorldGrant,
  WorldInlinePolicy,
  WorldKey,
  WorldOrganization,
  WorldOrganizationPolicy,
  WorldPrincipal,
  WorldSeenDenial,
  WorldTarget,
} from "./World.js";
import { account, group, key as newKey, role, user, world } from "./worldParts.js";

/**
 * The world that a snapshot describes, so that its request can be made against the emulator, and its evidence collected
 * again. What the snapshot does not know (evidence that is unreadable or was not read) is refused to readers; to the
 * request it allows everything. A denial that was seen is repeated where it may come from what is not known.
 *
 * @example
 * const emulator = await startEmulator({ world: worldFromSnapshot(parseSnapshot(text)) });
 */
export function worldFromSnapshot(snapshot: Snapshot): World {
  const { request } = snapshot;
  const accounts = new Map<string, WorldAccount>();
  const accountFor = (id: string): WorldAccount => {
    const known = accounts.get(id) ?? account({ id });
    accounts.set(id, known);
    return known;
  };
  addPrincipal(snapshot, accountFor(request.accountId));
  const { key } = snapshot;
  if (key.status === "read") accountFor(key.value.accountId).keys.push(worldKey(snapshot, key.value));
  const organizations = organizationsOf(snapshot);
  for (const { managementAccountId } of organizations) accountFor(managementAccountId);
  const { vpcEndpoint } = snapshot.policies;
  const refused = refusedReads(snapshot);
  return world({
    partition: request.partition,
    region: request.region,
    time: snapshot.capturedAt,
    caller: callerOf(snapshot),
    accounts: [...accounts.values()],
    organizations,
    ...(refused.length > 0 && { refusedReads: refused }),
    ...(snapshot.denial !== null && isPartlyUnknown(snapshot) && { seenDenial: seenDenial(request, snapshot.denial) }),
    vpcEndpoints:
      vpcEndpoint.status === "read"
        ? [{ id: endpointId(vpcEndpoint.value), document: storedDocument(vpcEndpoint.value) }]
        : [],
  });
}

function seenDenial({ backupVaultName }: Snapshot["request"], { name, message }: Denial): WorldSeenDenial {
  return { backupVaultName, code: name, message };
}

function endpointId({ attachedTo }: Policy): string {
  return attachedTo ?? "vpce-00000000000000000";
}

/** A snapshot's text may be as IAM returned it, URL-encoded; the world holds it as it was stored. */
function storedDocument({ document }: Policy): WorldDocument {
  if (typeof document !== "string" || !/^\s*%7B/i.test(document)) return document;
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}

function callerOf({ caller, policies, context }: Snapshot): WorldCaller {
  const session = readValue(policies.session);
  const sessionTags = caller.sessionTags === undefined ? null : readValue(caller.sessionTags);
  const { vpcEndpoint } = policies;
  return {
    // A role's own ARN stands for a session of it.
    arn: caller.arn,
    ...(caller.issuerArn !== undefined && { issuerArn: caller.issuerArn }),
    ...(session !== null && session.length > 0 && { sessionPolicies: session.map(storedDocument) }),
    ...(sessionTags !== null && { sessionTags }),
    ...(vpcEndpoint.status === "read" && { vpcEndpoint: endpointId(vpcEndpoint.value) }),
    ...(Object.keys(context).length > 0 && { context }),
  };
}

function readValue<T>(evidence: Evidence<T>): T | null {
  return evidence.status === "read" ? evidence.value : null;
}

/** The caller's user or role with its policies, boundary and tags; root has none, a federated user its issuer's. */
function addPrincipal(snapshot: Snapshot, into: WorldAccount): void {
  const { caller, policies } = snapshot;
  const arn = caller.issuerArn ?? caller.principalArn;
  const parsed = parseCallerArn(arn);
  if (parsed === null || (parsed.kind !== "user" && parsed.kind !== "role")) return;
  const identity = readValue(policies.identity) ?? [];
  const boundary = readValue(policies.permissionsBoundary);
  const groupNames = new Set<string>();
  const principal: WorldPrincipal = {
    name: parsed.name,
    path: pathIn(arn),
    inlinePolicies: [],
    attachedPolicies: [],
    tags: readValue(caller.tags) ?? {},
  };
  const id = caller.userId?.split(":")[0];
  if (id !== undefined && /^A(IDA|ROA)/.test(id)) principal.id = id;
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
  if (boundary !== null) principal.permissionsBoundary = manage(into, boundary, arn);
  else if (isUnread(policies.permissionsBoundary) && !isPrincipalRefused(snapshot)) {
    // IAM tells of the user or role that there is one; nobody may read it, and to the request it is no limit.
    const policy = { name: unreadBoundary, document: allowEverything };
    principal.permissionsBoundary = manage(into, policy, arn);
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

/** "/" or "/team/" of a user's or role's ARN. */
function pathIn(arn: string): string {
  const segments = arn.split(":").slice(5).join(":").split("/").slice(1, -1);
  return segments.length === 0 ? "/" : `/${segments.join("/")}/`;
}

function attach(
  into: WorldAccount,
  holder: { inlinePolicies: WorldInlinePolicy[]; attachedPolicies: string[] },
  policy: Policy,
): void {
  if (policy.arn !== undefined && !isTaken(into, policy, policy.arn)) {
    const arn = manage(into, policy, policy.arn);
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
function manage(into: WorldAccount, policy: Policy, principalArn: string): string {
  const [, partition = "aws"] = principalArn.split(":");
  const arn = policy.arn ?? `arn:${partition}:iam::${into.id}:policy/${policy.name}`;
  if (into.policies.some((one) => one.arn === arn)) return arn;
  const managed = awsManagedPolicies[policy.name];
  const isAws = arn.split(":")[4] === "aws";
  if (isAws && managed !== undefined && JSON.stringify(managed) === JSON.stringify(policy.document)) return arn;
  into.policies.push({
    name: policy.name,
    arn,
    ...(policy.id !== undefined && { id: policy.id }),
    versions: [{ id: "v1", document: storedDocument(policy), isDefault: true }],
  });
  return arn;
}

function worldKey({ request }: Snapshot, key: Key): WorldKey {
  const isDefault = request.encryptionKeyArn === null;
  const [, ...named] = /:(alias\/.+)$/.exec(request.encryptionKeyArn ?? "") ?? [];
  const aliases = key.aliases === undefined ? null : readValue(key.aliases);
  const tags = key.tags === undefined ? null : readValue(key.tags);
  const base = newKey({ arn: key.arn });
  return {
    ...(key.policy.status === "none" ? { ...base, policy: undefined } : base),
    manager: key.manager ?? (isDefault ? "AWS" : "CUSTOMER"),
    state: key.state ?? "Enabled",
    ...(key.policy.status === "read" && { policy: storedDocument(key.policy.value) }),
    grants: (readValue(key.grants) ?? []).map(worldGrant),
    ...(key.keySpec !== undefined && { keySpec: key.keySpec }),
    ...(key.keyUsage !== undefined && { keyUsage: key.keyUsage }),
    ...(key.origin !== undefined && { origin: key.origin }),
    ...(key.multiRegion !== undefined && { multiRegion: key.multiRegion }),
    ...(key.multiRegionKeyType !== undefined && { multiRegionKeyType: key.multiRegionKeyType }),
    aliases: [...new Set([...(aliases ?? []), ...(isDefault ? ["alias/aws/backup"] : []), ...named])],
    tags: tags ?? {},
  };
}

/** Without fields that a later version of the snapshot may have added. */
function worldGrant(grant: Grant): WorldGrant {
  const { grantId, operations, granteePrincipal, retiringPrincipal, issuingAccount, constraints } = grant;
  const { encryptionContextSubset: subset, encryptionContextEquals: equals } = constraints ?? {};
  return {
    grantId,
    operations,
    ...(granteePrincipal !== undefined && { granteePrincipal }),
    ...(retiringPrincipal !== undefined && { retiringPrincipal }),
    ...(issuingAccount !== undefined && { issuingAccount }),
    ...(constraints !== undefined && {
      constraints: {
        ...(subset !== undefined && { encryptionContextSubset: subset }),
        ...(equals !== undefined && { encryptionContextEquals: equals }),
      },
    }),
  };
}

/** The caller's organization, and the key owner's where that is another. */
function organizationsOf(snapshot: Snapshot): WorldOrganization[] {
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
