import { arnPieces } from "../../../facts/arn.js";
import { matchesPattern, wildcardPattern } from "../../../policy/wildcard.js";

/** What the path of a resource of IAM may begin with. */
const iamPaths = [
  "user/",
  "federated-user/",
  "role/",
  "group/",
  "instance-profile/",
  "mfa/",
  "server-certificate/",
  "policy/",
  "sms-mfa/",
  "saml-provider/",
  "oidc-provider/",
  "report/",
  "access-report/",
];

/**
 * What IAM finds wrong with the resources of a statement: its text, "legacy" where only its older parser refuses them,
 * or null. Of several, the one that comes first in the order of letters is named.
 *
 * @see aws-behaviour, policy-refused
 */
export function resourceFault(resources: readonly string[], partition: string): string | null {
  const named = resources.filter((resource) => resource !== "*");
  for (const resource of named.toSorted()) {
    const fault = faultOf(resource, partition);
    if (fault !== null) return fault;
  }
  return named.some(failsLegacyParsing) ? "legacy" : null;
}

function faultOf(resource: string, partition: string): string | null {
  const [, itsPartition, service, region, account, ...rest] = arnPieces(resource);
  if (itsPartition === undefined) return `Resource ${resource} must be in ARN format or "*".`;
  if (!isPartition(itsPartition, partition)) {
    const shown = [service || (region === undefined ? "*" : ""), region ?? "*", account ?? "*"];
    return `Partition "${itsPartition}" is not valid for resource "arn:${[itsPartition, ...shown, rest.length > 0 ? rest.join(":") : "*"].join(":")}".`;
  }
  if (service === undefined) return "Resource vendor must be fully qualified and cannot contain regexes.";
  const path = rest.join(":");
  if (service === "iam" && region) return `IAM resource ${resource} cannot contain region information.`;
  if (service === "s3" && region && account !== undefined && !path.startsWith("accesspoint")) {
    return `Resource ${resource} can not contain region information.`;
  }
  const isIamPath = path === "*" || path === "root" || iamPaths.some((start) => path.startsWith(start));
  if (service === "iam" && rest.length > 0 && !isIamPath) {
    return `IAM resource path must either be "*", root, or start with ${iamPaths.join(", ")}.`;
  }
  return null;
}

/** The account's own, also by wildcards. */
function isPartition(written: string, own: string): boolean {
  if (!written.includes("*")) return written === own;
  return matchesPattern(wildcardPattern(written), own);
}

function failsLegacyParsing(resource: string): boolean {
  const parts = arnPieces(resource);
  return (parts.length < 6 && resource.includes("::")) || parts[2] === "";
}
