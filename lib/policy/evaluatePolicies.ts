import type { ContextValue } from "./ContextValue.js";
import { checkPolicyRequest } from "./checkPolicyRequest.js";
import { contextLookup } from "./contextLookup.js";
import type { EvaluationRequest } from "./EvaluationRequest.js";
import { matchStatements } from "./matchStatements.js";
import type { PolicyDocument } from "./PolicyDocument.js";
import { parsePolicy } from "./parsePolicy.js";
import { parsePrincipalName } from "./parsePrincipalName.js";
import type { StatementMatch } from "./StatementMatch.js";
import type { StatementRef } from "./StatementRef.js";

/** What is asked of {@link evaluatePolicies}: one action on one resource. */
export interface PolicyRequest {
  /** As "kms:Decrypt", of any service; letter case does not count. */
  action: string;
  /** An ARN; "*" for an action without a resource type. */
  resource: string;
  /**
   * Who asks, for documents with Principal elements: a user, role, session, federated-user or root ARN, an account id,
   * or a service principal. Left out, a Principal other than "*" is unknown.
   */
  principal?: string | undefined;
  /** Left out: not known. Only NotPrincipal asks. */
  principalHasBoundary?: boolean | undefined;
  /** What is known of the condition context keys, by name without regard to letter case; nothing by default. */
  context?: Record<string, ContextValue> | undefined;
  /** What a key is that `context` does not list; "unknown" by default. */
  unlistedKeys?: "unknown" | "absent" | undefined;
}

/** What a set of documents says to a request. */
export interface PolicyEvaluation {
  verdict: "allowed" | "explicitDeny" | "implicitDeny" | "unknown";
  /** The statements that decide: the Denies of explicitDeny, the Allows of allowed; of unknown all that apply or might. */
  statements: StatementRef[];
  /**
   * The keys, spelt as in `context` or else as the policy spells them, that statements still hang on, and `policies[i]`
   * for a damaged document.
   */
  dependsOn: string[];
}

interface Candidate {
  ref: StatementRef;
  match: StatementMatch;
}

/**
 * Evaluates one set of policy documents, as their union, for one request. It answers for one layer alone: how identity
 * policies, boundaries, key policies and so on come together is another question.
 *
 * A Deny that applies gives `explicitDeny`; else nothing that might allow gives `implicitDeny`; else a Deny that might
 * apply, or Allows that only might, give `unknown`; else `allowed`. What is unknown is never guessed, and what is the
 * same whatever it turns out to be is decided. A damaged document makes the verdict unknown, unless it or another one
 * surely denies.
 *
 * @param policies each a document, its JSON text, or its text as IAM returns it (URL-encoded)
 * @throws TypeError naming the field of the request that is not as described
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * @example
 * evaluatePolicies(
 *   ['{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"backup:*","Resource":"*"}}'],
 *   { action: "backup:CreateBackupVault", resource: "arn:aws:backup:eu-west-1:111122223333:backup-vault:prod" },
 * ).verdict; // "allowed"
 */
export function evaluatePolicies(policies: (string | PolicyDocument)[], request: PolicyRequest): PolicyEvaluation {
  checkPolicyRequest(policies, request);
  const evaluated = evaluationRequest(request);
  const candidates: Candidate[] = [];
  const undecided = new Set<string>();
  let isDamaged = false;
  for (const [position, document] of policies.entries()) {
    const policy = `policies[${position}]`;
    const parsed = parsePolicy(document);
    if (parsed.damage.length > 0) {
      isDamaged = true;
      undecided.add(policy);
    }
    for (const match of matchStatements(parsed, evaluated)) {
      const { sid, index, effect } = match;
      // The statements of a damaged document count only where they deny.
      if (parsed.damage.length > 0 && effect === "Allow") continue;
      candidates.push({ ref: { policy, sid, index, effect }, match });
      for (const key of match.dependsOn) undecided.add(key);
    }
  }
  return evaluation(candidates, isDamaged, [...undecided]);
}

function evaluation(candidates: readonly Candidate[], isDamaged: boolean, undecided: string[]): PolicyEvaluation {
  const denies = candidates.filter(({ match }) => match.effect === "Deny");
  const allows = candidates.filter(({ match }) => match.effect === "Allow");
  const denying = denies.filter(isCertain);
  if (denying.length > 0) return { verdict: "explicitDeny", statements: denying.map(refOf), dependsOn: [] };
  if (allows.length === 0 && !isDamaged) return { verdict: "implicitDeny", statements: [], dependsOn: undecided };
  const allowing = allows.filter(isCertain);
  if (denies.length > 0 || allowing.length === 0 || isDamaged) {
    return { verdict: "unknown", statements: candidates.map(refOf), dependsOn: undecided };
  }
  return { verdict: "allowed", statements: allowing.map(refOf), dependsOn: [] };
}

function isCertain({ match }: Candidate): boolean {
  return match.truth === "true";
}

function refOf({ ref }: Candidate): StatementRef {
  return ref;
}

function evaluationRequest(request: PolicyRequest): EvaluationRequest {
  const { action, resource, principal, principalHasBoundary, context = {}, unlistedKeys = "unknown" } = request;
  return {
    action,
    resource,
    principal: principal === undefined ? null : parsePrincipalName(principal),
    principalHasBoundary: principalHasBoundary === undefined ? "unknown" : principalHasBoundary ? "true" : "false",
    lookup: contextLookup(context, unlistedKeys),
  };
}
