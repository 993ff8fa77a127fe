import { type Assumption, assumptions } from "../facts/conditionKeys.js";
import { type Layer, layers } from "../facts/layers.js";
import { unique } from "../verdict/LayerJudgement.js";
import type { Blocker } from "./Diagnosis.js";
import { assumed, takenToAllowSentence } from "./phrases.js";
import type { Scales, WeighedAction } from "./weigh.js";

/** The layers that were not read, or only in part, and are taken to allow. */
export function takenToAllowLayers(weighed: readonly WeighedAction[]): Layer[] {
  return layers.filter((layer) =>
    weighed.some(
      ({ weight: { settled }, isExtra }) =>
        !isExtra && settled.layers[layer].judgement.applies && settled.layers[layer].judgement.takenToAllow,
    ),
  );
}

/** Everything that was assumed on the way to the verdicts, in sentences. */
export function assumptionsOf(
  { inquiry, heard }: Scales,
  weighed: readonly WeighedAction[],
  blockers: readonly Blocker[],
): string[] {
  const told: string[] = [];
  for (const layer of takenToAllowLayers(weighed)) {
    const isPartlyRead = weighed.some(({ weight }) => weight.settled.layers[layer].judgement.readPart !== null);
    told.push(takenToAllowSentence(layer, isPartlyRead));
  }
  const { key } = inquiry;
  if (key.isDefault && (key.read === null || key.read.state === null || key.read.policy.status !== "read")) {
    told.push(assumed.defaultKey);
  }
  const grants = key.read?.grants.status;
  const areUnread =
    key.read === null ? !key.isAwsManaged && !key.isMissing : grants === "unreadable" || grants === "notRead";
  if (areUnread) told.push(assumptions["no-grants"]);
  const isControlled = weighed.some(
    ({ weight: { settled }, isExtra }) => !isExtra && settled.layers["resource-control-policy"].judgement.applies,
  );
  if (isControlled && !key.isDefault && (key.read === null || key.read.manager === null))
    told.push(assumed.customerManaged);
  if (blockers.some(({ layer }) => layer === "key-state")) told.push(assumed.unusableKey);
  if (heard.clearsOwnCall) told.push(assumed.ownCallPassed);
  for (const action of heard.clearedByTrail) told.push(assumed.cleared(action));
  for (const {
    weight: { settled },
  } of weighed)
    told.push(...settled.assumptions);
  const rested = new Set<Assumption>(weighed.flatMap(({ restsOn }) => restsOn));
  for (const name of Object.keys(assumptions) as Assumption[]) if (rested.has(name)) told.push(assumptions[name]);
  return [...unique(told)];
}
