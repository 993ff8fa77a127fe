import { conditionTruth } from "./conditions/conditionTruth.js";
import type { EvaluationRequest } from "./EvaluationRequest.js";
import { negate } from "./negate.js";
import type { ParsedPolicy, ParsedStatement } from "./ParsedPolicy.js";
import { principalForms } from "./principalForms.js";
import { resourceTruth } from "./resourceTruth.js";
import type { StatementMatch } from "./StatementMatch.js";
import type { Truth } from "./Truth.js";
import { matchesText } from "./textPattern.js";

/** So many actions are remembered for a document; whoever asks for more than these asks for all there are. */
const mostActions = 64;

/**
 * The statements of a policy that apply to a request, and those that might, in their order.
 *
 * A statement applies where Principal, Action, Resource and every test of its Condition do (Kleene's and: one that is
 * false decides, whatever is unknown). Never throws.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 *
 * @example
 * matchStatements(parsePolicy(text), { action: "kms:Decrypt", resource: keyArn, principal, principalHasBoundary, lookup })
 */
export function matchStatements(policy: ParsedPolicy, request: EvaluationRequest): readonly StatementMatch[] {
  const naming = statementsNaming(policy, request.action);
  if (naming.length === 0) return none;
  let matches: StatementMatch[] | undefined;
  for (const statement of naming) {
    const match = matchStatement(statement, policy.version, request);
    if (match === null) continue;
    if (matches === undefined) matches = [match];
    else matches.push(match);
  }
  return matches ?? none;
}

const none: readonly StatementMatch[] = Object.freeze([]);

/** Letter case does not count in actions: "iam:ListAccessKeys is the same as IAM:listaccesskeys". */
export function statementsNaming(policy: ParsedPolicy, action: string): readonly ParsedStatement[] {
  const lower = action.toLowerCase();
  const known = policy.naming.get(lower);
  if (known !== undefined) return known;
  const found = policy.statements.filter(
    ({ action: { negated, patterns } }) => patterns.some((pattern) => matchesText(pattern, lower)) !== negated,
  );
  if (policy.naming.size >= mostActions) policy.naming.clear();
  policy.naming.set(lower, found);
  return found;
}

function matchStatement(
  statement: ParsedStatement,
  version: ParsedPolicy["version"],
  request: EvaluationRequest,
): StatementMatch | null {
  const { index, sid, effect, resource, conditions } = statement;
  const principal = principalForms(statement, request);
  if (principal.forms.length === 0) return null;
  let truth: StatementMatch["truth"] = "unknown";
  let dependsOn: readonly string[] = principal.dependsOn;
  if (principal.forms.some((form) => form.truth === "true")) {
    truth = "true";
    dependsOn = nothing;
  }
  const hear = (answer: { truth: Truth; dependsOn: readonly string[] }): boolean => {
    if (answer.truth === "unknown") {
      truth = "unknown";
      dependsOn = joined(dependsOn, answer.dependsOn);
    }
    return answer.truth !== "false";
  };
  if (resource !== null) {
    const answer = resourceTruth(resource, version, request);
    if (!hear(resource.negated ? { ...answer, truth: negate(answer.truth) } : answer)) return null;
  }
  for (const condition of conditions) {
    if (!hear(conditionTruth(condition, version, effect, request.lookup))) return null;
  }
  return { index, sid, effect, truth, dependsOn, forms: principal.forms };
}

const nothing: readonly string[] = Object.freeze([]);

function joined(before: readonly string[], more: readonly string[]): readonly string[] {
  return before.length === 0 && more.length < 2 ? more : [...new Set([...before, ...more])];
}
