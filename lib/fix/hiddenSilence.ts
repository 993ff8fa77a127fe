import type { Blocker } from "../diagnosis/Diagnosis.js";
import { type Fields, isFields } from "../policy/policyFields.js";
import { readDocument } from "../policy/readDocument.js";
import type { PolicyPlace } from "../snapshot/layerEvidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { blamedPlace } from "./Patient.js";
import { everyBlocker, type Judged, pairsBlocked, stands } from "./proof.js";
import { withPolicyAt } from "./withPolicyAt.js";

/** What would block by silence if nothing denied explicitly: a layer that denies does not tell that it is silent, too. */
export function hiddenSilence(
  snapshot: Snapshot,
  places: readonly PolicyPlace[],
  before: Judged,
  judge: (snapshot: Snapshot) => Judged,
): readonly Blocker[] {
  const denying = new Map<PolicyPlace, Set<number>>();
  for (const blocker of everyBlocker(before)) {
    const place = blocker.effect === "explicitDeny" ? blamedPlace(places, blocker) : undefined;
    if (place === undefined || blocker.statement === null) continue;
    denying.set(place, (denying.get(place) ?? new Set<number>()).add(blocker.statement.index));
  }
  let bare = snapshot;
  for (const [{ path, policy }, indexes] of denying) {
    const read = readDocument(policy.document);
    if ("problem" in read) continue;
    const document = JSON.stringify(withoutDenies(read.fields, indexes));
    bare = withPolicyAt(bare, path, { ...policy, document });
  }
  if (bare === snapshot) return [];
  const known = pairsBlocked(before);
  return everyBlocker(judge(bare)).filter(
    (blocker) =>
      blocker.effect === "implicitDeny" &&
      blocker.actions.some((action) => !stands({ ...blocker, actions: [action] }, known)),
  );
}

/** The statements stay where they are, and deny nothing that there is. */
function withoutDenies({ Statement: written, ...rest }: Fields, indexes: ReadonlySet<number>): Fields {
  const statements: unknown[] = Array.isArray(written) ? written : [written];
  return {
    ...rest,
    Statement: statements.map((statement, index) => {
      if (!indexes.has(index) || !isFields(statement)) return statement;
      const { NotAction: _, ...plain } = statement;
      return { ...plain, Action: "none:None" };
    }),
  };
}
