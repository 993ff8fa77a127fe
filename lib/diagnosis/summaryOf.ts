import { layerNames, listed } from "./blockerReason.js";
import type { Blocker, Diagnosis, Suspect } from "./Diagnosis.js";

/**
 * Why AWS may refuse although all that can be read allows, the likeliest first.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
const unexplained =
  "Everything that could be read allows it, yet AWS refused. Likely reasons, in this order: a policy was changed moments ago and is not in force everywhere yet; a session policy, a resource control policy or a VPC endpoint policy, which could not be read; a change since the refusal.";

/**
 * What a person reads first: one sentence per blocker.
 *
 * @param isRiddle AWS refused although everything that could be read allows
 */
export function summaryOf(
  outcome: Diagnosis["outcome"],
  blockers: readonly Blocker[],
  suspects: readonly Suspect[],
  isRiddle: boolean,
): string {
  const sentences = blockers.map(({ certainty, reason }) =>
    certainty === "probable" ? `Probably: ${reason}` : reason,
  );
  const suspected = listed(suspects.map(({ layer }) => layerNames[layer]));
  switch (outcome) {
    case "blocked":
      return sentences.join(" ");
    case "allowed":
      return "Nothing that was read blocks the creation of the vault.";
    case "inconclusive":
      if (isRiddle) sentences.push(unexplained);
      else if (suspects.length > 0) sentences.push(`It cannot be told for sure; to be looked at: ${suspected}.`);
      else if (sentences.length > 0) sentences.push("Whether it blocks is not proven.");
      else sentences.push("It cannot be told from what was read.");
      return sentences.join(" ");
  }
}
