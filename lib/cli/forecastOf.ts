import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { isNotKnown } from "../plan/NotKnown.js";
import type { PlannedVault } from "../plan/PlannedVault.js";
import type { NotAsPlanned } from "./notAsPlanned.js";

/** A diagnosis told as the forecast of a plan: what is planned, and nothing as known that only the apply tells. */
export function forecastOf(
  diagnosis: Diagnosis,
  { address, file, plan = file, name, key, assumptions, parameters }: PlannedVault,
  notAsPlanned: NotAsPlanned = { narrowed: [], unsettled: [] },
): Diagnosis {
  const { outcome, blockers, summary } = diagnosis;
  const unsettled = [...notAsPlanned.narrowed, ...notAsPlanned.unsettled.map(({ told }) => told)];
  // What blocks in a layer that stays as it is, blocks then, too.
  const isOpen = ({ layer, certainty }: Blocker) =>
    certainty === "probable" || notAsPlanned.unsettled.some(({ layers }) => layers?.includes(layer) ?? true);
  const isUnsure = outcome === "blocked" ? blockers.every(isOpen) : unsettled.length > 0;
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
    ...(isUnsure && { outcome: "inconclusive" as const, blockingLayer: null }),
    blockers: blockers.map((one) => (isUnsure && isOpen(one) ? { ...one, certainty: "probable" as const } : one)),
    summary: unsettled.length === 0 ? summary : `${unsettled.map(sentence).join(" ")} As it is now: ${summary}`,
    planned: {
      address,
      file: plan,
      key: keyAddress,
      ...(parameters !== undefined && { parameters: [...parameters] }),
      ...(unsettled.length > 0 && { unsettled }),
    },
    fixes: diagnosis.fixes.map((fix) => {
      if (keyAddress === null || (fix.layer !== "key-policy" && fix.layer !== "key-state")) return fix;
      // The document holds what stands for what is not known, and there may be no key yet to put it to.
      const { document: _, note, ...rest } = fix;
      return { ...rest, note: `${note === undefined ? "" : `${note} `}Change it where it is written: ${keyAddress}.` };
    }),
    assumptions: [...diagnosis.assumptions, ...assumptions],
  };
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
