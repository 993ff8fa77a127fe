import type { ContextKeyState } from "../ContextKeyState.js";
import type { Truth } from "../Truth.js";
import { isTrue } from "./isTrue.js";

/**
 * What `Null` says of a key: "true" asks that it is absent, anything else that it is there. An empty text is there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
 */
export function nullTruth(operands: readonly string[], state: ContextKeyState): Truth {
  const asks = new Set(operands.map(isTrue));
  const isAbsent = state.kind === "absent";
  if (state.kind === "unknown" && asks.size === 1) return "unknown";
  return asks.has(isAbsent) ? "true" : "false";
}
