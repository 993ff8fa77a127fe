import type { Blocker } from "../diagnosis/Diagnosis.js";
import { isAwsOwned, rootArn } from "../facts/arn.js";
import { layerOwners, type PolicyLayer, principalLayers } from "../facts/layers.js";
import { applyEdits } from "../fix/applyEdits.js";
import type { DocumentEdit, Edit } from "../fix/Change.js";
import { editedDocument } from "../fix/editedDocument.js";
import { everyPlaceOf } from "../fix/Patient.js";
import { withPolicyAt } from "../fix/withPolicyAt.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import { type PolicyPlace, placesOf } from "../snapshot/layerEvidence.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
import { actionsInWords } from "./causeWords.js";

/** A change at the root of refusals, for whomever it stops. */
export interface RootChange {
  title: string;
  owner: "account" | "organization" | "key-owner";
  /** One change for all of them; else each principal needs one of its own. */
  isShared: boolean;
  /** Makes it in a principal's snapshot; null where it cannot be made there. */
  make: (snapshot: Snapshot) => Snapshot | null;
}

/** Denies nothing that a vault needs: it keeps the place of a statement, so that those behind it keep their number. */
const nothingDenied = { Effect: "Deny", Action: "backup:NoSuchAction", Resource: "*" };

/** The change that removes a cause for everybody whom it stops; null where nobody can make one. */
export function rootChangeFor(blocker: Blocker): RootChange | null {
  const { layer, effect, actions, policy, statement, target } = blocker;
  const what = actionsInWords(actions, "all seven actions");
  const told = (title: string, make: RootChange["make"], isShared = true): RootChange => ({
    title,
    owner: layerOwners[layer],
    isShared,
    make,
  });
  if (layer === "key-state") {
    const edit: Edit = { kind: "key-state", state: "Enabled" };
    return told("Enable the key, or use another", (snapshot) =>
      snapshot.key.status === "read" && /^(Disabled|PendingDeletion)$/.test(snapshot.key.value.state ?? "")
        ? applyEdits(snapshot, [edit])
        : null,
    );
  }
  const named = policy === null ? "" : ` "${policy.name}"`;
  const allowed = { Effect: "Allow", Action: [...actions], Resource: "*" };
  if (effect === "explicitDeny") {
    if (policy === null || statement === null) return null;
    const { sid, index } = statement;
    const copy = isAwsOwned(policy.arn) ? ` (a policy of AWS's own: detach it, or attach a copy without it)` : "";
    return told(
      `Let statement ${sid ?? "without Sid"} (index ${index}) of${named} spare ${what}${copy}`,
      documentMaker(blocker, { replaced: [{ index, statement: nothingDenied }], removed: [], added: [] }),
    );
  }
  switch (layer) {
    case "identity-policy": {
      const made: Policy = { name: "CreateBackupVault", document: documentOf(allowed) };
      const edit: Edit = { kind: "new-policy", layer, target: null, policy: made };
      return told(`Give each a policy that allows ${what}`, (snapshot) => applyEdits(snapshot, [edit]), false);
    }
    case "service-control-policy": {
      if (target === null) return null;
      const made: Policy = { name: "AllowBackupVaults", document: documentOf(allowed) };
      const edit: Edit = { kind: "new-policy", layer, target, policy: made };
      return told(`Attach a service control policy at ${target} that allows ${what}`, (snapshot) =>
        applyEdits(snapshot, [edit]),
      );
    }
    case "key-policy":
      return told(`Let the key policy leave ${what} to the identity policies of the account`, (snapshot) => {
        const { partition, accountId } = snapshot.request;
        const added = { ...allowed, Principal: { AWS: rootArn(partition, accountId) } };
        return documentMaker(blocker, { replaced: [], removed: [], added: [added] })(snapshot);
      });
    case "permissions-boundary":
    case "vpc-endpoint-policy": {
      const added = principalLayers.has(layer) ? { ...allowed, Principal: "*" } : allowed;
      const title = layer === "permissions-boundary" ? "permissions boundary" : "VPC endpoint policy";
      return told(
        `Allow ${what} in the ${title}${named}`,
        documentMaker(blocker, { replaced: [], removed: [], added: [added] }),
      );
    }
    case "session-policy":
    case "resource-control-policy":
      return null;
  }
}

function documentOf(statement: object): PolicyDocument {
  return { Version: "2012-10-17", Statement: [statement] } as PolicyDocument;
}

/** Edits the policy that blocks, wherever it stands; a document that many have is edited once. */
function documentMaker(blocker: Blocker, edit: Omit<DocumentEdit, "kind" | "paths">): RootChange["make"] {
  const { layer, policy } = blocker;
  if (layer === "key-state") return () => null;
  const replaced = edit.replaced.map(({ index, statement }) => ({
    index,
    statement: principalLayers.has(layer) ? { ...statement, Principal: "*" } : statement,
  }));
  let last: { document: Policy["document"]; edited: string | null } | null = null;
  const edited = (document: Policy["document"]) => {
    if (last === null || last.document !== document) {
      last = { document, edited: editedDocument(document, { ...edit, replaced }) };
    }
    return last.edited;
  };
  return (snapshot) => {
    const places = placesOf(snapshot);
    const place = places.find((one) => isSame(one, layer, policy));
    const document = place === undefined ? null : edited(place.policy.document);
    if (place === undefined || document === null) return null;
    return everyPlaceOf(places, place).reduce(
      (changed, { path, policy: one }) => withPolicyAt(changed, path, { ...one, document }),
      snapshot,
    );
  };
}

function isSame(place: PolicyPlace, layer: PolicyLayer, policy: Blocker["policy"]): boolean {
  if (place.layer !== layer) return false;
  if (policy === null) return layer === "key-policy";
  const { arn, id, name, attachedTo } = place.policy;
  if (policy.arn !== undefined || policy.id !== undefined) return arn === policy.arn && id === policy.id;
  return name === policy.name && attachedTo === policy.attachedTo;
}
