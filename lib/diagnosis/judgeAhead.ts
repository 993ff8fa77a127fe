import { layers, principalLayers } from "../facts/layers.js";
import { parsedPolicy } from "../policy/policyMemory.js";
import { placesOf } from "../snapshot/layerEvidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { ask } from "../verdict/Asked.js";
import { judgeLayer } from "../verdict/judgeAction.js";
import { everybodysMemory, readInquiry } from "./judgeSnapshot.js";

/** Policies of fewer characters together are judged in a few milliseconds. */
const many = 50_000;

/**
 * Judges piece by piece what a diagnosis will ask, so that the process can do something else in between: the diagnosis then
 * finds it in everybody's memory. Of policies of an ordinary size it does nothing.
 *
 * @example
 * for (const _ of judgeAhead(snapshot)) await setImmediate();
 * const diagnosis = diagnose(snapshot);
 */
export function* judgeAhead(snapshot: Snapshot): Generator<void> {
  const places = placesOf(snapshot);
  const sizes = places.map(({ policy }) => (typeof policy.document === "string" ? policy.document.length : 0));
  if (sizes.reduce((sum, size) => sum + size, 0) < many) return;
  for (const { layer, policy } of places) {
    parsedPolicy(policy.document, principalLayers.has(layer));
    yield;
  }
  const inquiry = readInquiry(snapshot, everybodysMemory);
  yield;
  for (const question of inquiry.questions) {
    const asked = ask(inquiry, question);
    for (const layer of layers) {
      judgeLayer(layer, asked);
      yield;
    }
    if (asked.met.size === 0) continue;
    const without = ask(inquiry, question, asked.met);
    for (const layer of layers) {
      judgeLayer(layer, without);
      yield;
    }
  }
}
