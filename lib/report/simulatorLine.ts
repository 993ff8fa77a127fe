import type { Fix } from "../diagnosis/Diagnosis.js";

const answers: Readonly<Record<NonNullable<Fix["simulated"]>["answer"], string>> = {
  agrees: "agrees",
  disagrees: "DISAGREES",
  undecided: "does not decide it",
  unreadable: "gave no answer that can be read",
  "not-asked": "was not asked",
};

/** What AWS's policy simulator says of a fix, as a person reads it. */
export function simulatorLine({ answer, detail }: NonNullable<Fix["simulated"]>): string {
  return `AWS's policy simulator ${answers[answer]}: ${detail}`;
}
