import type { EvaluationRequest } from "./EvaluationRequest.js";
import { notPrincipalForms } from "./notPrincipalForms.js";
import type { ParsedStatement } from "./ParsedPolicy.js";
import { accountNamed, isEveryone, roleArnNames, roleOf } from "./principalNames.js";
import type { RequestPrincipal } from "./RequestPrincipal.js";
import type { StatementMatch } from "./StatementMatch.js";

/** How Principal or NotPrincipal names the caller; empty where it does not. */
export interface PrincipalAnswer {
  forms: StatementMatch["forms"];
  /** What the forms that are unknown hang on. */
  dependsOn: readonly string[];
}

type Form = StatementMatch["forms"][number];

/**
 * Every form by which a statement's Principal (or NotPrincipal) names the caller. Names are literal: AWS takes no
 * wildcard but `*` by itself.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalForms(statement: ParsedStatement, request: EvaluationRequest): PrincipalAnswer {
  const { principal: element } = statement;
  if (element === null) return { forms: [{ form: "none", truth: "true" }], dependsOn: [] };
  if (element.negated) return notPrincipalForms(statement.effect, element.names, request);
  const forms = new Map<Form["form"], Form>();
  const add = (form: Form | null) => {
    // Names that are of one form are of one truth.
    if (form !== null) forms.set(form.form, form);
  };
  for (const named of element.names) {
    if (isEveryone(named)) add({ form: "everyone", truth: "true" });
    // Without a caller nothing tells which form it would be; that of a single principal promises least.
    else if (request.principal === null) add({ form: "user", truth: "unknown" });
    else add(formOf(named, request.principal));
  }
  const found = [...forms.values()];
  return { forms: found, dependsOn: found.some(({ truth }) => truth === "unknown") ? ["principal"] : [] };
}

function formOf({ type, name }: { type: string; name: string }, principal: RequestPrincipal): Form | null {
  if (principal.kind === "service") {
    return type === "Service" && (name === principal.arn || name === "*") ? { form: "service", truth: "true" } : null;
  }
  if (type !== "AWS") return null;
  if (accountNamed(name, principal)) return { form: "account", truth: "true" };
  switch (principal.kind) {
    case "root":
      // Its ARN is the account's, which was asked for above.
      return null;
    case "user":
      return name === principal.arn || name === principal.uniqueId ? { form: "user", truth: "true" } : null;
    case "role": {
      if (name === principal.arn || name === principal.uniqueId) return { form: "role", truth: "true" };
      // The caller is some session of the role, perhaps this one.
      const role = roleOf(name, "session");
      return role !== null && role === roleOf(principal.arn, "role") ? { form: "session", truth: "unknown" } : null;
    }
    case "role-session":
      if (name === principal.arn) return { form: "session", truth: "true" };
      return roleArnNames(name, principal) || name === principal.uniqueId ? { form: "role", truth: "true" } : null;
    case "federated-user":
      if (name === principal.arn) return { form: "federated-user", truth: "true" };
      return name === principal.issuerArn ? { form: "issuer", truth: "true" } : null;
  }
}
