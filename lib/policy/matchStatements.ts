import { conditionTruth } from "./conditions/conditionTruth.js";
import type { EvaluationRequest } from "./EvaluationRequest.js";
import { negate } from "./negate.js";
import type { ParsedPolicy, ParsedStatement } from "./ParsedPolicy.js";
import { principalForms } from "./principalForms.js";
import { resourceTruth } from "./resourceTruth.js";
import type { StatementMatch } from "./StatementMatch.js";
import type { Truth } from "./Truth.js";
import { matchesPattern, wildcardPattern } from "./wildcard.js";

/**
 * The statements of a policy that apply to a request, and those that might, in their order.
 *
 * A statement applies where Principal, Action, Resource and every test of its Condition do (Kleene's and: one that is
 * false decides, whatever is unknown). Never throws and never changes its arguments.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 *
 * @example
 * matchStatements(parsePolicy(text), { action: "kms:Decrypt", resource: keyArn, principal, principalHasBoundary, lookup })
 */
export function matchStatements(policy: ParsedPolicy, request: EvaluationRequest): StatementMatch[] {
  const action = request.action.toLowerCase();
  return policy.statements
    .filter((statement) => namesAction(statement, action))
    .map((statement) => matchStatement(statement, policy.version, request))
    .filter((match) => match !== null);
}

/** Letter case does not count in actions: "iam:ListAccessKeys is the same as IAM:listaccesskeys". */
function namesAction({ action: { negated, patterns } }: ParsedStatement, action: string): boolean {
  return patterns.some((pattern) => matchesPattern(wildcardPattern(pattern.toLowerCase()), action)) !== negated;
}

function matchStatement(
  statement: ParsedStatement,
  version: ParsedPolicy["version"],
  request: EvaluationRequest,
): StatementMatch | null {
  const { index, sid, effect, resource, conditions } = statement;
  const principal = principalForms(statement, request);
  if (principal.forms.length === 0) return null;
  const isNamed = principal.forms.some(({ truth }) => truth === "true");
  const dependsOn = new Set(isNamed ? [] : principal.dependsOn);
  let truth: StatementMatch["truth"] = isNamed ? "true" : "unknown";
  const tests: (() => { truth: Truth; dependsOn: readonly string[] })[] = conditions.map(
    (condition) => () => conditionTruth(condition, version, effect, request.lookup),
  );
  if (resource !== null) {
    tests.unshift(() => {
      const answer = resourceTruth(resource, version, request);
      return resource.negated ? { ...answer, truth: negate(answer.truth) } : answer;
    });
  }
  for (const test of tests) {
    const answer = test();
    if (answer.truth === "false") return null;
    if (answer.truth === "true") continue;
    truth = "unknown";
    for (const key of answer.dependsOn) dependsOn.add(key);
  }
  return { index, sid, effect, truth, dependsOn: [...dependsOn], forms: principal.forms };
}
