import { isFields } from "../policy/policyFields.js";
import type { PolicyPlace } from "../snapshot/layerEvidence.js";
import type { Policy } from "../snapshot/Snapshot.js";

/** What looking for fixes may cost. */
export interface Capacity {
  /** Changes that are tried one by one; each costs a whole diagnosis. */
  proofs: number;
  /** Tries of several changes together; each costs a whole diagnosis, too. */
  togethers: number;
  /** Blockers for which changes are thought of; the others' fixes say that they were not tried. */
  blockers: number;
}

/** A statement as people write them has about so many characters. */
const charactersOfStatement = 150;
/** Statements that are longer on average count for several. */
const charactersOfLongStatement = 500;
const mostProofs = 12;
/** All together, once more without another key, and of those that do not go together the first few that do. */
const mostTogethers = 6;

/**
 * The more statements there are, the dearer a proof: so few are made that those of single changes cost about as much as a
 * diagnosis of AWS's largest policies (about 2,000 statements), and those of several at most as much again.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function capacityOf(places: readonly PolicyPlace[]): Capacity {
  const statements = 1 + places.reduce((sum, { policy }) => sum + statementsAbout(policy), 0);
  const affordable = Math.floor(2_000 / statements);
  return {
    proofs: Math.min(mostProofs, affordable),
    togethers: Math.min(mostTogethers, affordable),
    blockers: Math.max(1, Math.min(100, Math.floor(10_000 / statements))),
  };
}

/** About how many statements a policy has, without reading its text. */
function statementsAbout({ document }: Policy): number {
  if (typeof document === "string") return Math.ceil(document.length / charactersOfStatement);
  if (!isFields(document)) return 0;
  const count = Array.isArray(document.Statement) ? document.Statement.length : 1;
  return Math.max(count, Math.ceil(JSON.stringify(document).length / charactersOfLongStatement));
}
