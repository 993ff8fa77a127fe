import type { Denial } from "../snapshot/Snapshot.js";
import type { DenialReading } from "./DenialReading.js";
import { policyTypeOf } from "./policyTypeOf.js";

/** AWS's messages are far shorter; what comes after is not read. */
const longest = 20_000;

/**
 * Reads what a denial's message says, in every form that AWS documents or that was reported: as AWS sent it, or as the
 * AWS CLI, Terraform, CloudFormation and the SDKs wrap it. Pure and total: a text that it does not know is "other". Of
 * a very long text the first 20,000 characters are read.
 *
 * @example
 * readDenial({ name: "AccessDeniedException", message: "Insufficient privileges to perform this action." });
 * // { kind: "opaque" }
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function readDenial(denial: Denial): DenialReading {
  const text = plain(denial.message.slice(0, longest));
  const named = readAction(text);
  if (named !== null) return named;
  if (/requires? backup-storage and KMS permissions/i.test(text)) return { kind: "backup-storage-and-kms" };
  if (/encoded authorization failure message/i.test(text)) return { kind: "encoded" };
  return { kind: saysNothing(unwrapped(text)) ? "opaque" : "other" };
}

/** One line without double quotes, which stand around resources, also escaped. */
function plain(text: string): string {
  return text
    .replace(/\\?["“”]/g, "")
    .replace(/’/g, "'")
    .replace(/\s+/g, " ")
    .trim();
}

/** AWS's own text, without what the AWS CLI, Terraform, CloudFormation and the SDKs put around it. */
function unwrapped(text: string): string {
  return text
    .replace(/^.*\bResource handler returned message: ?/i, "")
    .replace(
      /^.*\b(?:AccessDenied(?:Exception)?|UnauthorizedOperation|NotAuthorized)(?:\) when calling the \w+ operation(?: \([^)]{0,60}\))?)?(?:: ?| - )/i,
      "",
    )
    .replace(/ ?\(Service: .*$/i, "")
    .replace(/ ?\bstatus code: .*$/i, "");
}

function saysNothing(text: string): boolean {
  return (
    text === "" ||
    /^(?:\w*: ?)?(?:insufficient privileges|access ?denied|access is denied|forbidden|(?:you are )?not authorized|unknown(?:error)?\b|null\b|you (?:don't|do not) have)/i.test(
      text,
    )
  );
}

function readAction(text: string): DenialReading | null {
  const named = /is not authorized to perform:? ?([\w-]+:[\w*]+)/i.exec(text);
  const action = named?.[1];
  if (named === null || action === undefined) return null;
  const before = text.slice(0, named.index);
  const after = text.slice(named.index + named[0].length);
  // Older messages end with "with an explicit deny" and name no type of policy.
  const explicit = /\bwith an explicit deny\b(?: in (?:an? |the )?([a-z -]{0,60}?(?:policy|boundary)))?/i.exec(after);
  // "because the role trust policy allows" is how AWS's own page once had it.
  const implicit = /\bbecause (?:no|the(?= role trust )) ([a-z -]{0,60}?(?:policy|boundary)) allows?\b/i.exec(after);
  const cause = explicit ?? implicit;
  const denying = explicit === null ? null : readDenying(after.slice(explicit.index + explicit[0].length));
  return {
    kind: "action",
    user: [...before.matchAll(/\bUser: ?(\S+)/gi)].at(-1)?.[1] ?? null,
    action,
    resource: readResource(after.slice(0, cause?.index ?? after.length)),
    policyType: policyTypeOf(denying?.through ?? cause?.[1]),
    effect: explicit !== null ? "explicitDeny" : implicit !== null ? "implicitDeny" : null,
    policy: denying?.policy ?? null,
    authorizationId: /authorization(?:-details\/| id: ?)([\w-]+)/i.exec(after)?.[1] ?? null,
    ambiguous: /does not exist in this Region/i.test(after),
  };
}

/**
 * "on resource: ARN", also where a kind stands before the name ("user victim") or the name holds a blank; "this resource"
 * names none.
 */
function readResource(text: string): string | null {
  const named = /^ ?on resource: ?(.+)$/i.exec(text)?.[1];
  if (named === undefined) return null;
  const end = named.search(/ (?:because |\(Service: |--->|Go to https?:|Encoded authorization )|\bstatus code: /i);
  const resource = (end < 0 ? named : named.slice(0, end)).trim().replace(/[,.}]$/, "");
  return resource === "" ? null : resource;
}

/**
 * What follows the policy type after an explicit deny: ": ARN", ", with policy ARN: ARN", or an inline policy's name; and
 * before it the type of policy "transitively through" which the first one denies. AWS says to look for the Deny there.
 */
function readDenying(text: string): { through: string | undefined; policy: string | undefined } {
  const through = /^ transitively through (?:an? |the )?([a-z -]{0,60}?(?:policy|boundary))/i.exec(text);
  const named = /^(?:: ?|,? with policy ARN: ?)([\w+=,.@:/*-]+)/i.exec(text.slice(through?.[0].length ?? 0))?.[1];
  return { through: through?.[1], policy: named?.replace(/[.,:]$/, "") };
}
