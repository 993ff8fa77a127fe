import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import type { Filling } from "./Filling.js";
import { hasTemporaryCredentials } from "./hasTemporaryCredentials.js";
import type { Call } from "./judge.js";
import type { KeyAskedFor } from "./keyAskedFor.js";
import { isRoleAlone } from "./withSession.js";

/*
 * The request context of each of the seven calls: the table of the specification's section 3, from top to bottom.
 * The caller makes backup:CreateBackupVault; AWS Backup forwards the six others for the caller.
 */

/** A value, null where the key is absent, or that nobody knows whether it is there, or with which value it is. */
export type Entry = string | string[] | null | Unknown;
export type Unknown = typeof unknownKey | typeof unknownValue;

const unknownKey = { unknown: "key" } as const;
const unknownValue = { unknown: "value" } as const;

export function isUnknown(entry: Entry): entry is Unknown {
  return typeof entry === "object" && entry !== null && "unknown" in entry;
}

const overTheVpc = [
  "sourcevpc",
  "sourcevpcarn",
  "sourcevpce",
  "vpcsourceip",
  "vpceaccount",
  "vpceorgid",
  "vpceorgpaths",
];
const ofServicePrincipals = [
  "sourceaccount",
  "sourcearn",
  "sourceorgid",
  "sourceorgpaths",
  "principalservicename",
  "principalservicenameslist",
  "assumedroot",
];
/** What only sessions carry; keys that are named after a host are those of its identity provider. */
const ofSessions =
  /^(aws:sourceidentity|aws:federatedprovider|aws:ec2instancesourcevpc|aws:ec2instancesourceprivateipv4|ec2:sourceinstancearn|ec2:roledelivery|lambda:sourcefunctionarn|ssm:sourceinstancearn|identitystore:.*|saml:.*|[\w-]+(\.[\w-]+)+:.*)$/;
const withEncryptionContext = ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey"];

/** The value of every key for one action; the filling tells what the snapshot leaves open. */
export function contextOf(
  snapshot: Snapshot,
  key: KeyAskedFor,
  action: string,
  filling: Filling,
  call: Call = "for the vault",
): (name: string) => string | string[] | null {
  return (name) => {
    const entry = entryFor(snapshot, key, action, name.toLowerCase(), call);
    if (!isUnknown(entry)) return entry;
    if (filling.contextValue === undefined) throw new Error(`Nothing tells the oracle what ${name} is for ${action}`);
    return filling.contextValue(name.toLowerCase(), action, entry === unknownValue);
  };
}

