import { listOf } from "./listOf.js";
import type { PolicyDocument } from "./PolicyDocument.js";
import type { Question } from "./Question.js";
import { statementApplies } from "./statementApplies.js";

/** What the policies of one layer say together: an explicit Deny wins, and saying nothing denies. */
export type Say = "deny" | "allow" | "silence";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html */
export function policiesSay(documents: PolicyDocument[], question: Question): Say {
  const effects = documents.flatMap((document) =>
    listOf(document.Statement)
      .filter((statement) => statementApplies(statement, document, question))
      .map((statement) => statement.Effect),
  );
  if (effects.includes("Deny")) return "deny";
  return effects.includes("Allow") ? "allow" : "silence";
}
