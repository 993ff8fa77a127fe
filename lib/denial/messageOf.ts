import type { DenialReading } from "./DenialReading.js";

/**
 * What was read of a refusal in AWS's own words again, on one line: `readDenial` reads it the same.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function messageOf(reading: DenialReading): string {
  switch (reading.kind) {
    case "action":
      return messageOfAction(reading);
    case "backup-storage-and-kms":
      return "Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.";
    case "encoded":
      return "You are not authorized to perform this operation. Encoded authorization failure message: (left out)";
    case "opaque":
    case "other":
      return "Insufficient privileges to perform this action.";
  }
}

function messageOfAction({
  user,
  action,
  resource,
  policyType,
  effect,
  policy,
  authorizationId,
  ambiguous,
}: Extract<DenialReading, { kind: "action" }>): string {
  const type = policyType ?? "policy";
  const cause =
    effect === null
      ? ""
      : effect === "implicitDeny"
        ? ` because no ${type} allows the ${action} action`
        : ` with an explicit deny${policyType === null && policy === null ? "" : ` in ${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`}${policy === null ? "" : `: ${policy}`}`;
  return [
    `${user === null ? "The caller" : `User: ${user}`} is not authorized to perform: ${action}`,
    resource === null ? "" : ` on resource: ${resource}`,
    ambiguous
      ? " because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"
      : cause,
    authorizationId === null
      ? ""
      : ` Call the GetRequestAuthorizationDetails API with the following authorization id: ${authorizationId}`,
  ].join("");
}
