import { conditionKeyRow, listKeys } from "../../facts/conditionKeys.js";
import type { ContextLookup } from "../../policy/ContextKeyState.js";
import type { ContextValue } from "../../policy/ContextValue.js";
import { organizationOf, organizationPath } from "../organizations.js";
import { principalTags } from "../principals.js";
import type { Session } from "../Session.js";
import type { World } from "../World.js";

/** What a request carries beside who makes it. */
export interface RequestFacts {
  region: string;
  now: Date;
  sourceIp: string;
  userAgent: string;
}

/** The keys of one authorization: what the emulator knows, by the keys' own spelling. */
export type CallContext = Record<string, ContextValue>;

const principalTypes = {
  root: "Account",
  user: "User",
  "role-session": "AssumedRole",
  "federated-user": "FederatedUser",
  anonymous: "Anonymous",
} as const;

/** The keys that every request carries, whoever makes it. */
export function requestContext(facts: RequestFacts): CallContext {
  return {
    "aws:RequestedRegion": facts.region,
    "aws:CurrentTime": facts.now.toISOString(),
    "aws:EpochTime": String(Math.floor(facts.now.getTime() / 1000)),
    "aws:SecureTransport": "true",
    "aws:UserAgent": facts.userAgent,
    "aws:SourceIp": facts.sourceIp,
  };
}

/**
 * The global keys of a call that a session makes itself.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function ownContext(world: World, session: Session, facts: RequestFacts, resourceAccount: string): CallContext {
  const { "aws:SourceIp": sourceIp = null, ...always } = requestContext(facts);
  const throughEndpoint = session.vpcEndpoint !== null || namesEndpoint(session.context);
  const endpoint = world.vpcEndpoints.find(({ id }) => id === session.vpcEndpoint);
  const organization = organizationOf(world, session.accountId);
  const owner = organizationOf(world, resourceAccount);
  const isSession = session.sessionToken !== null;
  const tags = Object.entries(principalTags(world, session)).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]);
  return {
    "aws:PrincipalArn": session.principalArn,
    "aws:PrincipalAccount": session.accountId,
    "aws:PrincipalType": principalTypes[session.kind],
    "aws:PrincipalIsAWSService": "false",
    "aws:userid": session.userId,
    ...(session.kind === "user" && { "aws:username": session.principalName }),
    ...Object.fromEntries(tags),
    ...(organization !== null && {
      "aws:PrincipalOrgID": organization.id,
      "aws:PrincipalOrgPaths": [organizationPath(organization, session.accountId)],
    }),
    "aws:ResourceAccount": resourceAccount,
    ...(owner !== null && {
      "aws:ResourceOrgID": owner.id,
      "aws:ResourceOrgPaths": [organizationPath(owner, resourceAccount)],
    }),
    ...always,
    "aws:ViaAWSService": "false",
    ...(isSession && {
      "aws:TokenIssueTime": world.time ?? new Date(session.issuedAt).toISOString(),
      "aws:MultiFactorAuthPresent": "false",
    }),
    ...(throughEndpoint
      ? {
          ...(session.vpcEndpoint !== null && { "aws:SourceVpce": session.vpcEndpoint }),
          ...(endpoint?.vpcId !== undefined && { "aws:SourceVpc": endpoint.vpcId }),
          ...(endpoint?.accountId !== undefined && { "aws:VpceAccount": endpoint.accountId }),
        }
      : { "aws:SourceIp": sourceIp }),
    ...session.context,
  };
}

/** A call through an endpoint has no public source address. */
function namesEndpoint(context: CallContext): boolean {
  return Object.entries(context).some(([key, value]) => value !== null && /^aws:SourceVpce?$/i.test(key));
}

/**
 * The context of a call that AWS Backup makes with the caller's forwarded session: what the endpoint added is gone, and
 * the service stands in aws:CalledVia (that AWS Backup does so is an assumption).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export function forwardedContext(
  world: World,
  session: Session,
  facts: RequestFacts,
  resourceAccount: string,
  toKms: boolean,
): CallContext {
  const own = ownContext(world, session, facts, resourceAccount);
  const kept = Object.entries(own).filter(
    ([key]) => conditionKeyRow(key)?.ownOnly !== true && (toKms || !/^(kms:|aws:resourcetag\/)/i.test(key)),
  );
  const before = Object.entries(own).find(([key]) => key.toLowerCase() === "aws:calledvia")?.[1];
  const chain = [
    ...(Array.isArray(before) ? before : typeof before === "string" ? [before] : []),
    "backup.amazonaws.com",
  ];
  return {
    ...Object.fromEntries(kept),
    "aws:ViaAWSService": "true",
    "aws:CalledVia": chain,
    "aws:CalledViaFirst": chain[0] ?? null,
    "aws:CalledViaLast": "backup.amazonaws.com",
  };
}

/** Keys without regard to case; what the context does not hold is absent. */
export function lookupIn(context: CallContext): ContextLookup {
  const known = new Map(Object.entries(context).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  return (key) => {
    const lower = key.toLowerCase();
    const found = known.get(lower);
    const multiValued = listKeys.has(lower);
    if (found === undefined || found.value === null) return { name: found?.name ?? key, state: { kind: "absent" } };
    const { name, value } = found;
    if (typeof value === "string") return { name, state: { kind: "value", value: multiValued ? [value] : value } };
    if (Array.isArray(value)) return { name, state: { kind: "value", value } };
    return { name, state: { kind: "present", multiValued } };
  };
}
