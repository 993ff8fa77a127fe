import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { subjectFacts } from "./subjectFacts.js";

/**
 * The facts of a diagnosis's subject as one line; empty where nothing is known.
 *
 * @example
 * subjectLine(diagnosis); // "principal arn:aws:iam::444455556666:role/Deployer, vault prod-vault, Region us-west-2, ..."
 */
export function subjectLine(diagnosis: Diagnosis): string {
  return subjectFacts(diagnosis)
    .map(([name, text]) => `${name} ${text}`)
    .join(", ");
}
