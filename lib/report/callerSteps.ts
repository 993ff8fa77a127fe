import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { parsePrincipalArn } from "../facts/arn.js";
import { planKeyPrefix } from "../facts/planKeys.js";
import { checkAgain } from "./checkAgain.js";
import { commandWord } from "./commandWord.js";
import { listedNames } from "./listedNames.js";
import { type NextStep, you } from "./NextStep.js";

/** What only the caller can tell, whatever is read. */
export function callerSteps(diagnosis: Diagnosis): NextStep[] {
  return [...federatedSteps(diagnosis), ...contextSteps(diagnosis)];
}

/** The policies of a federated session are those of the IAM user behind it, whom no API tells. */
function federatedSteps(diagnosis: Diagnosis): NextStep[] {
  const { partition, accountId, kind } = parsePrincipalArn(diagnosis.subject.principalArn ?? "") ?? {};
  if (kind !== "federated-user") return [];
  const user = { ...diagnosis.subject, principalArn: `arn:${partition}:iam::${accountId}:user/NAME` };
  return [
    {
      who: you,
      what: "Ask about the IAM user whose keys the federated session was made with: its policies count, within those of the session.",
      command: checkAgain({ ...diagnosis, subject: user }),
    },
  ];
}

/** Condition keys of the call that only its caller knows. */
function contextSteps(diagnosis: Diagnosis): NextStep[] {
  const { suspects } = diagnosis;
  const keys = [...new Set(suspects.flatMap(({ dependsOn }) => dependsOn))].filter(
    (key) => /^[a-z0-9-]+:/i.test(key) && !key.startsWith(planKeyPrefix),
  );
  if (keys.length === 0) return [];
  const flags = keys.slice(0, 3).map((key) => ` --context ${commandWord(`${key}=VALUE`)}`);
  return [
    {
      who: you,
      what: `Say what you know of the call: ${listedNames(keys)}.`,
      command: `${checkAgain(diagnosis)}${flags.join("")}`,
    },
  ];
}
