import type { Blocker } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import { requiredActions } from "../facts/actions.js";

/** Actions in words; all of a vault's own together in few. */
export function actionsInWords(actions: readonly string[], all: string): string {
  return requiredActions.every((action) => actions.includes(action)) ? all : inWords(actions);
}

/** The first blocker's own sentence, but where that is of one principal alone, or lists every action. */
export function reasonOfCause({ layer, effect, actions, reason, policy }: Blocker): string {
  const what = actionsInWords(actions, "any of the seven actions");
  const isSilence = effect === "implicitDeny";
  if (layer === "identity-policy" && isSilence && policy === null) return `No identity policy allows ${what}.`;
  if (layer === "permissions-boundary" && isSilence && policy !== null) {
    return `The permissions boundary "${policy.name}" does not allow ${what}.`;
  }
  return reason;
}
