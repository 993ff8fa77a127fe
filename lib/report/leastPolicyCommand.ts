import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { requiredActions } from "../facts/actions.js";
import { parsePrincipalArn } from "../facts/arn.js";
import { placeFlags, principalFlag } from "./placeFlags.js";

const held: ReadonlySet<string> = new Set(requiredActions);

/** The command that prints the least policy of one of the three, for the vault in question. */
export function leastPolicyCommand(only: "creator" | "key" | "reader", diagnosis: Diagnosis): string {
  const flags = placeFlags(diagnosis, only === "reader" ? ["account", "own key"] : ["vault", "account", "own key"]);
  const principal = only === "key" && isPathKnown(diagnosis) ? principalFlag(diagnosis.subject) : "";
  return `backup-vault-access policy --only ${only}${flags}${principal}`;
}

/** The least policy, where silence of a layer is mended by it. */
export function leastPolicy({ layer, effect, actions }: Blocker, diagnosis: Diagnosis): { command?: string } {
  const only = layer === "identity-policy" ? "creator" : layer === "key-policy" ? "key" : null;
  // No allowance lifts a denial; and tags, or a denial's own words, may ask for an action that it does not hold.
  if (only === null || effect === "explicitDeny" || !actions.every((action) => held.has(action))) return {};
  return { command: leastPolicyCommand(only, diagnosis) };
}

/** A session's ARN does not tell the path of its role, and KMS takes a role by its own ARN alone: where that was read. */
function isPathKnown({ subject, evidence }: Diagnosis): boolean {
  if (!["user", "role"].includes(parsePrincipalArn(subject.principalArn ?? "")?.kind ?? "")) return false;
  const isSession = subject.callerArn !== subject.principalArn;
  const isRead = evidence.some(
    ({ call, status, detail }) => call === "iam:GetRole" && status === "answered" && !detail,
  );
  // A snapshot has no log of calls: what it holds was read.
  return !isSession || isRead || evidence.length === 0;
}
