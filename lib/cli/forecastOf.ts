import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { isNotKnown } from "../plan/NotKnown.js";
import type { PlannedVault } from "../plan/PlannedVault.js";

/** A diagnosis told as the forecast of a plan: what is planned, and nothing as known that only the apply tells. */
export function forecastOf(
  diagnosis: Diagnosis,
  { address, file, plan = file, name, key, assumptions, parameters }: PlannedVault,
): Diagnosis {
  const changes = key.kind === "existing" && key.changes?.status === "changed" ? key.changes : null;
  // What only has other tags or aliases, is changed where it is.
  const isOther = changes?.policy !== undefined || changes?.state !== undefined;
  const planned = key.kind === "planned" ? key.planned : isOther ? changes : null;
  const keyAddress = planned === null ? null : planned.status === "unknown" ? planned.because : planned.address;
  const { subject } = diagnosis;
  return {
    ...diagnosis,
    subject: {
      ...subject,
      ...(isNotKnown(name) && { backupVaultName: null }),
      ...(key.kind === "planned" && { encryptionKeyArn: null }),
    },
    planned: { address, file: plan, key: keyAddress, ...(parameters !== undefined && { parameters: [...parameters] }) },
    fixes: diagnosis.fixes.map((fix) => {
      if (keyAddress === null || (fix.layer !== "key-policy" && fix.layer !== "key-state")) return fix;
      // The document holds what stands for what is not known, and there may be no key yet to put it to.
      const { document: _, note, ...rest } = fix;
      return { ...rest, note: `${note === undefined ? "" : `${note} `}Change it where it is written: ${keyAddress}.` };
    }),
    assumptions: [...diagnosis.assumptions, ...assumptions],
  };
}
