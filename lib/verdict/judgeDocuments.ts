import { matchStatements } from "../policy/matchStatements.js";
import type { StatementMatch } from "../policy/StatementMatch.js";
import type { StatementRef } from "../policy/StatementRef.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { Judging } from "./Judging.js";
import type { Layer } from "./Layer.js";
import { blank, type Finding, type LayerJudgement, type PolicyRef, unique } from "./LayerJudgement.js";

/** A statement that applies or might, with the policy it stands in. */
export interface PolicyMatch {
  policy: Policy;
  match: StatementMatch;
}

/** What a set of documents holds for a request. */
export interface DocumentMatches {
  matches: PolicyMatch[];
  /** Documents that are damaged or could not be read: their path and why. */
  damage: { path: string; reason: string }[];
}

/** Puts a request to each document; `pathOf` says where a document stands in the snapshot. */
export function matchDocuments(
  judging: Judging,
  policies: readonly Policy[],
  pathOf: (index: number) => string,
  principalRequired: boolean,
): DocumentMatches {
  const matches: PolicyMatch[] = [];
  const damage: DocumentMatches["damage"] = [];
  policies.forEach((policy, index) => {
    if (policy.document === null) {
      damage.push({ path: pathOf(index), reason: `${policy.name}: ${policy.unreadable ?? "could not be read"}` });
      return;
    }
    const parsed = judging.read(policy, principalRequired);
    if (parsed.damage.length > 0) {
      damage.push({ path: pathOf(index), reason: `${policy.name}: ${parsed.damage[0]}` });
    }
    for (const match of matchStatements(parsed, judging.request)) {
      // The statements of a damaged document count only where they deny (contract, section 4.6).
      if (parsed.damage.length === 0 || match.effect === "Deny") matches.push({ policy, match });
    }
  });
  return { matches, damage };
}

/** What one set of documents, as their union, says to a request (contract, section 4.1). */
export function judgeDocuments(
  layer: Layer,
  { matches, damage }: DocumentMatches,
  target: string | null,
): LayerJudgement {
  const denies = matches.filter(({ match }) => match.effect === "Deny");
  const allows = matches.filter(({ match }) => match.effect === "Allow");
  const damaged = damage.map(({ path }) => path);
  const denying = denies.filter(({ match }) => match.truth === "true");
  const isAllowed = allows.some(({ match }) => match.truth === "true");
  return {
    ...blank(layer),
    denies: denying.length > 0 ? "true" : denies.length > 0 || damage.length > 0 ? "unknown" : "false",
    allows: isAllowed ? "true" : allows.length > 0 || damage.length > 0 ? "unknown" : "false",
    denyDependsOn: unique([...damaged, ...keysOf(denies)]),
    allowDependsOn: unique([...damaged, ...keysOf(allows)]),
    denying: denying.map(({ policy, match }) => findingOf(policy, match, target)),
    statements: matches.map(({ policy, match }) => refOf(policy, match)),
    unread: damage.length > 0,
    note: damage.map(({ reason }) => reason).join("; "),
  };
}

/** What undecided statements hang on; an unread boundary, which NotPrincipal asks for, by its path in the snapshot. */
export function keysOf(matches: readonly PolicyMatch[]): string[] {
  return matches
    .flatMap(({ match }) => match.dependsOn)
    .map((key) => (key === "principal.permissionsBoundary" ? "policies.permissionsBoundary" : key));
}

export function findingOf(policy: Policy, match: StatementMatch, target: string | null): Finding {
  return {
    policy: policyRef(policy),
    statement: { sid: match.sid, index: match.index },
    target,
    note: "",
  };
}

export function refOf(policy: Policy, { sid, index, effect }: StatementMatch): StatementRef {
  return { policy: policy.name, sid, index, effect };
}

export function policyRef({ name, arn, id, attachedTo }: Policy): PolicyRef {
  return {
    name,
    ...(arn !== undefined && { arn }),
    ...(id !== undefined && { id }),
    ...(attachedTo !== undefined && { attachedTo }),
  };
}
