import { type Layer, layers } from "../verdict/Layer.js";
import { unique } from "../verdict/LayerJudgement.js";
import { layerNames, listed } from "./blockerReason.js";
import type { Suspect } from "./Diagnosis.js";
import type { WeighedAction } from "./weigh.js";

/**
 * The layers that might block: those whose unknown verdict could turn an action, and, where a denial was seen that
 * nothing confirmed explains, also the session, resource control and VPC endpoint policies that were not read and are
 * otherwise taken to allow (contract, rule 12).
 */
export function suspectsOf(weighed: WeighedAction[], isUnexplained: boolean): Suspect[] {
  return layers.flatMap((layer) => {
    const actions: string[] = [];
    const dependsOn: string[] = [];
    const notes: string[] = [];
    for (const { settled, decision } of weighed) {
      const suspect = decision.suspects.find((one) => one.layer === layer);
      const { judgement } = settled.layers[layer];
      if (suspect !== undefined) {
        actions.push(settled.action);
        dependsOn.push(...suspect.dependsOn);
        notes.push(suspect.note);
      } else if (isUnexplained && judgement.applies && judgement.takenToAllow) {
        actions.push(settled.action);
        dependsOn.push(...judgement.denyDependsOn);
        notes.push(judgement.note);
      }
    }
    if (actions.length === 0) return [];
    const keys = unique(dependsOn);
    return [{ layer, actions, reason: reasonOf(layer, actions, keys, unique(notes)), dependsOn: keys }];
  });
}

function reasonOf(layer: Layer, actions: string[], dependsOn: string[], notes: string[]): string {
  const why = notes.filter((note) => note !== "").join("; ");
  const keys = dependsOn.length > 0 ? ` It depends on ${listed(dependsOn)}.` : "";
  return `The ${layerNames[layer]} might block ${listed(actions)}${why === "" ? "" : ` (${why})`}.${keys}`;
}
