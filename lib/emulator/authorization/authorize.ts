import { lastSegment } from "../../facts/arn.js";
import type { EvaluationRequest } from "../../policy/EvaluationRequest.js";
import { arnOf } from "../arnOf.js";
import { documentOf, identityPolicies } from "../identityPolicies.js";
import { organizationOf, policiesByLevel } from "../organizations.js";
import { principalOf } from "../principals.js";
import type { Session } from "../Session.js";
import type { World } from "../World.js";
import type { Authorization } from "./Authorization.js";
import { lookupIn } from "./callContext.js";
import { isServiceLinked } from "./isServiceLinked.js";
import { type Judgement, judge, type LayerPolicy } from "./judge.js";
import { callersGrant, type KeyPaths, keyPaths } from "./keyPaths.js";
import { requestPrincipal } from "./requestPrincipal.js";
import { resourceControlPolicies } from "./resourceControlPolicies.js";

/** The layers as AWS names them in its messages. */
export type DenyingLayer =
  | "service control policy"
  | "resource control policy"
  | "resource-based policy"
  | "role trust policy"
  | "identity-based policy"
  | "permissions boundary"
  | "session policy"
  | "VPC endpoint policy";

export type Decision =
  | { allowed: true }
  | {
      allowed: false;
      layer: DenyingLayer;
      explicit: boolean;
      policy: LayerPolicy | null;
      /** Of an explicit denial: the statement, counted from 0. */
      statement: { sid: string | null; index: number } | null;
    };

const allowed: Decision = { allowed: true };

/**
 * Whether all layers together let a session do something. Of several layers that refuse, explicit denials are named
 * before silence, as AWS does.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function authorize(world: World, session: Session, asked: Authorization): Decision {
  if (session.isAuditor) return allowed;
  const layers = judgeLayers(world, session, asked);

  for (const { layer, judgement } of layers.all) {
    if (judgement?.denies) {
      const { policy, match } = judgement.denies;
      return { allowed: false, layer, explicit: true, policy, statement: { sid: match.sid, index: match.index } };
    }
  }
  return silence(session, asked, layers) ?? allowed;
}

interface Layers {
  all: { layer: DenyingLayer; judgement: Judgement | null }[];
  serviceControl: Judgement[];
  identity: Judgement | null;
  boundary: Judgement | null;
  session: Judgement | null;
  endpoint: Judgement | null;
  resource: Judgement | null;
  request: EvaluationRequest;
}

function judgeLayers(world: World, session: Session, asked: Authorization): Layers {
  const principal = principalOf(world, session);
  const boundaryArn = principal?.permissionsBoundary;
  const request: EvaluationRequest = {
    action: asked.action,
    resource: asked.resource,
    principal: requestPrincipal(session),
    principalHasBoundary: boundaryArn === undefined ? "false" : "true",
    lookup: lookupIn(asked.context),
  };
  const isRoot = session.kind === "root";
  const serviceControl = serviceControlPolicies(world, session).map((level) => judge(level, request));
  const resourceControl = judge(resourceControlPolicies(world, session, asked), request, true);
  const identity = isRoot ? null : judge(identityPolicies(world, session), request);
  const boundary =
    isRoot || boundaryArn === undefined
      ? null
      : judge(
          [{ name: lastSegment(boundaryArn), arn: boundaryArn, document: documentOf(world, boundaryArn) }],
          request,
        );
  const limits = sessionPolicies(world, session);
  const ofSession = limits.length === 0 ? null : judge(limits, request);
  const endpointId = asked.throughEndpoint === true ? session.vpcEndpoint : null;
  const endpointPolicy = world.vpcEndpoints.find(({ id }) => id === endpointId);
  const endpoint =
    endpointPolicy === undefined
      ? null
      : judge([{ name: endpointPolicy.id, document: endpointPolicy.document }], request, true);
  const resource = judgeResource(asked, request);

  return {
    all: [
      ...serviceControl.map((judgement) => ({ layer: "service control policy" as const, judgement })),
      { layer: "resource control policy", judgement: resourceControl },
      { layer: resourceLayer(asked), judgement: resource },
      { layer: "identity-based policy", judgement: identity },
      { layer: "permissions boundary", judgement: boundary },
      { layer: "session policy", judgement: ofSession },
      { layer: "VPC endpoint policy", judgement: endpoint },
    ],
    serviceControl,
    identity,
    boundary,
    session: ofSession,
    endpoint,
    resource,
    request,
  };
}

function sessionPolicies(world: World, session: Session): LayerPolicy[] {
  return [
    ...session.sessionPolicies.map((document, index) => ({ name: `session policy ${index + 1}`, document })),
    ...session.managedSessionPolicies.map((arn) => ({ name: lastSegment(arn), arn, document: documentOf(world, arn) })),
  ];
}

/** The first layer whose silence refuses, or null. */
function silence(session: Session, asked: Authorization, layers: Layers): Decision | null {
  const refused = (layer: DenyingLayer): Decision => ({
    allowed: false,
    layer,
    explicit: false,
    policy: null,
    statement: null,
  });
  if (layers.serviceControl.some(isSilent)) return refused("service control policy");

  const needed = neededOfCaller(session, asked, layers);
  if (needed.resource) return refused(resourceLayer(asked));
  if (needed.identity && isSilent(layers.identity)) return refused("identity-based policy");
  if (needed.boundary && isSilent(layers.boundary)) return refused("permissions boundary");
  if (needed.session && isSilent(layers.session)) return refused("session policy");
  if (isSilent(layers.endpoint)) return refused("VPC endpoint policy");
  return null;
}

