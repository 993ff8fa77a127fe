import { identityPolicy } from "./identityPolicy.js";
import type { Judging } from "./Judging.js";
import type { KeyAccess } from "./KeyAccess.js";
import { type KeyPolicyJudgement, keyPolicy } from "./keyPolicy.js";
import { keyState } from "./keyState.js";
import type { Layer } from "./Layer.js";
import type { LayerJudgement } from "./LayerJudgement.js";
import { permissionsBoundary } from "./permissionsBoundary.js";
import { resourceControlPolicy } from "./resourceControlPolicy.js";
import { serviceControlPolicy } from "./serviceControlPolicy.js";
import { sessionPolicy } from "./sessionPolicy.js";
import { vpcEndpointPolicy } from "./vpcEndpointPolicy.js";

/** What each layer says to one action, each for itself. */
export interface ActionJudgement {
  action: string;
  resource: string;
  layers: Record<Layer, LayerJudgement>;
  access: KeyAccess;
  callersGrant: KeyPolicyJudgement["callersGrant"];
}

/** Puts one action to all eight layers. */
export function judgeAction(judging: Judging): ActionJudgement {
  const { judgement, access, callersGrant } = keyPolicy(judging);
  const { resource } = judging.request;
  return {
    action: judging.action,
    resource: typeof resource === "string" ? resource : "*",
    access,
    callersGrant,
    layers: {
      "identity-policy": identityPolicy(judging),
      "permissions-boundary": permissionsBoundary(judging),
      "session-policy": sessionPolicy(judging),
      "service-control-policy": serviceControlPolicy(judging),
      "resource-control-policy": resourceControlPolicy(judging),
      "key-policy": judgement,
      "key-state": keyState(judging),
      "vpc-endpoint-policy": vpcEndpointPolicy(judging),
    },
  };
}
