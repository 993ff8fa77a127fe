/**
 * How a required action is called: by the caller itself, or forwarded by AWS Backup for the caller, to its own storage
 * or to KMS.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export type CallKind = "own" | "storage" | "kms";

/** The way an action is called, told by its service prefix. */
export function callKind(action: string): CallKind {
  const service = action.slice(0, action.indexOf(":")).toLowerCase();
  if (service === "kms") return "kms";
  return service === "backup-storage" ? "storage" : "own";
}
