import type { ContextLookup } from "../policy/ContextKeyState.js";
import type { EvaluationRequest } from "../policy/EvaluationRequest.js";

/** Condition keys as they were found. */
export type KnownKeys = Map<string, ReturnType<ContextLookup>>;

/** Something that was said of policies, and all that they asked of the call to say so. */
export interface Remembered<T> {
  readonly said: T;
  readonly resource: EvaluationRequest["resource"];
  /** Null where the policies do not ask who calls. */
  readonly who: Pick<EvaluationRequest, "principal" | "principalHasBoundary"> | null;
  /** The condition keys that were looked up, in order, as they were found. */
  readonly keys: KnownKeys;
}
