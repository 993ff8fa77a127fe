import type { LoggedCall } from "../aws/LoggedCall.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";

/** The log of calls as a diagnosis tells it: nobody changes it for others. */
export function frozenCalls(calls: readonly LoggedCall[]): Diagnosis["evidence"] {
  return Object.freeze(calls.map((call) => Object.freeze(call))) as Diagnosis["evidence"];
}
