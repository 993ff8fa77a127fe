import type { ActionJudgement } from "../verdict/judgeAction.js";
import type { Layer } from "../verdict/Layer.js";
import type { LayerJudgement } from "../verdict/LayerJudgement.js";
import type { Source } from "../verdict/Source.js";
import type { Disagreement } from "./Diagnosis.js";

/** One layer and action after all sources were heard. */
export interface SettledLayer {
  judgement: LayerJudgement;
  sources: Source[];
  /** Said by the denial or a dry run: the layer's silence stops the action, whatever else might make up for it. */
  forced: boolean;
}

/** One action after all sources were heard. */
export interface SettledAction extends Omit<ActionJudgement, "layers"> {
  layers: Record<Layer, SettledLayer>;
  disagreements: Disagreement[];
  /** What was assumed in settling. */
  assumptions: string[];
  /** A source says that the action is refused, and no layer can be named for it. */
  refusedUnnamed: boolean;
}
