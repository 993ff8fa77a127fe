import type { DenialReading } from "../denial/DenialReading.js";
import { isSeenDenial } from "../denial/isSeenDenial.js";
import { readDenial } from "../denial/readDenial.js";
import { errorNames } from "../facts/vocabulary/errorNames.js";
import type { Denial } from "../snapshot/Snapshot.js";
import type { Redactor } from "./Redactor.js";
import { redactAction } from "./redactDocument.js";

/** A refusal said again in AWS's plainest words, with what it was read to say and nothing else. */
export function redactDenial(denial: Denial, redactor: Redactor): Denial {
  const { name, message, requestId } = denial;
  // Where AWS sent no type, only the text tells that it was a 403.
  const isUntyped = name === "Unknown" && isSeenDenial(denial);
  return {
    name: errorNames.has(name) ? name : redactor.free(name, "Error"),
    message: redactor.free(message, `${retold(readDenial(denial), redactor)}${isUntyped ? " (403)" : ""}`),
    ...(requestId !== undefined && { requestId: "redacted" }),
  };
}

/** A message in AWS's plainest words, by what was read of it. */
export function retold(reading: DenialReading, redactor: Redactor): string {
  switch (reading.kind) {
    case "action":
      return retoldAction(reading, redactor);
    case "backup-storage-and-kms":
      return "Creating a backup vault requires backup-storage and KMS permissions.";
    case "opaque":
      return "Insufficient privileges to perform this action.";
    case "encoded":
      return "Encoded authorization failure message: redacted";
    case "other":
      return "redacted";
  }
}

function retoldAction(reading: DenialReading & { kind: "action" }, redactor: Redactor): string {
  const { user, resource, policyType, effect, policy, ambiguous } = reading;
  const action = redactAction(reading.action, redactor);
  const said = [
    `${user === null ? "The caller" : `User: ${redactor.name(user)}`} is not authorized to perform: ${action}`,
    ...(resource === null ? [] : [`on resource: ${redactor.name(resource)}`]),
  ];
  const type = policyType ?? "further policy";
  if (effect === "explicitDeny") {
    said.push(
      policyType === null ? "with an explicit deny" : `with an explicit deny in a ${type}`,
      ...(policy === null ? [] : [`with policy ARN: ${redactor.name(policy)}`]),
    );
  } else if (effect === "implicitDeny") {
    said.push(`because no ${type} allows the ${action} action`);
  } else if (ambiguous) {
    said.push(
      "because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
    );
  }
  return said.join(" ");
}
