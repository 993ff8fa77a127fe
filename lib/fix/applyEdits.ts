import type { ContextValue } from "../policy/ContextValue.js";
import type { Evidence } from "../snapshot/Evidence.js";
import { type PolicyPlace, placesOf } from "../snapshot/layerEvidence.js";
import type { OrganizationTarget, Policy, Snapshot } from "../snapshot/Snapshot.js";
import type { DocumentEdit, Edit } from "./Change.js";
import { editedDocument } from "./editedDocument.js";
import { joinedEdits } from "./joinedEdits.js";
import { knownDocument } from "./KnownDocument.js";
import { withGivenTags } from "./withGivenTags.js";
import { withPolicyAt } from "./withPolicyAt.js";

/**
 * The snapshot with changes made: what they do not touch is shared with the old one. Changes of one document are made
 * together, so that statements keep their index until all are changed.
 *
 * @returns null where one of them cannot be made
 */
export function applyEdits(snapshot: Snapshot, edits: readonly Edit[]): Snapshot | null {
  let changed: Snapshot | null = snapshot;
  const places = edits.some(({ kind }) => kind === "document") ? placesOf(snapshot) : [];
  for (const edit of merged(edits, places)) {
    if (changed === null) return null;
    switch (edit.kind) {
      case "document":
        changed = withDocument(changed, places, edit);
        break;
      case "new-policy":
        changed = withNewPolicy(changed, edit);
        break;
      case "key-state":
        if (changed.key.status !== "read") return null;
        changed = { ...changed, key: { status: "read", value: { ...changed.key.value, state: edit.state } } };
        break;
      case "key-choice":
        changed = withKey(changed, edit.encryptionKeyArn);
        break;
      case "tags":
        changed = { ...changed, request: tagged(changed.request, edit.tags) };
        break;
      case "context":
        changed = { ...changed, context: withContext(changed.context, edit.key, edit.value) };
        break;
    }
  }
  return changed;
}

function tagged(request: Snapshot["request"], tags: Readonly<Record<string, string>>): Snapshot["request"] {
  return { ...request, backupVaultTags: withGivenTags(request.backupVaultTags, tags) };
}

/** Letter case does not count in a key's name: what is said of it in another spelling goes. */
function withContext(context: Snapshot["context"], key: string, value: ContextValue): Snapshot["context"] {
  const others = Object.entries(context).filter(([name]) => name.toLowerCase() !== key.toLowerCase());
  return { ...Object.fromEntries(others), [key]: value };
}

/** All edits of one document as one. */
function merged(edits: readonly Edit[], places: readonly PolicyPlace[]): Edit[] {
  const documents = new Map<string, [DocumentEdit, ...DocumentEdit[]]>();
  const others: Edit[] = [];
  for (const edit of edits) {
    if (edit.kind !== "document") {
      others.push(edit);
      continue;
    }
    const key = edit.paths.join();
    const known = documents.get(key);
    if (known === undefined) documents.set(key, [edit]);
    else known.push(edit);
  }
  const joined = [...documents.values()].map(([one, ...more]): DocumentEdit => {
    if (more.length === 0) return one;
    const place = places.find(({ path }) => path === one.paths[0]);
    const taken = place === undefined ? new Set<string>() : knownDocument(place.policy.document).sids;
    return { kind: "document", paths: one.paths, ...joinedEdits([one, ...more], taken) };
  });
  return [...joined, ...others];
}

function withDocument(snapshot: Snapshot, places: readonly PolicyPlace[], edit: DocumentEdit): Snapshot | null {
  let changed: Snapshot = snapshot;
  for (const path of edit.paths) {
    const place = places.find((one) => one.path === path);
    const document = place === undefined ? null : afterEdit(place.policy.document, edit);
    if (place === undefined || document === null) return null;
    changed = withPolicyAt(changed, path, { ...place.policy, document });
  }
  return changed;
}

function afterEdit(document: Policy["document"], edit: DocumentEdit): string | null {
  return edit.made?.of === document ? edit.made.text : editedDocument(document, edit);
}

function withNewPolicy(
  snapshot: Snapshot,
  { layer, target, policy }: Extract<Edit, { kind: "new-policy" }>,
): Snapshot | null {
  const { policies } = snapshot;
  const one = { status: "read", value: policy } as const;
  switch (layer) {
    case "identity-policy": {
      const identity = withOneMore(policies.identity, policy);
      return identity === null ? null : { ...snapshot, policies: { ...policies, identity } };
    }
    case "session-policy": {
      const session = withOneMore(policies.session, policy);
      return session === null ? null : { ...snapshot, policies: { ...policies, session } };
    }
    case "permissions-boundary":
      return { ...snapshot, policies: { ...policies, permissionsBoundary: one } };
    case "vpc-endpoint-policy":
      return { ...snapshot, policies: { ...policies, vpcEndpoint: one } };
    case "service-control-policy": {
      const serviceControl = attachedAt(policies.serviceControl, target, policy);
      return serviceControl === null ? null : { ...snapshot, policies: { ...policies, serviceControl } };
    }
    case "resource-control-policy":
    case "key-policy":
      return null;
  }
}

function withOneMore(evidence: Evidence<Policy[]>, policy: Policy): Evidence<Policy[]> | null {
  if (evidence.status === "none") return { status: "read", value: [policy] };
  return evidence.status === "read" ? { status: "read", value: [...evidence.value, policy] } : null;
}

function attachedAt(
  evidence: Evidence<OrganizationTarget[]>,
  target: string | null,
  policy: Policy,
): Evidence<OrganizationTarget[]> | null {
  if (evidence.status !== "read" || !evidence.value.some(({ id }) => id === target)) return null;
  const value = evidence.value.map((one) =>
    one.id === target ? { ...one, policies: [...one.policies, policy] } : one,
  );
  return { status: "read", value };
}

/** Another key was not read, but that it is the same one, given by its ARN instead of its alias. */
function withKey(snapshot: Snapshot, encryptionKeyArn: string | null): Snapshot {
  const { key, request } = snapshot;
  const isSame = encryptionKeyArn !== null && key.status === "read" && key.value.arn === encryptionKeyArn;
  return {
    ...snapshot,
    request: { ...request, encryptionKeyArn },
    key: isSame ? key : { status: "notRead" },
  };
}
