import { requiredActions, tagAction } from "../facts/actions.js";
import { conditionKeys } from "../facts/conditionKeys.js";
import { actionWords } from "../facts/vocabulary/actionWords.js";
import { managedPolicyNames } from "../facts/vocabulary/managedPolicyNames.js";
import { publishedConditionKeys } from "../facts/vocabulary/publishedConditionKeys.js";
import { publishedValues } from "../facts/vocabulary/publishedValues.js";
import { regions } from "../facts/vocabulary/regions.js";
import { servicePrincipals } from "../facts/vocabulary/servicePrincipals.js";
import { serviceRoleNames } from "../facts/vocabulary/serviceRoleNames.js";
import { services } from "../facts/vocabulary/services.js";
import { matchesPattern, wildcardPattern } from "../policy/wildcard.js";

/*
 * What AWS publishes tells nothing of a user, and a reader needs it. All is told by closed lists, nothing by its form: a
 * text that only looks like a Region or a service counts as the user's.
 */

/** Whether the whole text is a word of AWS's own, a Region, a service principal or a name that AWS gave. */
export function isPublished(text: string): boolean {
  return (
    publishedValues.has(text) ||
    regions.has(text) ||
    managedPolicyNames.has(text) ||
    serviceRoleNames.has(text) ||
    isServicePrincipal(text)
  );
}

/** Whether a text in the place of a Region is one, none, or a pattern of some. */
export function isRegionPattern(text: string): boolean {
  if (text === "" || regions.has(text)) return true;
  if (!/^[a-z0-9*?-]{1,30}$/.test(text) || !/[*?]/.test(text)) return false;
  const pattern = wildcardPattern(text);
  return [...regions].some((region) => matchesPattern(pattern, region));
}

/** `backup.amazonaws.com`, `backup.us-west-2.amazonaws.com`, `backup.*.amazonaws.com`. */
function isServicePrincipal(text: string): boolean {
  const name = /^([a-z0-9.*?-]{1,80})\.amazonaws\.com(?:\.cn)?$/.exec(text)?.[1];
  if (name === undefined) return false;
  const isService = (one: string) => one === "*" || services.has(one) || servicePrincipals.has(one);
  const end = name.lastIndexOf(".");
  return isService(name) || (end > 0 && isService(name.slice(0, end)) && isRegionPattern(name.slice(end + 1)));
}

const keyNames = [...publishedConditionKeys, ...conditionKeys.map(({ key }) => key)].map((key) => key.toLowerCase());
const wholeKeys = new Set(keyNames.filter((key) => !/[/:]$|\$\\?\{/.test(key)));
/** Longest first. */
const keyHeads = [
  ...new Set(
    keyNames
      .map((key) => /^(.*?[/:])(?:\$\\?\{.*)?$/.exec(key)?.[1] ?? "")
      // All keys of a service are no key of which a user chooses the rest.
      .filter((head) => head.endsWith("/") || head.startsWith("kms:encryptioncontext:")),
  ),
].sort((one, other) => other.length - one.length);

/**
 * How much of a condition key's name AWS published: all of `aws:userid`, `aws:PrincipalTag/` of
 * `aws:PrincipalTag/team`, the service of a key that it does not list.
 */
export function publishedLength(key: string): number {
  const lower = key.toLowerCase();
  if (wholeKeys.has(lower)) return key.length;
  const head = keyHeads.find((one) => lower.startsWith(one));
  if (head !== undefined) return head.length;
  const service = lower.slice(0, lower.indexOf(":") + 1);
  return service === "aws:" || services.has(service.slice(0, -1)) ? service.length : 0;
}

const ownActions: ReadonlySet<string> = new Set([...requiredActions, tagAction].map((action) => action.toLowerCase()));
/** Each word between blanks, so that beginnings and ends can be looked for. */
const words = ` ${[...actionWords].join(" ").toLowerCase()} `;

/** Whether AWS has a service and words of which an action, or a pattern of actions, is made. */
export function isActionPattern(text: string): boolean {
  if (/^\*+$/.test(text) || ownActions.has(text.toLowerCase())) return true;
  const [, service = "", name = ""] = /^([A-Za-z0-9-]+|\*):([A-Za-z0-9*?]{0,100})$/.exec(text) ?? [];
  return (service === "*" || services.has(service.toLowerCase())) && isActionName(name);
}

/** The same of an action's name alone. */
export function isActionName(name: string): boolean {
  if (!/^[A-Za-z0-9*?]{0,100}$/.test(name)) return false;
  const pieces = name.match(/[*?]+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  const isWildcard = (piece: string | undefined) => piece !== undefined && /[*?]/.test(piece);
  return pieces.every((piece, index) => {
    if (isWildcard(piece)) return /^(?:\*+\?*|\?+\*?)$/.test(piece);
    // Beside a wildcard stands the beginning or the end of a word.
    const before = isWildcard(pieces[index - 1]) ? "" : " ";
    const after = isWildcard(pieces[index + 1]) ? "" : " ";
    return words.includes(before + piece.toLowerCase() + after);
  });
}
