import type { EvaluationRequest } from "./EvaluationRequest.js";
import { notPrincipalForms } from "./notPrincipalForms.js";
import type { NamedPrincipal, ParsedStatement } from "./ParsedPolicy.js";
import type { PrincipalAnswer } from "./PrincipalAnswer.js";
import { accountNamed, isEveryone, isRoleOf, isSessionOf, mayBeIssuer } from "./principalNames.js";
import type { RequestPrincipal } from "./RequestPrincipal.js";
import type { StatementMatch } from "./StatementMatch.js";

type Form = StatementMatch["forms"][number];

const unnamed: PrincipalAnswer = Object.freeze({
  forms: Object.freeze([Object.freeze({ form: "none", truth: "true" } as const)]),
  dependsOn: Object.freeze([]),
});

/**
 * Every form by which a statement's Principal (or NotPrincipal) names the caller. Names are literal: AWS takes no
 * wildcard but `*` by itself.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalForms(statement: ParsedStatement, request: EvaluationRequest): PrincipalAnswer {
  const { principal: element } = statement;
  if (element === null) return unnamed;
  if (element.negated) return notPrincipalForms(statement.effect, element.names, request);
  const forms: Form[] = [];
  for (const named of element.names) {
    const form = formIn(named, request.principal);
    // Names that are of one form are of one truth.
    if (form !== null && !forms.some((known) => known.form === form.form)) forms.push(form);
  }
  return { forms, dependsOn: forms.some(({ truth }) => truth === "unknown") ? ["principal"] : [] };
}

function formIn(named: NamedPrincipal, principal: RequestPrincipal | null): Form | null {
  if (isEveryone(named)) return { form: "everyone", truth: "true" };
  // Without a caller nothing tells which form it would be; that of a single principal promises least.
  return principal === null ? { form: "user", truth: "unknown" } : formOf(named, principal);
}

function formOf(named: NamedPrincipal, principal: RequestPrincipal): Form | null {
  const { type, name } = named;
  if (principal.kind === "service") {
    return type === "Service" && (name === principal.arn || name === "*") ? { form: "service", truth: "true" } : null;
  }
  if (type !== "AWS") return null;
  if (accountNamed(named, principal)) return { form: "account", truth: "true" };
  switch (principal.kind) {
    case "root":
      // Its ARN is the account's, which was asked for above.
      return null;
    case "user":
      return name === principal.arn || name === principal.uniqueId ? { form: "user", truth: "true" } : null;
    case "role":
      if (name === principal.arn || name === principal.uniqueId) return { form: "role", truth: "true" };
      // The caller is some session of the role, perhaps this one.
      return isSessionOf(named, principal) ? { form: "session", truth: "unknown" } : null;
    case "role-session":
      if (name === principal.arn) return { form: "session", truth: "true" };
      return isRoleOf(named, principal) || name === principal.uniqueId ? { form: "role", truth: "true" } : null;
    case "federated-user":
      if (name === principal.arn) return { form: "federated-user", truth: "true" };
      if (name === principal.issuerArn) return { form: "issuer", truth: "true" };
      return mayBeIssuer(named, principal) ? { form: "issuer", truth: "unknown" } : null;
  }
}
