import { serviceSizes } from "../../../facts/policySizes.js";
import type { ParsedStatement } from "../../../policy/ParsedPolicy.js";
import { parsePolicy } from "../../../policy/parsePolicy.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldOrganizationPolicy } from "../../World.js";

const longest = {
  SERVICE_CONTROL_POLICY: serviceSizes["service-control-policy"].most,
  RESOURCE_CONTROL_POLICY: serviceSizes["resource-control-policy"].most,
} as const;

/**
 * Whether Organizations would store this content. A resource control policy may only deny, to everybody, and names its
 * actions by service (aws-behaviour, rcp-captured).
 *
 * @throws ServiceError MalformedPolicyDocumentException or ConstraintViolationException
 */
export function requirePolicyContent(type: WorldOrganizationPolicy["type"], content: string): void {
  if (content.length > longest[type]) {
    throw new ServiceError(
      "ConstraintViolationException",
      `You have exceeded the maximum policy size of ${longest[type]} characters.`,
      400,
      { Reason: "POLICY_CONTENT_LIMIT_EXCEEDED" },
    );
  }
  const isResourceControl = type === "RESOURCE_CONTROL_POLICY";
  const { damage, statements } = parsePolicy(content, { principalRequired: isResourceControl });
  const fits = isResourceControl
    ? statements.every(fitsResourceControl)
    : statements.every(({ principal, resource }) => principal === null && resource !== null);
  if (damage.length === 0 && fits) return;
  throw new ServiceError(
    "MalformedPolicyDocumentException",
    "The provided policy document does not meet the requirements of the specified policy type.",
  );
}

function fitsResourceControl({ effect, action, principal }: ParsedStatement): boolean {
  if (effect !== "Deny" || action.negated || action.patterns.some(({ text }) => text === "*")) return false;
  return principal !== null && !principal.negated && principal.names.every(({ name }) => name === "*");
}
