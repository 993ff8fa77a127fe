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

/** The last id that was given. It stands on the channel, for all copies of this package in a process publish on that one. */
const lastId = Symbol.for("backup-vault-access.lastDiagnosisId");

const diagnoses = channel("backup-vault-access:diagnosis") as ReturnType<typeof channel> & { [lastId]?: number };

/** An id that no other diagnosis of this process has. */
export function newDiagnosisId(): number {
  const id = (diagnoses[lastId] ?? 0) + 1;
  diagnoses[lastId] = id;
  return id;
}

/** Publishes an event to whoever subscribes, frozen: they are told one after the other. */
export function publishDiagnosis(event: DiagnosisEvent): void {
  if (!diagnoses.hasSubscribers) return;
  Object.freeze(event.subject);
  if (event.type === "finished") Object.freeze(event.calls);
  diagnoses.publish(Object.freeze(event));
}
