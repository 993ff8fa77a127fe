import type { EvaluationRequest } from "./EvaluationRequest.js";
import { negate } from "./negate.js";
import { accountNamed, isEveryone, roleArnNames, roleOf } from "./principalNames.js";
import type { RequestPrincipal } from "./RequestPrincipal.js";
import type { StatementMatch } from "./StatementMatch.js";
import type { Truth } from "./Truth.js";

type Named = { type: string; name: string };

/**
 * Whether NotPrincipal lets its statement apply to the caller (contract, section 4.5).
 *
 * AWS advises to list the account beside the user, and the account and the role beside the session; a caller of whom
 * only a part is listed is not documented well enough to decide. `Allow` with NotPrincipal is not supported. A Deny
 * always reaches a caller that has a permissions boundary, whoever is listed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function notPrincipalForms(
  effect: "Allow" | "Deny",
  names: readonly Named[],
  { principal, principalHasBoundary }: EvaluationRequest,
): { forms: StatementMatch["forms"]; dependsOn: readonly string[] } {
  if (effect === "Allow") return answer("unknown", ["principal"]);
  // A service has no boundary.
  const boundary = principal?.kind === "service" ? "false" : principalHasBoundary;
  const spared = principal === null ? sparedUnnamed(names) : sparedAs(principal, names);
  if (boundary === "true" || spared === "false") return answer("true", []);
  return answer(boundary === "unknown" ? "unknown" : negate(spared), [
    ...(spared === "unknown" ? ["principal"] : []),
    ...(boundary === "unknown" ? ["principal.permissionsBoundary"] : []),
  ]);
}

function answer(truth: Truth, dependsOn: readonly string[]): ReturnType<typeof notPrincipalForms> {
  if (truth === "false") return { forms: [], dependsOn: [] };
  return { forms: [{ form: "not-principal", truth }], dependsOn: truth === "unknown" ? dependsOn : [] };
}

/** Without a caller: everybody is spared, or nobody knows. */
function sparedUnnamed(names: readonly Named[]): Truth {
  return names.some(isEveryone) ? "true" : names.length === 0 ? "false" : "unknown";
}

function sparedAs(principal: RequestPrincipal, names: readonly Named[]): Truth {
  if (names.some(isEveryone)) return "true";
  const parts = partsListed(principal, names);
  if (parts.every((part) => part === "true")) return "true";
  return parts.every((part) => part === "false") ? "false" : "unknown";
}

/** Which of the names that a caller must be listed by are listed. */
function partsListed(principal: RequestPrincipal, names: readonly Named[]): Truth[] {
  const listed = (type: string, test: (name: string) => boolean): Truth =>
    names.some((named) => named.type === type && test(named.name)) ? "true" : "false";
  const account = listed("AWS", (name) => accountNamed(name, principal));
  const itself = listed("AWS", (name) => name === principal.arn);
  switch (principal.kind) {
    case "service":
      return [listed("Service", (name) => name === principal.arn || name === "*")];
    case "root":
      return [account];
    case "user":
      return [account, itself];
    case "federated-user":
      // The user who federated is no part that AWS asks for, but listed it is not nothing.
      return listed("AWS", (name) => name === principal.issuerArn) === "true" && itself === "false"
        ? ["unknown"]
        : [account, itself];
    case "role": {
      const role = roleOf(principal.arn, "role");
      const session = listed("AWS", (name) => role !== null && roleOf(name, "session") === role);
      return [account, itself, session === "true" ? "unknown" : "false"];
    }
    case "role-session":
      return [account, listed("AWS", (name) => roleArnNames(name, principal)), itself];
  }
}
