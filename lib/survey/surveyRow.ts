import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { printable } from "../report/printable.js";

/** What a row says of an answer. */
export type SurveyAnswer = Pick<Diagnosis, "outcome" | "blockers" | "blockingLayer" | "subject">;

/**
 * One answer of a survey as a row of a table: outcome, layer, whose, and what stops it first.
 *
 * @param isOfMany whether several vaults, keys or Regions are asked about, so that the row has to say which
 */
export function surveyRow({ outcome, blockers, blockingLayer, subject }: SurveyAnswer, isOfMany: boolean): string {
  const { principalArn, backupVaultName, region, encryptionKeyArn } = subject;
  const where = isOfMany ? [backupVaultName, region, encryptionKeyArn ?? "alias/aws/backup"] : [];
  const words = [outcome.padEnd(12), (blockingLayer ?? "").padEnd(22), principalArn, ...where, whyOf(blockers)];
  return `${words
    .map((word) => (word === null ? "" : inert(word)))
    .join("  ")
    .trimEnd()}\n`;
}

/** Blanks that fill a column stay. */
function inert(word: string): string {
  return printable(word).padEnd(word.length);
}

function whyOf(blockers: SurveyAnswer["blockers"]): string {
  const [first, ...others] = blockers;
  if (first === undefined) return "";
  const { policy, statement, target } = first;
  const which = [
    policy === null ? "nothing allows it" : `"${policy.name}"`,
    statement === null ? "" : `${statement.sid ?? "without Sid"} (index ${statement.index})`,
    target === null ? "" : `at ${target}`,
    others.length === 0 ? "" : `and ${others.length} more`,
  ];
  return which.filter((part) => part !== "").join(" ");
}
