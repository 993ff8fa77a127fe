import { conditionHolds, EvaluationError } from "./conditionHolds.js";
import { listOf } from "./listOf.js";
import { notPrincipalApplies } from "./notPrincipalApplies.js";
import type { PolicyDocument, PolicyStatement } from "./PolicyDocument.js";
import { principalForms } from "./principalForms.js";
import type { Question } from "./Question.js";
import { resolveVariables } from "./resolveVariables.js";
import { matches } from "./wildcard.js";

/** Whether every element of a statement fits the request: principal, action, resource and conditions. */
export function statementApplies(statement: PolicyStatement, { Version }: PolicyDocument, question: Question): boolean {
  const version = Version ?? "2008-10-17";
  return (
    fitsPrincipal(statement, question) &&
    fitsAction(statement, question) &&
    fitsResource(statement, version, question) &&
    fitsConditions(statement, version, question)
  );
}

function fitsPrincipal({ Principal, NotPrincipal, Effect }: PolicyStatement, question: Question): boolean {
  if (Principal !== undefined) return principalForms(Principal, question.principal).length > 0;
  if (NotPrincipal === undefined) return true;
  if (Effect === "Allow") return question.undocumented("allow-with-not-principal");
  return notPrincipalApplies(NotPrincipal, question);
}

function fitsAction({ Action, NotAction }: PolicyStatement, { action }: Question): boolean {
  const isListed = listOf(Action ?? NotAction).some((pattern) => matches(pattern, action, "i"));
  return NotAction === undefined ? isListed : !isListed;
}

/** An action without a resource type matches only the Resource "*". */
function fitsResource({ Resource, NotResource }: PolicyStatement, version: string, question: Question): boolean {
  const isListed = listOf(Resource ?? NotResource).some((pattern) => {
    if (question.resource === "*") return pattern === "*";
    const resolved = resolveVariables(pattern, version, question.contextValue);
    return resolved !== null && matches(resolved, question.resource);
  });
  return NotResource === undefined ? isListed : !isListed;
}

/**
 * All lines of the block must hold. Where evaluation fails, a Deny applies and an Allow does not (aws-behaviour,
 * condition-arns).
 */
function fitsConditions({ Condition, Effect }: PolicyStatement, version: string, { contextValue }: Question): boolean {
  const lines = Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, operands: listOf(values).map(String) })),
  );
  return lines.every(({ operator, key, operands }) => {
    try {
      return conditionHolds(operator, key, operands, version, contextValue);
    } catch (error) {
      if (error instanceof EvaluationError) return Effect === "Deny";
      throw error;
    }
  });
}