/** @param name in lower case */
export function entryFor(
  snapshot: Snapshot,
  key: KeyAskedFor,
  action: string,
  name: string,
  call: Call = "for the vault",
): Entry {
  const isOwnCall = action.startsWith("backup:") || call === "direct";
  const isKms = action.startsWith("kms:");
  const { caller, request } = snapshot;
  const given = givenIn(snapshot, name);

  // What context says never holds where AWS itself sets or drops the key.
  if (name === "aws:viaawsservice") {
    if (!isOwnCall) return "true";
    return given === undefined ? "false" : given;
  }
  if (/^aws:calledvia(first|last)?$/.test(name)) return calledVia(snapshot, isOwnCall, name);
  if (name.startsWith("aws:requesttag/") || name === "aws:tagkeys") {
    if (!action.startsWith("backup:")) return null;
    if (given !== undefined) return given;
    const tags = Object.entries(request.backupVaultTags);
    if (name === "aws:tagkeys") return tags.length === 0 ? null : tags.map(([tag]) => tag);
    return tags.find(([tag]) => `aws:requesttag/${tag.toLowerCase()}` === name)?.[1] ?? null;
  }
  if (overTheVpc.includes(name.replace("aws:", ""))) return isOwnCall ? overVpc(snapshot, name) : null;
  if (name === "aws:sourceip") return sourceIp(snapshot, isOwnCall);
  if (name.startsWith("kms:")) {
    if (!isKms) return null;
    if (call === "direct" && isOfForwarding.test(name)) return ofDirectCall(action, name);
    return given === undefined ? kmsEntry(snapshot, key, action, name) : given;
  }
  if (name.startsWith("aws:resourcetag/")) {
    if (!isKms) return null;
    return given !== undefined ? given : tagEntry(key.read?.tags, name.slice("aws:resourcetag/".length));
  }
  if (given !== undefined) return given;

  const isRoleSession = caller.arn.includes(":assumed-role/") || isRoleAlone(snapshot);
  const isFederated = caller.arn.includes(":federated-user/");
  const isRoot = caller.arn.endsWith(":root");
  const isSession = isRoleSession || isFederated;
  const callersAccount = caller.arn.split(":")[4] ?? "";
  switch (name) {
    case "aws:principalarn":
      return caller.principalArn;
    case "aws:principalaccount":
      return callersAccount;
    case "aws:principaltype":
      return isRoot ? "Account" : isRoleSession ? "AssumedRole" : isFederated ? "FederatedUser" : "User";
    case "aws:principalisawsservice":
      return "false";
    case "aws:userid":
      if (isRoot) return callersAccount;
      if (isFederated) return `${callersAccount}:${caller.arn.split("/")[1]}`;
      if (isRoleAlone(snapshot)) return unknownValue;
      return caller.userId ?? unknownKey;
    case "aws:username":
      return isRoot || isSession ? null : (caller.arn.split("/").at(-1) ?? null);
    case "aws:principalorgid":
    case "aws:principalorgpaths":
      return organizationEntry(snapshot.organization, name);
    case "aws:resourceaccount":
      return isKms ? key.accountId : request.accountId;
    case "aws:resourceorgid":
    case "aws:resourceorgpaths":
      return organizationEntry(isKms ? ownersOrganization(snapshot, key) : snapshot.organization, name);
    case "aws:requestedregion":
      return request.region;
    case "aws:currenttime":
      return snapshot.capturedAt;
    case "aws:epochtime":
      return String(Math.floor(Date.parse(snapshot.capturedAt) / 1000));
    case "aws:securetransport":
      return "true";
    case "aws:tokenissuetime":
      return hasTemporaryCredentials(snapshot) ? unknownValue : null;
    // What assistants and chat send through a service of AWS carries these; a call of one's own does not (taken so).
    case "aws:viaawsmcpservice":
      return "false";
    case "aws:calledviaawsmcp":
    case "aws:ismcpserviceaction":
    case "aws:chatbotsourcearn":
      return null;
    case "aws:multifactorauthpresent":
      return isRoleSession ? unknownValue : unknownKey;
  }
  if (name.startsWith("aws:principaltag/")) return principalTag(snapshot, name.slice("aws:principaltag/".length));
  if (ofServicePrincipals.includes(name.replace("aws:", ""))) return null;
  if (ofSessions.test(name)) return isSession ? unknownKey : null;
  // Of other services' keys no request of ours has any.
  return name.startsWith("aws:") ? unknownKey : null;
}

/** What a call to KMS has because AWS Backup makes it, or because of what AWS Backup asks for. */
const isOfForwarding =
  /^kms:(viaservice|grantisforawsresource|encryptioncontext.*|grantoperations|grantconstraint.*|grantee.*|retiring.*)$/;

/** A probe chose the operations and the grantee; it names no service and no encryption context. */
function ofDirectCall(action: string, name: string): Entry {
  if (action !== "kms:CreateGrant") return null;
  if (name === "kms:grantoperations" || name === "kms:granteeprincipal") return unknownValue;
  return /^kms:(grantconstraint|grantee|retiring)/.test(name) ? unknownKey : null;
}

/** What the caller said of its own call; undefined where it said nothing. */
function givenIn({ context }: Snapshot, name: string): Entry | undefined {
  const entry = Object.entries(context).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof entry === "object" && entry !== null && "present" in entry ? unknownValue : entry;
}

function calledVia(snapshot: Snapshot, isOwnCall: boolean, name: string): Entry {
  const given = givenIn(snapshot, "aws:calledvia");
  if (given !== undefined && isUnknown(given)) {
    return name === "aws:calledvialast" && !isOwnCall ? "backup.amazonaws.com" : given;
  }
  const services = [...(Array.isArray(given) ? given : []), ...(isOwnCall ? [] : ["backup.amazonaws.com"])];
  if (services.length === 0) return null;
  if (name === "aws:calledviafirst") return services[0] ?? null;
  if (name === "aws:calledvialast") return services.at(-1) ?? null;
  return services;
}

/** The endpoint whose policy was read is the one that the call passes. */
function endpointOf(snapshot: Snapshot): string | undefined {
  const { vpcEndpoint } = snapshot.policies;
  return vpcEndpoint.status === "read" ? vpcEndpoint.value.attachedTo : undefined;
}

function overVpc(snapshot: Snapshot, name: string): Entry {
  const given = givenIn(snapshot, name);
  if (given !== undefined) return given;
  if (snapshot.policies.vpcEndpoint.status === "none") return null;
  if (isGivenAsPresent(snapshot, "aws:sourceip")) return null;
  return (name === "aws:sourcevpce" ? endpointOf(snapshot) : undefined) ?? unknownKey;
}

