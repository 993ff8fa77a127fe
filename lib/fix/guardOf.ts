import { endpointKeys } from "../facts/conditionKeys.js";

/** What a statement is there for, as its condition keys tell. */
export type Guard =
  | "a network perimeter"
  | "an organization perimeter"
  | "a Region lock"
  | "a tag rule"
  | "an MFA rule"
  | null;

/**
 * Condition keys by which principals, resources and sources of one's own are told from others.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
 */
const organizationKey = /^aws:(principal|resource|source)(org(id|paths)|account)$/;

/**
 * A guardrail that is plainly meant, told by the condition keys of a statement.
 *
 * @param keys in small letters
 */
export function guardOf(keys: readonly string[]): Guard {
  if (keys.some((key) => key === "aws:sourceip" || endpointKeys.has(key))) return "a network perimeter";
  if (keys.includes("aws:requestedregion")) return "a Region lock";
  if (keys.some((key) => organizationKey.test(key))) return "an organization perimeter";
  if (keys.some((key) => key.startsWith("aws:requesttag/"))) return "a tag rule";
  return keys.some((key) => key.startsWith("aws:multifactorauth")) ? "an MFA rule" : null;
}
