import type { InferOutput } from "valibot";
import type {
  actionVerdictSchema,
  blockerSchema,
  diagnosisSchema,
  disagreementSchema,
  evidenceCallSchema,
  fixSchema,
  layerVerdictSchema,
  suspectSchema,
} from "./diagnosisSchema.js";

/** The whole answer: the seven actions by the eight layers, blockers, suspects, fixes (specification, section 5). */
export type Diagnosis = InferOutput<typeof diagnosisSchema>;

/** A layer's verdict that really stops the call, with its policy and statement. */
export type Blocker = InferOutput<typeof blockerSchema>;

/** A layer that might block but could not be read or decided. */
export type Suspect = InferOutput<typeof suspectSchema>;

/** What one layer says to one action, and where from. */
export type LayerVerdict = InferOutput<typeof layerVerdictSchema>;

/** One required action with the verdict of each layer and of all together. */
export type ActionVerdict = InferOutput<typeof actionVerdictSchema>;

/** A change that removes a blocker; `verified` where the snapshot with the change applied was diagnosed again. */
export type Fix = InferOutput<typeof fixSchema>;

/** Two sources that say different things of one layer and action. */
export type Disagreement = InferOutput<typeof disagreementSchema>;

/** One call that was made, or left out, to collect evidence. */
export type EvidenceCall = InferOutput<typeof evidenceCallSchema>;
