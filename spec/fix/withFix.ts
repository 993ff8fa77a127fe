import { isDeepStrictEqual } from "node:util";
import type { Diagnosis, Fix } from "../../lib/diagnosis/Diagnosis.js";
import type { Policy, Snapshot } from "../../lib/snapshot/Snapshot.js";
import { mapPolicies } from "../random/mapPolicies.js";

/**
 * The snapshot with a fix made as a person would make it, from what the diagnosis tells alone: `document.after` in the
 * place of the policy that is named, a policy made and attached, a key enabled or chosen. Shares no code with lib/fix.
 */
export function withFix(snapshot: Snapshot, diagnosis: Diagnosis, fix: Fix): Snapshot {
  const made = (fix.further ?? []).reduce(withFurther, withFirst(snapshot, diagnosis, fix));
  // "Make the call with multi-factor authentication [...]; and allow [...]"
  return fix.document !== undefined && isSignIn(fix) ? withoutDocument(made, fix) : made;
}

function isSignIn({ title }: Fix): boolean {
  return title.startsWith("Make the call with multi-factor authentication");
}

/** A service control policy that is changed or attached besides. */
function withFurther(snapshot: Snapshot, further: NonNullable<Fix["further"]>[number]): Snapshot {
  const { target, policy: name, policyId, document } = further;
  let changed = 0;
  const result = mapPolicies(snapshot, (list, place) => {
    if (place.layer !== "service-control-policy" || place.target !== target) return list;
    changed += 1;
    if (document.before === null) return [...list, { name, document: document.after }];
    return list.map((one) => {
      const isIt = policyId === undefined ? one.name === name : one.id === policyId || one.arn?.endsWith(policyId);
      return isIt && asText(one) === document.before ? { ...one, document: document.after } : one;
    });
  });
  if (changed === 0) throw new Error(`no target ${target}`);
  return result;
}

function withFirst(snapshot: Snapshot, { blockers }: Diagnosis, fix: Fix): Snapshot {
  const { layer, policy: name, change, document } = fix;
  const blocker = blockers[fix.blocker];
  if (blocker === undefined) throw new Error(`no blocker ${fix.blocker}`);
  if (change === "enable-key" && snapshot.key.status === "read") {
    return { ...snapshot, key: { status: "read", value: { ...snapshot.key.value, state: "Enabled" } } };
  }
  if (document === undefined) return withoutDocument(snapshot, fix);
  if (document.before === null) {
    const made: Policy = { name: name ?? "", document: document.after };
    const { policies } = snapshot;
    if (layer === "identity-policy" && policies.identity.status === "none") {
      return { ...snapshot, policies: { ...policies, identity: { status: "read", value: [made] } } };
    }
    return mapPolicies(snapshot, (list, place) => {
      if (place.layer !== layer) return list;
      if (layer === "permissions-boundary") return [made];
      return layer === "service-control-policy" && place.target !== blocker.target ? list : [...list, made];
    });
  }
  let changed = 0;
  const arn = blocker.policy?.arn;
  // A managed policy of IAM's changes wherever it is attached.
  const isManaged = arn !== undefined && /^arn:[\w-]+:iam::/.test(arn);
  const result = mapPolicies(snapshot, (list, place) =>
    list.map((one) => {
      if (isManaged && one.arn === arn && saysTheSame(asText(one), document.before)) {
        changed += 1;
        return { ...one, document: document.after };
      }
      if (place.layer !== layer || one.name !== name || asText(one) !== document.before) return one;
      const isSame = blocker.policy === null || (one.arn === blocker.policy.arn && one.id === blocker.policy.id);
      if (!isSame) return one;
      // A policy without an ARN or id is one of its own wherever it stands.
      if (one.arn === undefined && one.id === undefined && place.target !== blocker.target) return one;
      changed += 1;
      return { ...one, document: document.after };
    }),
  );
  if (changed === 0) throw new Error(`no policy ${name} of ${layer} with the document that the fix changes`);
  return result;
}

function withoutDocument(snapshot: Snapshot, fix: Fix): Snapshot {
  const { title } = fix;
  if (isSignIn(fix)) {
    const made = {
      "aws:MultiFactorAuthPresent": "true",
      ...(title.includes("given anew") && { "aws:MultiFactorAuthAge": "0" }),
    };
    const isMade = (key: string) => Object.keys(made).some((one) => one.toLowerCase() === key.toLowerCase());
    const others = Object.entries(snapshot.context).filter(([key]) => !isMade(key));
    return { ...snapshot, context: { ...Object.fromEntries(others), ...made } };
  }
  if (title.startsWith("Give the vault the tag ")) {
    const { request } = snapshot;
    return { ...snapshot, request: { ...request, backupVaultTags: fix.backupVaultTags ?? {} } };
  }
  if (title.startsWith("Name no key")) {
    return {
      ...snapshot,
      request: { ...snapshot.request, encryptionKeyArn: null },
      key: { status: "notRead" },
    };
  }
  const [, arn] = /^Name the key by its ARN, (\S+), not/.exec(title) ?? [];
  if (arn === undefined) throw new Error(`cannot be made: ${title}`);
  return { ...snapshot, request: { ...snapshot.request, encryptionKeyArn: arn } };
}

function asText({ document }: Policy): string {
  if (typeof document === "object") return JSON.stringify(document, null, 2);
  return document.trimStart().startsWith("%7B") ? decodeURIComponent(document) : document.replace(/^\uFEFF/, "");
}

/** Copies of one managed policy may be written differently. */
function saysTheSame(text: string, before: string | null): boolean {
  return text === before || (before !== null && isDeepStrictEqual(JSON.parse(text), JSON.parse(before)));
}
