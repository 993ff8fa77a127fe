import type { Blocker } from "../../diagnosis/Diagnosis.js";
import type { Layer } from "../../facts/layers.js";
import type { Claim } from "./Claim.js";
import type { ExpectedBlocker } from "./ExpectedBlocker.js";

/**
 * That a blocker of this layer, and with these traits, stops the call; of any layer where it is null.
 *
 * Where another layer blocks and this one is a suspect, it may block too: that is unknown.
 */
export function blockedClaim(layer: Layer | null, expected: ExpectedBlocker): Claim {
  return {
    text: `to be blocked${layer === null ? "" : ` by ${layer}`}${traitsText(expected)}`,
    holds: ({ outcome, blockers, suspects }) => {
      if (blockers.some((blocker) => (layer === null || blocker.layer === layer) && hasTraits(blocker, expected))) {
        return "true";
      }
      if (outcome === "allowed") return "false";
      if (outcome === "inconclusive") return "unknown";
      return suspects.some((suspect) => layer === null || suspect.layer === layer) ? "unknown" : "false";
    },
  };
}

function hasTraits(blocker: Blocker, expected: ExpectedBlocker): boolean {
  const { sid, index, policy, target, effect, certainty, action } = expected;
  return (
    (sid === undefined || blocker.statement?.sid === sid) &&
    (index === undefined || blocker.statement?.index === index) &&
    (policy === undefined || blocker.policy?.name === policy || blocker.policy?.arn === policy) &&
    (target === undefined || blocker.target === target) &&
    (effect === undefined || blocker.effect === effect) &&
    (certainty === undefined || blocker.certainty === certainty) &&
    (action === undefined || blocker.actions.includes(action))
  );
}

function traitsText({ sid, index, policy, target, effect, certainty, action }: ExpectedBlocker): string {
  const traits = [
    ...(sid === undefined ? [] : [`statement ${sid}`]),
    ...(index === undefined ? [] : [`statement index ${index}`]),
    ...(policy === undefined ? [] : [`policy ${policy}`]),
    ...(target === undefined ? [] : [`target ${target}`]),
    ...(effect === undefined ? [] : [effect]),
    ...(certainty === undefined ? [] : [certainty]),
    ...(action === undefined ? [] : [`stopping ${action}`]),
  ];
  return traits.length === 0 ? "" : ` (${traits.join(", ")})`;
}
