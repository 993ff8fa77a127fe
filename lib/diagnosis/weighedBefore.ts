import { type Layer, layers } from "../facts/layers.js";
import type { ActionJudgement } from "../verdict/judgeAction.js";
import type { KnownLevels } from "../verdict/KnownLevels.js";
import type { LayerJudgement } from "../verdict/LayerJudgement.js";
import type { ActionVerdict } from "./Diagnosis.js";
import type { ActionDecision } from "./decide.js";
import type { Reach } from "./reach.js";
import type { SettledAction } from "./SettledAction.js";
import type { SimulatorClaim, SimulatorClaims } from "./simulatorClaims.js";

/** What an action came to. */
export interface Weight {
  readonly settled: SettledAction;
  readonly decision: ActionDecision;
  /** How it was told, once it was. */
  told: ActionVerdict | null;
}

/** All that an action hangs on where AWS said nothing of this very call. */
export interface Weighing {
  readonly action: string;
  readonly by: Reach["by"];
  readonly judged: ActionJudgement;
  readonly simulator: SimulatorClaims;
}

/** What a layer says under the simulator's own context, of which its claim has to do with. */
export type UnderSimulator = (layer: Layer, claim: SimulatorClaim) => LayerJudgement;

/** What was asked under the simulator's context, and what the answer was. */
export type AskedUnder = readonly { layer: Layer; judgement: LayerJudgement }[];

interface Kept {
  weighing: Weighing;
  under: AskedUnder;
  weight: Weight;
}

const weighings = new WeakMap<KnownLevels, Kept[]>();

/** So many are kept for the identity policies of one principal: of each action what it came to in a few kinds of call. */
const most = 64;

/** What the very same judgements came to before, for a principal with these identity policies. */
export function weighedBefore(
  identity: KnownLevels,
  weighing: Weighing,
  underSimulator: UnderSimulator,
): Weight | undefined {
  return weighings.get(identity)?.find(
    ({ weighing: before, under }) =>
      isSame(before, weighing) &&
      under.every(({ layer, judgement }) => {
        const claim = weighing.simulator[layer];
        return claim !== undefined && underSimulator(layer, claim) === judgement;
      }),
  )?.weight;
}

/** Keeps what an action came to, to be given again. */
export function keepWeighed(identity: KnownLevels, weighing: Weighing, under: AskedUnder, weight: Weight): void {
  const kept = weighings.get(identity) ?? [];
  if (kept.push({ weighing, under, weight }) > most) kept.shift();
  weighings.set(identity, kept);
}

function isSame(one: Weighing, other: Weighing): boolean {
  return (
    one.action === other.action &&
    one.by === other.by &&
    one.judged.access === other.judged.access &&
    one.judged.callersGrant === other.judged.callersGrant &&
    layers.every(
      (layer) =>
        one.judged.layers[layer] === other.judged.layers[layer] &&
        isSameClaim(one.simulator[layer], other.simulator[layer]),
    )
  );
}

/** But for what the simulator was asked with, which counts only where it is asked for. */
function isSameClaim(one: SimulatorClaim | undefined, other: SimulatorClaim | undefined): boolean {
  return one?.verdict === other?.verdict && one?.policy?.name === other?.policy?.name;
}
