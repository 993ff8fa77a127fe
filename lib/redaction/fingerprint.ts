import type { Diagnosis } from "../diagnosis/Diagnosis.js";

/** What a diagnosis says, without the names it says it with: redaction may not change it. */
export function fingerprint(diagnosis: Diagnosis): string {
  return JSON.stringify([
    diagnosis.outcome,
    diagnosis.blockers.map(({ layer, effect, actions, certainty, statement, policy, target }) => [
      layer,
      effect,
      actions,
      certainty,
      statement?.index,
      policy === null,
      target === null,
    ]),
    diagnosis.actions.map(({ action, verdict, layers }) => [
      action,
      verdict,
      Object.values(layers).map((one) => one.verdict),
    ]),
    diagnosis.suspects.map(({ layer, actions }) => [layer, actions]),
  ]);
}
