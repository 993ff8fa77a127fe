import type { Layer } from "../facts/layers.js";
import type { Asked } from "./Asked.js";
import type { CallersGrant, KeyAccess } from "./KeyAccess.js";
import { keyPolicy } from "./keyPolicy.js";
import { keyUsability } from "./keyUsability.js";
import type { LayerJudgement } from "./LayerJudgement.js";
import { policyLayer } from "./policyLayer.js";

/** What each layer says to one action, each for itself. */
export interface ActionJudgement {
  readonly layers: Readonly<Record<Layer, LayerJudgement>>;
  readonly access: KeyAccess;
  readonly callersGrant: CallersGrant;
}

/** Puts one question to all eight layers. */
export function judgeAction(asked: Asked): ActionJudgement {
  const { judgement, access, callersGrant } = keyPolicy(asked);
  return {
    access,
    callersGrant,
    layers: {
      "identity-policy": policyLayer("identity-policy", asked),
      "permissions-boundary": policyLayer("permissions-boundary", asked),
      "session-policy": policyLayer("session-policy", asked),
      "service-control-policy": policyLayer("service-control-policy", asked),
      "resource-control-policy": policyLayer("resource-control-policy", asked),
      "key-policy": judgement,
      "key-state": keyUsability(asked),
      "vpc-endpoint-policy": policyLayer("vpc-endpoint-policy", asked),
    },
  };
}

/** Puts one question to one layer. */
export function judgeLayer(layer: Layer, asked: Asked): LayerJudgement {
  switch (layer) {
    case "key-policy":
      return keyPolicy(asked).judgement;
    case "key-state":
      return keyUsability(asked);
    default:
      return policyLayer(layer, asked);
  }
}
