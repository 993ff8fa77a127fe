import { type Answer, reasonOf } from "../aws/Answer.js";
import type { Evidence } from "../snapshot/Evidence.js";

/** An answer as evidence: what is missing keeps its reason. */
export function fromAnswer<T, U>(answer: Answer<T>, read: (value: T) => U): Evidence<U> {
  return answer.ok ? { status: "read", value: read(answer.value) } : { status: "unreadable", reason: reasonOf(answer) };
}
