import { channel } from "node:diagnostics_channel";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";

/**
 * What is published on the channel `backup-vault-access:diagnosis`: `started` and then `finished` or `failed`, with the same
 * `id`. No event carries a policy, a message of AWS or a credential.
 */
export type DiagnosisEvent = { id: number; subject: Diagnosis["subject"] } & (
  | { type: "started" }
  | {
      type: "finished";
      outcome: Diagnosis["outcome"];
      blockingLayer: Diagnosis["blockingLayer"];
      /** From the start, in milliseconds. */
      milliseconds: number;
      /** How many calls came to what, as { answered: 21, refused: 3 }. */
      calls: Partial<Record<Diagnosis["evidence"][number]["status"], number>>;
    }
  | { type: "failed"; milliseconds: number; error: unknown }
);

const diagnoses = channel("backup-vault-access:diagnosis");

/** Publishes an event to whoever subscribes. */
export function publishDiagnosis(event: DiagnosisEvent): void {
  if (diagnoses.hasSubscribers) diagnoses.publish(event);
}
