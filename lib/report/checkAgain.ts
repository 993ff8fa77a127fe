import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { commandWord } from "./commandWord.js";
import { askedAsFlags, callFlags, placeFlags, principalFlag, regionFlag } from "./placeFlags.js";

/** The command that asks the same again, live, and as the same. */
export function checkAgain(diagnosis: Diagnosis): string {
  const { subject, planned } = diagnosis;
  const askedAs = askedAsFlags(diagnosis);
  if (planned === undefined) {
    return `backup-vault-access check${placeFlags(diagnosis, ["vault"])}${principalFlag(subject)}${callFlags(diagnosis)}${askedAs}`;
  }
  const parameters = (planned.parameters ?? []).map((one) => ` --parameters ${commandWord(one)}`).join("");
  return `backup-vault-access check --plan ${commandWord(planned.file)}${parameters}${regionFlag(subject)}${principalFlag(subject)}${askedAs}`;
}
