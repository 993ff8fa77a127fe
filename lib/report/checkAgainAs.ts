import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { checkAgain } from "./checkAgain.js";

/** The command that asks the same again, read as somebody else. */
export function checkAgainAs(
  flag: "--evidence-profile NAME" | "--organization-role ARN",
  diagnosis: Diagnosis,
): string {
  const { evidenceProfile, evidenceRole, organizationRole, ...call } = diagnosis.call ?? {};
  const reader = {
    ...(evidenceProfile !== undefined && { evidenceProfile }),
    ...(evidenceRole !== undefined && { evidenceRole }),
  };
  const organization = { ...(organizationRole !== undefined && { organizationRole }) };
  const kept = flag === "--organization-role ARN" ? reader : organization;
  return `${checkAgain({ ...diagnosis, call: { ...call, ...kept } })} ${flag}`;
}
