import { parsePrincipalName } from "./parsePrincipalName.js";
import { isFields } from "./policyFields.js";

/**
 * Checks what evaluatePolicies was given, as JavaScript callers may give anything. The documents themselves are not
 * checked: a damaged one is an answer, not a mistake.
 *
 * @throws TypeError naming the first field that is not as expected, what was expected and what was found
 */
export function checkPolicyRequest(policies: unknown, request: unknown): void {
  if (!Array.isArray(policies)) throw refusal("policies", "a list of policy documents", policies);
  if (!isFields(request)) throw refusal("request", "an object with action and resource", request);
  const { action, resource, principal, principalHasBoundary, context, unlistedKeys } = request;
  if (typeof action !== "string" || !/^[A-Za-z\d-]+:[^\s:*?]+$/.test(action)) {
    throw refusal("request.action", 'one action as "service:Name"', action);
  }
  if (typeof resource !== "string" || resource === "") {
    throw refusal("request.resource", 'an ARN, or "*" for an action without a resource type', resource);
  }
  if (principal !== undefined && (typeof principal !== "string" || parsePrincipalName(principal) === null)) {
    throw refusal(
      "request.principal",
      "a user, role, session, federated-user or root ARN, an account id or a service principal",
      principal,
    );
  }
  if (principalHasBoundary !== undefined && typeof principalHasBoundary !== "boolean") {
    throw refusal("request.principalHasBoundary", "true or false, or left out", principalHasBoundary);
  }
  if (unlistedKeys !== undefined && unlistedKeys !== "unknown" && unlistedKeys !== "absent") {
    throw refusal("request.unlistedKeys", '"unknown" or "absent"', unlistedKeys);
  }
  if (context === undefined) return;
  if (!isFields(context)) throw refusal("request.context", "an object of condition keys", context);
  for (const [key, value] of Object.entries(context)) {
    if (isContextValue(value)) continue;
    throw refusal(`request.context[${JSON.stringify(key)}]`, "text, a list of texts, null or { present: true }", value);
  }
}

function isContextValue(value: unknown): boolean {
  if (value === null || typeof value === "string") return true;
  if (Array.isArray(value)) return value.every((item) => typeof item === "string");
  return isFields(value) && value.present === true;
}

/** Tells a text as it is, if it is short, and of anything else only the type: it may hold what is not to be logged. */
function refusal(field: string, expected: string, found: unknown): TypeError {
  const shown =
    typeof found === "string" ? JSON.stringify(found.slice(0, 100)) : Array.isArray(found) ? "a list" : typeName(found);
  return new TypeError(`${field}: expected ${expected}, found ${shown}`);
}

function typeName(value: unknown): string {
  return value === null ? "null" : value === undefined ? "nothing" : `a value of type ${typeof value}`;
}