function isSilent(judgement: Judgement | null): boolean {
  return judgement !== null && judgement.allows.length === 0;
}

/** The policy of the key or vault, or the trust policy of the role, that is asked about. */
function judgeResource({ key, trust, accessPolicy }: Authorization, request: EvaluationRequest): Judgement | null {
  if (accessPolicy !== undefined) return judge([{ name: "access policy", document: accessPolicy }], request, true);
  if (key !== undefined) return judge([{ name: "default", document: key.policy ?? null }], request, true);
  return trust === undefined ? null : judge([{ name: "trust policy", document: trust.document }], request, true);
}

function resourceLayer({ trust }: Authorization): DenyingLayer {
  return trust === undefined ? "resource-based policy" : "role trust policy";
}

/** Whose silence would refuse, and whether the resource's side refuses already. */
interface Needed {
  resource: boolean;
  identity: boolean;
  boundary: boolean;
  session: boolean;
}

const everything: Needed = { resource: false, identity: true, boundary: true, session: true };

function neededOfCaller(session: Session, asked: Authorization, layers: Layers): Needed {
  const { action, key, trust, accessPolicy } = asked;
  const { resource, request } = layers;
  // kms:RetireGrant is not authorised by the key policy: only its denials count, and those were looked at before.
  if (resource === null || action === "kms:RetireGrant") return everything;
  const owner = trust?.owner ?? (key === undefined ? session.accountId : arnOf(key.arn).accountId);
  const grants = key?.grants ?? [];
  const paths = keyPaths(resource, grants, owner, request);
  if (owner !== session.accountId) {
    const opens = paths.exact || paths.role || paths.issuer || paths.everyone || paths.account;
    return { ...everything, resource: !opens, identity: !callersGrant(grants, owner, request) };
  }
  // A key and a role must let the caller in; a vault's policy need say nothing.
  return neededInOwnersAccount(paths, accessPolicy === undefined);
}

/**
 * What is still needed of the caller's own policies in the key's account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
function neededInOwnersAccount(paths: KeyPaths, mustAllow: boolean): Needed {
  if (paths.exact) return { resource: false, identity: false, boundary: false, session: false };
  if (paths.issuer) return { resource: false, identity: false, boundary: false, session: true };
  // That the limits hold where "*" is granted under other conditions than aws:PrincipalArn is an assumption.
  if (paths.role || paths.everyone) return { ...everything, identity: false };
  return { ...everything, resource: mustAllow && !paths.account };
}

/** The service control policies of each level, root first; none for the management account and service-linked roles. */
function serviceControlPolicies(world: World, session: Session): LayerPolicy[][] {
  const organization = organizationOf(world, session.accountId);
  if (organization === null || !organization.policyTypes.serviceControl) return [];
  if (organization.managementAccountId === session.accountId || isServiceLinked(session)) return [];
  return policiesByLevel(world, organization, session.accountId, "SERVICE_CONTROL_POLICY");
}
