import type { Caller } from "../snapshot/Snapshot.js";

/**
 * Whether the caller is a service-linked role, which neither service control nor resource control policies touch.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function isServiceLinkedRole(caller: Caller): boolean {
  return /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//.test(caller.principalArn);
}
