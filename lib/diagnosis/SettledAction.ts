import type { Layer, Source } from "../facts/layers.js";
import type { CallersGrant, KeyAccess } from "../verdict/KeyAccess.js";
import type { LayerJudgement } from "../verdict/LayerJudgement.js";
import type { Disagreement } from "./Diagnosis.js";

/** One layer and action after all sources were heard. */
export interface SettledLayer {
  readonly judgement: LayerJudgement;
  readonly sources: readonly Source[];
  /** Said by AWS of this very call: the layer's silence stops the action, whatever else might make up for it. */
  readonly isForced: boolean;
  /** What a source said that settles nothing, to be told in the layer's suspect; "" for nothing. */
  readonly remark: string;
}

/** One action after all sources were heard. */
export interface SettledAction {
  readonly layers: Readonly<Record<Layer, SettledLayer>>;
  readonly access: KeyAccess;
  readonly callersGrant: CallersGrant;
  readonly disagreements: readonly Disagreement[];
  /** What was assumed in settling. */
  readonly assumptions: readonly string[];
  /** AWS refused the action, and no layer can be named for it. */
  readonly isRefusedUnnamed: boolean;
}
