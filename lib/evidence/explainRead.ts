import { type ReadFact, type ReadName, reads } from "../facts/reads.js";

/** What a read tells, in words: "the role's path and tags, and permissions-boundary". */
export function toldBy({ layers, tells }: ReadFact): string {
  return [tells, layers.join(" and ")].filter(Boolean).join(", and ");
}

/** What a refused call lacked, and what stays unknown for it; null for a call that is no read of the table. */
export function explainRead(call: string): string | null {
  return isRead(call) ? `needs ${call}, which tells ${toldBy(reads[call])}` : null;
}

/** Whether an error is a read's answer, as that there is no such key. */
export function isAnswerOfRead(call: string, errorName: string): boolean {
  if (!isRead(call)) return false;
  const { answers = [] }: ReadFact = reads[call];
  return answers.includes(errorName);
}

function isRead(call: string): call is ReadName {
  return Object.hasOwn(reads, call);
}
