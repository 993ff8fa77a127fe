import type { ContextLookup } from "../../policy/ContextKeyState.js";
import type { EvaluationRequest } from "../../policy/EvaluationRequest.js";
import { matchStatements } from "../../policy/matchStatements.js";
import type { RequestPrincipal } from "../../policy/RequestPrincipal.js";
import { type Judgement, judge } from "../authorization/judge.js";
import { actionFitsResource } from "./actionFitsResource.js";
import type { ParsedPolicies, ReadPolicy } from "./parsedPolicies.js";
import type { Position } from "./statementPositions.js";

export type EvalDecision = "allowed" | "explicitDeny" | "implicitDeny";

/** A matched statement as the simulator shows it. */
export interface MatchedStatement {
  SourcePolicyId: string;
  SourcePolicyType: "IAM Policy" | "Resource Policy" | "Permissions Boundary Policy";
  StartPosition?: Position;
  EndPosition?: Position;
}

/** What a simulation says of one action on one resource. */
export interface SimulatedResource {
  resource: string;
  decision: EvalDecision;
  matched: MatchedStatement[];
  missing: string[];
  /** Null: not in an organization. */
  allowedByOrganizations: boolean | null;
  /** Null: no boundary, or silenced by a service control policy. */
  allowedByBoundary: boolean | null;
  /** Across accounts only. */
  details: Record<string, EvalDecision> | null;
}

export interface Simulation {
  policies: ParsedPolicies;
  lookup: ContextLookup;
  /** Whom a resource policy's Principal elements are compared with. */
  caller: RequestPrincipal | null;
  /** The resource belongs to another account than the principal. */
  crossAccount: boolean;
  /** All the keys that the policies ask for and nobody gave. */
  missing: string[];
}

/**
 * The simulator's own composition (aws-behaviour, simulator-explicit and simulator-organizations); it is not that of
 * live authorization.
 */
export function simulateResource(simulation: Simulation, action: string, resource: string): SimulatedResource {
  const { policies, lookup, caller, crossAccount } = simulation;
  const request: EvaluationRequest = { action, resource, principal: caller, principalHasBoundary: "unknown", lookup };
  const blank = { resource, matched: [], missing: [], allowedByBoundary: null, details: null };

  const levels = policies.serviceControl.map((level) => judge(level, request));
  const byOrganization = worst(levels.map(decisionOf));
  if (byOrganization !== "allowed") {
    // Everything else is kept silent about.
    return { ...blank, decision: byOrganization, allowedByOrganizations: false };
  }
  const allowedByOrganizations = policies.inOrganization ? true : null;
  const fits = actionFitsResource(action, resource);
  const silent: Judgement = { denies: null, allows: [] };
  const ask = (layer: ReadPolicy | null): Judgement | null => {
    if (layer === null) return null;
    return fits ? judge([layer], request) : silent;
  };
  const identity = fits ? judge(policies.identity, request) : silent;
  const boundary = ask(policies.boundary);
  const byResource = ask(policies.resource);
  const layers = [identity, boundary, byResource];
  const decision = layers.some((one) => one?.denies)
    ? "explicitDeny"
    : composed(
        decisionOf(identity),
        boundary && decisionOf(boundary),
        byResource && decisionOf(byResource),
        crossAccount,
      );
  return {
    resource,
    decision,
    matched: matchedStatements(decision, request, policies, fits),
    missing: decision === "implicitDeny" ? simulation.missing : [],
    allowedByOrganizations,
    allowedByBoundary: boundary === null ? null : decisionOf(boundary) === "allowed",
    details:
      crossAccount && byResource !== null
        ? {
            "IAM Policy": decisionOf(identity),
            "Resource Policy": decisionOf(byResource),
            ...(boundary !== null && { "Permissions Boundary Policy": decisionOf(boundary) }),
          }
        : null,
  };
}

function composed(
  identity: EvalDecision,
  boundary: EvalDecision | null,
  resource: EvalDecision | null,
  crossAccount: boolean,
): EvalDecision {
  const limited = boundary === null || boundary === "allowed";
  if (resource !== null && crossAccount) {
    return identity === "allowed" && limited && resource === "allowed" ? "allowed" : "implicitDeny";
  }
  // In one account a resource policy's Allow wins over silence, also over the boundary's.
  if (resource === "allowed") return "allowed";
  return identity === "allowed" && limited ? "allowed" : "implicitDeny";
}

function decisionOf({ denies, allows }: Judgement): EvalDecision {
  if (denies !== null) return "explicitDeny";
  return allows.length > 0 ? "allowed" : "implicitDeny";
}

export function worst(decisions: readonly EvalDecision[]): EvalDecision {
  if (decisions.includes("explicitDeny")) return "explicitDeny";
  return decisions.includes("implicitDeny") ? "implicitDeny" : "allowed";
}

/** Of an explicit denial only the denying statements are listed, of silence none. */
function matchedStatements(
  decision: EvalDecision,
  request: EvaluationRequest,
  { identity, boundary, resource }: ParsedPolicies,
  fits: boolean,
): MatchedStatement[] {
  if (decision === "implicitDeny" || !fits) return [];
  const effect = decision === "allowed" ? "Allow" : "Deny";
  const of = (type: MatchedStatement["SourcePolicyType"], policies: readonly ReadPolicy[]) =>
    policies.flatMap((policy) => matchedIn(policy, type, request, effect));
  return [
    ...of("IAM Policy", identity),
    ...of("Resource Policy", resource === null ? [] : [resource]),
    // A boundary allows nothing by itself: only its denials are shown.
    ...(effect === "Deny" && boundary !== null ? of("Permissions Boundary Policy", [boundary]) : []),
  ];
}

function matchedIn(
  policy: ReadPolicy,
  type: MatchedStatement["SourcePolicyType"],
  request: EvaluationRequest,
  effect: "Allow" | "Deny",
): MatchedStatement[] {
  if (policy.document === null) return [];
  return matchStatements(policy.parsed, request)
    .filter((match) => match.truth === "true" && match.effect === effect)
    .map(({ index }) => {
      const position = policy.positions()[index];
      return {
        SourcePolicyId: policy.name,
        SourcePolicyType: type,
        ...(position !== undefined && { StartPosition: position.start, EndPosition: position.end }),
      };
    });
}
