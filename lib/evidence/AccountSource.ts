import type { SnapshotOfPrincipal } from "./accountEvidence.js";
import type { PrincipalDetail } from "./accountPageSchema.js";

/** The users and roles of one account, and what makes a snapshot of each. */
export interface AccountSource {
  partition: string;
  accountId: string;
  snapshotOf: SnapshotOfPrincipal;
  /** Some at a time, as they come; once. */
  principals: () => AsyncIterable<PrincipalDetail[]> | Iterable<PrincipalDetail[]>;
}
