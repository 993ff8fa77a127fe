import type { Authorization } from "./authorization/Authorization.js";
import { authorize } from "./authorization/authorize.js";
import { type CallContext, ownContext } from "./authorization/callContext.js";
import type { Call, ServiceName } from "./Call.js";
import { denialMessage } from "./denialMessage.js";
import { noteDecision } from "./noteDecision.js";
import { ServiceError } from "./ServiceError.js";
import type { WorldKey } from "./World.js";

/** How each service writes a denial. */
export const denials: Record<ServiceName, { code: string; status: number }> = {
  backup: { code: "AccessDeniedException", status: 403 },
  iam: { code: "AccessDenied", status: 403 },
  sts: { code: "AccessDenied", status: 403 },
  kms: { code: "AccessDeniedException", status: 400 },
  organizations: { code: "AccessDeniedException", status: 400 },
  cloudtrail: { code: "AccessDeniedException", status: 400 },
  ec2: { code: "UnauthorizedOperation", status: 403 },
};

/** An action that the caller must be allowed before the operation goes on. */
export interface RequiredRight {
  action: string;
  resource: string;
  /** How the message names the resource, as IAM's "role Deployer"; null: not at all; default: `resource`. */
  shownResource?: string | null;
  /** Default: the caller's account. */
  resourceAccount?: string;
  key?: WorldKey;
  trust?: Authorization["trust"];
  accessPolicy?: Authorization["accessPolicy"];
  context?: CallContext;
}

/** Lets the caller's own call pass, or throws the service's denial with AWS's message. */
export function requireAllowed(call: Call, right: RequiredRight): void {
  const { state, session, service } = call;
  const context = {
    ...ownContext(state.world, session, call, right.resourceAccount ?? session.accountId),
    ...right.context,
  };
  const asked: Authorization = {
    action: right.action,
    resource: right.resource,
    context,
    ...(right.key !== undefined && { key: right.key }),
    ...(right.trust !== undefined && { trust: right.trust }),
    ...(right.accessPolicy !== undefined && { accessPolicy: right.accessPolicy }),
    throughEndpoint: service === "backup",
  };
  const decision = noteDecision(call, asked, authorize(state.world, session, asked));
  if (decision.allowed) return;
  const { code, status } = denials[service];
  const message = denialMessage(
    session.arn,
    right.action,
    right.shownResource === undefined ? right.resource : right.shownResource,
    decision,
  );
  throw new ServiceError(code, message, status);
}
