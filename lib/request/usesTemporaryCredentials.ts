import type { Snapshot } from "../snapshot/Snapshot.js";
import { contextEntry } from "./contextEntry.js";

/**
 * Whether the call is made with temporary credentials: always for a session; for an IAM user or root only where the
 * context shows it, since the keys below are there for temporary credentials alone.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function usesTemporaryCredentials(snapshot: Snapshot): boolean {
  if (/:(assumed-role|federated-user|role)\//.test(snapshot.caller.arn)) return true;
  return ["aws:TokenIssueTime", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"].some((key) => {
    const entry = contextEntry(snapshot, key);
    return entry !== undefined && entry.value !== null;
  });
}
