import type { Layer } from "../verdict/Layer.js";
import type { Blocker } from "./Diagnosis.js";

/** Each layer as a person says it. */
export const layerNames: Readonly<Record<Layer, string>> = {
  "identity-policy": "identity policy",
  "permissions-boundary": "permissions boundary",
  "session-policy": "session policy",
  "service-control-policy": "service control policy",
  "resource-control-policy": "resource control policy",
  "key-policy": "key policy",
  "key-state": "key",
  "vpc-endpoint-policy": "VPC endpoint policy",
};

/** One sentence that says what blocks which actions, with policy, statement and place. */
export function blockerReason(
  blocker: Pick<Blocker, "layer" | "effect" | "actions" | "policy" | "statement" | "target">,
  notes: readonly string[],
  principal: string,
): string {
  const { layer, actions, policy, target } = blocker;
  const what = listed(actions);
  const name = layerNames[layer];
  const place = target === null ? "" : ` at ${target}`;
  const attached = policy?.attachedTo === undefined ? "" : ` (${policy.attachedTo})`;
  if (blocker.effect === "explicitDeny") {
    const which = policy === null ? `A ${name}` : `The ${name} ${quoted(policy.name)}${attached}`;
    return `${which}${place} explicitly denies ${what}${statementOf(blocker)}.`;
  }
  switch (layer) {
    case "identity-policy":
      return `No identity policy of ${principal} allows ${what}.`;
    case "permissions-boundary":
      return `The permissions boundary ${quoted(policy?.name ?? "of the caller")} does not allow ${what}.`;
    case "session-policy":
      return `No session policy of the session allows ${what}.`;
    case "service-control-policy":
      return target === null
        ? `The organization's service control policies do not allow ${what}.`
        : `No service control policy${place}${notes[0] ? ` (${notes[0]})` : ""} allows ${what}.`;
    case "resource-control-policy":
      return `The resource control policies${place} do not allow ${what}.`;
    case "key-policy":
      return `The key policy neither grants ${what} to ${principal} nor leaves it to the account's identity policies.`;
    case "key-state":
      return `KMS refuses ${what}: ${notes.join("; ") || "the key cannot be used"}.`;
    case "vpc-endpoint-policy":
      return `The VPC endpoint policy ${quoted(policy?.name ?? "")}${attached} does not allow ${what}.`;
  }
}

function statementOf({ statement }: Pick<Blocker, "statement">): string {
  if (statement === null) return "";
  return statement.sid === null
    ? ` by its statement at index ${statement.index}`
    : ` by its statement ${quoted(statement.sid)} (index ${statement.index})`;
}

function quoted(name: string): string {
  return `"${name}"`;
}

/** "a", "a and b", "a, b and c". */
export function listed(texts: readonly string[]): string {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`;
}
