import type { EvaluationRequest } from "../../policy/EvaluationRequest.js";
import { matchStatements } from "../../policy/matchStatements.js";
import type { ParsedPolicy } from "../../policy/ParsedPolicy.js";
import { parsePolicy } from "../../policy/parsePolicy.js";
import type { StatementMatch } from "../../policy/StatementMatch.js";
import type { WorldDocument } from "../World.js";

/** A policy as a layer holds it. */
export interface LayerPolicy {
  name: string;
  arn?: string;
  document: WorldDocument;
  /** The document as it was parsed before, where it is asked again and again. */
  parsed?: ParsedPolicy;
}

/** What one set of documents says for certain: which policy denies, and which statements allow. */
export interface Judgement {
  denies: { policy: LayerPolicy; match: StatementMatch } | null;
  allows: { policy: LayerPolicy; match: StatementMatch; parsed: ParsedPolicy }[];
}

/**
 * Puts a request to a set of documents. A served world knows all its keys, so only what is certain counts; of a damaged
 * document, which AWS would not have stored, only the denials do.
 */
export function judge(
  policies: readonly LayerPolicy[],
  request: EvaluationRequest,
  principalRequired = false,
): Judgement {
  const judgement: Judgement = { denies: null, allows: [] };
  for (const policy of policies) {
    if (policy.document === null) continue;
    const parsed = policy.parsed ?? parsePolicy(policy.document, { principalRequired });
    for (const match of matchStatements(parsed, request)) {
      if (match.truth !== "true") continue;
      if (match.effect === "Deny") judgement.denies ??= { policy, match };
      else if (parsed.damage.length === 0) judgement.allows.push({ policy, match, parsed });
    }
  }
  return judgement;
}
