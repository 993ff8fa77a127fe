import { listOf } from "./listOf.js";
import type { PolicyDocument, PolicyStatement } from "./PolicyDocument.js";
import { type Form, principalForms } from "./principalForms.js";
import type { Question } from "./Question.js";
import { statementApplies } from "./statementApplies.js";

/** The forms in which the Allow statements of a resource-based policy that apply name the caller. */
export function resourcePolicyForms(document: PolicyDocument, question: Question): Form[] {
  return listOf(document.Statement)
    .filter((statement) => statement.Effect === "Allow" && statementApplies(statement, document, question))
    .flatMap((statement) => {
      if (statement.Principal === undefined) return statement.NotPrincipal === undefined ? [] : ["anyone" as const];
      const forms = principalForms(statement.Principal, question.principal);
      // "*" with a condition on aws:PrincipalArn names its principals as exactly as their ARNs would.
      return forms.map((form) => (form === "anyone" && testsPrincipalArn(statement) ? "exact" : form));
    });
}

/** Not a negated test, and not Null: those say who is left out, or that there is a principal at all. */
function testsPrincipalArn({ Condition }: PolicyStatement): boolean {
  return Object.entries(Condition ?? {})
    .filter(([operator]) => !operator.includes("Not") && operator !== "Null")
    .flatMap(([, keys]) => Object.keys(keys))
    .some((key) => key.toLowerCase() === "aws:principalarn");
}
