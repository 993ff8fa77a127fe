import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { LiveFlags } from "./liveOptions.js";

/** The diagnosis with as whom it was asked and read, for its next steps to ask again likewise. */
export function askedAs(
  diagnosis: Diagnosis,
  { profile, evidenceProfile, evidenceRole, organizationRole }: Partial<LiveFlags>,
): Diagnosis {
  const given = Object.entries({ profile, evidenceProfile, evidenceRole, organizationRole }).filter(
    ([, value]) => value !== undefined,
  );
  return given.length === 0 ? diagnosis : { ...diagnosis, call: { ...diagnosis.call, ...Object.fromEntries(given) } };
}
