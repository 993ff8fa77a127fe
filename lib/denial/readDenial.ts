import type { Denial } from "../snapshot/Snapshot.js";
import type { DenialReading, MessagePolicyType } from "./DenialReading.js";

/** AWS's messages are far shorter; what comes after is not read. */
const longest = 20_000;

/**
 * Reads what a denial's message says, in every form that AWS documents or that was reported. Pure and total: a text that
 * it does not know is "other".
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function readDenial(denial: Denial): DenialReading {
  const text = denial.message.slice(0, longest).replace(/["“”]/g, "").replace(/\s+/g, " ").trim();
  const named = readAction(text);
  if (named !== null) return named;
  if (/requires? backup-storage and KMS permissions/i.test(text)) return { kind: "backup-storage-and-kms" };
  if (/encoded authorization failure message/i.test(text)) return { kind: "encoded" };
  const isOpaque =
    text === "" ||
    /^(?:\w*: ?)?(?:insufficient privileges|access denied|access is denied|accessdenied|forbidden|not authorized|unknown(?:error)?\b|you don't have permissions?|you do not have)/i.test(
      text,
    );
  return isOpaque ? { kind: "opaque" } : { kind: "other" };
}

function readAction(text: string): DenialReading | null {
  const named = /is not authorized to perform: ?([\w-]+:[\w*]+)/i.exec(text);
  const action = named?.[1];
  if (named === null || action === undefined) return null;
  const before = text.slice(0, named.index);
  const after = text.slice(named.index + named[0].length);
  const explicit = /\bwith an explicit deny in (?:an? |the )?([a-z- ]*?(?:policy|policies|boundary))\b/i.exec(after);
  const implicit =
    explicit === null ? /\bbecause no ([a-z- ]*?(?:policy|policies|boundary)) allows?\b/i.exec(after) : null;
  const cause = explicit ?? implicit;
  // Older messages end with "with an explicit deny" and name no type of policy.
  const isExplicit = explicit !== null || /\bwith an explicit deny\b/i.test(after);
  return {
    kind: "action",
    user: /\bUser: ?(\S+)/i.exec(before)?.[1] ?? null,
    action,
    resource: readResource(after.slice(0, cause?.index ?? after.length)),
    policyType: policyTypeOf(cause?.[1]),
    effect: isExplicit ? "explicitDeny" : implicit !== null ? "implicitDeny" : null,
    policy: explicit === null ? null : readPolicy(after.slice(explicit.index + explicit[0].length)),
    authorizationId: /authorization-details\/([\w-]+)/.exec(after)?.[1] ?? null,
    ambiguous: /does not exist in this Region/i.test(after),
  };
}

/** "on resource: ARN", also where the name in it holds a blank; "this resource" names none. */
function readResource(text: string): string | null {
  const named = /^ ?on resource: ?(.+)$/i.exec(text.trim())?.[1];
  if (named === undefined) return null;
  const end = named.search(/ (?:because|with an explicit|\(Service:|Go to https?:)/i);
  const resource = (end < 0 ? named : named.slice(0, end)).replace(/[,.]$/, "").trim();
  return resource === "" ? null : resource;
}

/** ": ARN" or ", with policy ARN: ARN" after the policy type; an inline policy shows its name. */
function readPolicy(text: string): string | null {
  const named = /^(?: transitively through a service control policy)?(?:: ?|,? with policy ARN: ?)(\S+)/i.exec(
    text,
  )?.[1];
  const policy = named?.replace(/[.,;)]+$/, "");
  return policy === undefined || policy === "" ? null : policy;
}

function policyTypeOf(phrase: string | undefined): MessagePolicyType | null {
  switch (
    phrase
      ?.toLowerCase()
      .trim()
      .replace(/policies$/, "policy")
  ) {
    case "identity-based policy":
    case "identity based policy":
    case "identity policy":
      return "identity-based policy";
    case "permissions boundary":
    case "permission boundary":
    case "permissions boundary policy":
      return "permissions boundary";
    case "session policy":
    case "sessions policy":
      return "session policy";
    case "service control policy":
      return "service control policy";
    case "resource control policy":
      return "resource control policy";
    case "resource-based policy":
    case "resource based policy":
      return "resource-based policy";
    case "vpc endpoint policy":
      return "VPC endpoint policy";
    case "role trust policy":
      return "role trust policy";
    default:
      return null;
  }
}
