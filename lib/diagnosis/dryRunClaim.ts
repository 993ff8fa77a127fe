import { matchStatements } from "../policy/matchStatements.js";
import type { ParsedStatement } from "../policy/ParsedPolicy.js";
import { callKind } from "../request/callKind.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { Judging } from "../verdict/Judging.js";
import { keyPolicyInForce } from "../verdict/keyPolicy.js";

/**
 * What KMS answered to a dry run of an action by the caller itself; null where none was made, or where it says nothing
 * of the forwarded call: a dry run carries neither kms:ViaService, nor aws:ViaAWSService, nor the encryption context, so
 * it does not count where a statement that matters tests one of them.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
 */
export function dryRunClaim(judging: Judging): boolean | null {
  const { snapshot, action } = judging;
  if (snapshot.dryRun?.status !== "read" || callKind(action) !== "kms") return null;
  const answer = snapshot.dryRun.value.find((run) => run.action.toLowerCase() === action.toLowerCase());
  if (answer === undefined || testsForwarding(judging)) return null;
  return answer.allowed;
}

/** Whether a statement that could apply, whatever its conditions, tests what only the forwarded call carries. */
function testsForwarding(judging: Judging): boolean {
  const { request, read } = judging;
  return policiesThatMatter(judging).some(({ policy, principalRequired }) => {
    const parsed = read(policy, principalRequired);
    const testing = parsed.statements.filter(({ conditions }) => conditions.some(isOfForwarding));
    const unconditional = testing.map((statement) => ({ ...statement, conditions: [] }));
    return matchStatements({ ...parsed, statements: unconditional }, request).length > 0;
  });
}

function isOfForwarding({ key }: ParsedStatement["conditions"][number]): boolean {
  return /^(kms:viaservice|aws:viaawsservice|aws:calledvia.*|kms:encryptioncontext.*)$/.test(key.toLowerCase());
}

function policiesThatMatter(judging: Judging): { policy: Policy; principalRequired: boolean }[] {
  const { policies } = judging.snapshot;
  const plain: Policy[] = [];
  const withPrincipal: Policy[] = [];
  for (const evidence of [policies.identity, policies.session]) {
    if (evidence.status === "read") plain.push(...evidence.value);
  }
  if (policies.permissionsBoundary.status === "read") plain.push(policies.permissionsBoundary.value);
  if (policies.serviceControl.status === "read") {
    plain.push(...policies.serviceControl.value.flatMap((target) => target.policies));
  }
  if (policies.resourceControl.status === "read") {
    withPrincipal.push(...policies.resourceControl.value.flatMap((target) => target.policies));
  }
  const keyPolicy = keyPolicyInForce(judging);
  if (keyPolicy !== null) withPrincipal.push(keyPolicy);
  return [
    ...plain.map((policy) => ({ policy, principalRequired: false })),
    ...withPrincipal.map((policy) => ({ policy, principalRequired: true })),
  ];
}
