import type { EvaluationRequest } from "./EvaluationRequest.js";
import { negate } from "./negate.js";
import type { NamedPrincipal } from "./ParsedPolicy.js";
import type { PrincipalAnswer } from "./PrincipalAnswer.js";
import { accountNamed, isEveryone, isRoleOf, isSessionOf, mayBeIssuer } from "./principalNames.js";
import type { RequestPrincipal } from "./RequestPrincipal.js";
import type { Truth } from "./Truth.js";

/**
 * Whether NotPrincipal lets its statement apply to the caller (specification, section 4.5).
 *
 * A caller is spared where its account is listed together with all of its own ARNs. Where none of these is listed, the
 * statement applies, also where the account stands beside others of it: IAM's guide denies everybody but Bob by a
 * NotPrincipal of Bob and his account. A caller of whom only a part is listed is not documented well enough to decide.
 * `Allow` with NotPrincipal is not supported. A Deny always reaches a caller that has a permissions boundary.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function notPrincipalForms(
  effect: "Allow" | "Deny",
  names: readonly NamedPrincipal[],
  { principal, principalHasBoundary }: EvaluationRequest,
): PrincipalAnswer {
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

function answer(truth: Truth, dependsOn: readonly string[]): PrincipalAnswer {
  if (truth === "false") return { forms: [], dependsOn: [] };
  return { forms: [{ form: "not-principal", truth }], dependsOn: truth === "unknown" ? dependsOn : [] };
}

/** Without a caller: everybody is spared, or nobody knows. */
function sparedUnnamed(names: readonly NamedPrincipal[]): Truth {
  return names.some(isEveryone) ? "true" : names.length === 0 ? "false" : "unknown";
}

function sparedAs(principal: RequestPrincipal, names: readonly NamedPrincipal[]): Truth {
  if (names.some(isEveryone)) return "true";
  const own = partsListed(principal, names);
  if (own.every((part) => part === "false")) return "false";
  const isWhole = own.every((part) => part === "true") && (isAlone(principal) || accountListed(principal, names));
  return isWhole ? "true" : "unknown";
}

/** A service has no account, and root is listed as its account. */
function isAlone({ kind }: RequestPrincipal): boolean {
  return kind === "service" || kind === "root";
}

function accountListed(principal: RequestPrincipal, names: readonly NamedPrincipal[]): boolean {
  return names.some((named) => named.type === "AWS" && accountNamed(named, principal));
}

/** Which of the names that a caller must be listed by, beside its account, are listed. A unique id stands for the ARN. */
function partsListed(principal: RequestPrincipal, names: readonly NamedPrincipal[]): Truth[] {
  const listed = (test: (named: NamedPrincipal) => boolean): Truth =>
    names.some((named) => named.type === "AWS" && test(named)) ? "true" : "false";
  const isItself = ({ name }: NamedPrincipal) => name === principal.arn;
  const isId = ({ name }: NamedPrincipal) => principal.uniqueId !== undefined && name === principal.uniqueId;
  switch (principal.kind) {
    case "service": {
      const isListed = names.some(({ type, name }) => type === "Service" && (name === principal.arn || name === "*"));
      return [isListed ? "true" : "false"];
    }
    case "root":
      return [accountListed(principal, names) ? "true" : "false"];
    case "user":
      return [listed((named) => isItself(named) || isId(named))];
    case "federated-user": {
      // The user who federated is no part that AWS asks for, but listed it is not nothing.
      const isIssuer =
        listed((named) => named.name === principal.issuerArn || mayBeIssuer(named, principal)) === "true";
      return listed(isItself) === "true" ? ["true"] : [isIssuer ? "unknown" : "false"];
    }
    case "role": {
      // The caller is some session of the role, perhaps the one that is listed.
      const session = listed((named) => isSessionOf(named, principal)) === "true" ? "unknown" : "false";
      return [listed((named) => isItself(named) || isId(named)), session];
    }
    case "role-session":
      return [listed((named) => isRoleOf(named, principal) || isId(named)), listed(isItself)];
  }
}