function sourceIp(snapshot: Snapshot, isOwnCall: boolean): Entry {
  const given = givenIn(snapshot, "aws:sourceip");
  if (given !== undefined) return given;
  const passesVpc =
    endpointOf(snapshot) !== undefined ||
    ["aws:sourcevpce", "aws:sourcevpc"].some((name) => isGivenAsPresent(snapshot, name));
  return passesVpc && isOwnCall ? null : unknownKey;
}

/** Whichever its value: a call carries aws:SourceIp or the keys of a VPC, never both. */
function isGivenAsPresent(snapshot: Snapshot, name: string): boolean {
  const given = givenIn(snapshot, name);
  return given !== undefined && given !== null;
}

function principalTag({ caller: { tags, sessionTags } }: Snapshot, tag: string): Entry {
  const ofSession = tagEntry(sessionTags, tag);
  const ofPrincipal = tagEntry(tags, tag);
  // Where only the session's tags were not read, none is taken to override.
  return typeof ofSession === "string" ? ofSession : ofPrincipal;
}

function tagEntry(tags: Snapshot["caller"]["sessionTags"], tag: string): Entry {
  if (tags?.status === "none") return null;
  if (tags?.status !== "read") return unknownKey;
  return Object.entries(tags.value).find(([key]) => key.toLowerCase() === tag)?.[1] ?? null;
}

function ownersOrganization(snapshot: Snapshot, key: KeyAskedFor): Snapshot["organization"] {
  if (key.read?.organization !== undefined) return key.read.organization;
  return key.accountId === snapshot.request.accountId ? snapshot.organization : { status: "notRead" };
}

function organizationEntry(organization: Snapshot["organization"], name: string): Entry {
  if (organization.status === "none") return null;
  if (organization.status !== "read") return unknownKey;
  if (name.endsWith("orgid")) return organization.value.id;
  return organization.value.path === null ? unknownKey : [organization.value.path];
}

function kmsEntry({ request }: Snapshot, key: KeyAskedFor, action: string, name: string): Entry {
  const isRetireGrant = action === "kms:RetireGrant";
  const isCreateGrant = action === "kms:CreateGrant";
  const { read, isManagedByAws } = key;
  const unread = (published: string | string[] | null) => (isManagedByAws ? published : unknownKey);
  switch (name) {
    case "kms:viaservice":
      return `backup.${request.region}.amazonaws.com`;
    case "kms:calleraccount":
      return request.accountId;
    case "kms:encryptioncontextkeys":
      if (isRetireGrant) return unknownKey;
      return withEncryptionContext.includes(action) ? ["aws:backup:backup-vault"] : null;
    case "kms:encryptioncontext:aws:backup:backup-vault":
      if (isRetireGrant) return unknownKey;
      return withEncryptionContext.includes(action) ? unknownValue : null;
    case "kms:grantisforawsresource":
      return isCreateGrant ? "true" : null;
    case "kms:grantoperations":
      return isCreateGrant ? unknownValue : null;
    case "kms:grantconstrainttype":
      return isCreateGrant ? unknownValue : isRetireGrant ? unknownKey : null;
    case "kms:granteeprincipal":
    case "kms:granteeserviceprincipal":
    case "kms:retiringprincipal":
    case "kms:retiringserviceprincipal":
    case "kms:grantconstraintsourcearn":
      return isCreateGrant ? unknownKey : null;
    case "kms:encryptionalgorithm":
      return action === "kms:Decrypt" || action === "kms:GenerateDataKey" ? "SYMMETRIC_DEFAULT" : null;
    case "kms:keyorigin":
      return read?.origin ?? unread("AWS_KMS");
    case "kms:keyspec":
      return read?.keySpec ?? unread("SYMMETRIC_DEFAULT");
    case "kms:keyusage":
      return read?.keyUsage ?? unread("ENCRYPT_DECRYPT");
    case "kms:multiregion":
      return read?.multiRegion === undefined ? unread("false") : String(read.multiRegion);
    case "kms:multiregionkeytype":
      return read?.multiRegionKeyType ?? (read?.multiRegion === false ? null : unread(null));
    case "kms:resourcealiases":
      if (read?.aliases?.status === "read") return read.aliases.value;
      if (read?.aliases?.status === "none") return null;
      return unread(["alias/aws/backup"]);
  }
  // Of the encryption context of a grant that is retired nothing is known; the three calls that have one have no other
  // key.
  return name.startsWith("kms:encryptioncontext:") && isRetireGrant ? unknownKey : null;
}
