import type { Diagnosis, Fix } from "../../diagnosis/Diagnosis.js";
import { lastSegment, parseArn, parsePrincipalArn } from "../../facts/arn.js";
import { inertJsonText } from "../inertJson.js";
import { printable } from "../printable.js";

/** The user, role or group that an inline policy is a part of, or that a managed one is attached to. */
export interface Attached {
  kind: "user" | "role" | "group";
  name: string;
}

export interface Tag {
  key: string;
  value: string;
}

/** What a fix comes to in AWS, before it is written for a tool. */
export type FixStep =
  | { kind: "inline"; to: Attached; name: string; document: string }
  | { kind: "managed-version"; arn: string; document: string }
  | { kind: "managed-new"; to: Attached; as: "attached" | "boundary"; name: string; arn: string; document: string }
  | { kind: "organization-edit"; id: string; name: string; type: OrganizationPolicyType; document: string }
  | { kind: "organization-new"; target: string; name: string; type: OrganizationPolicyType; document: string }
  | { kind: "key-policy"; keyArn: string; region: string; document: string }
  | { kind: "endpoint"; id: string; region: string; document: string }
  | ({ kind: "session"; policyArns: readonly string[]; tags: readonly Tag[]; document: string } & (
      | { as: "role"; roleArn: string; sessionName: string; sourceIdentity: string | null }
      | { as: "federated-user"; name: string }
    ))
  | { kind: "enable-key"; keyArn: string; region: string; isPendingDeletion: boolean }
  | { kind: "vault"; name: string; region: string; keyArn: string | null; tags: readonly Tag[] }
  /** Nothing that a tool could do. */
  | { kind: "words" };

export type OrganizationPolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

/** Puts a fix together with what the diagnosis knows of where it is to be made; a word in capitals is to be filled in. */
function stepOf(diagnosis: Diagnosis, fix: Fix): FixStep {
  return inert(stepAsTold(diagnosis, fix));
}

/** The same, with a step for each further policy that has to be changed with it. */
export function fixSteps(diagnosis: Diagnosis, fix: Fix): FixStep[] {
  const further = (fix.further ?? []).map(({ target, policy: name, policyId: id = "POLICY_ID", document }): FixStep => {
    const made = { name, type: "SERVICE_CONTROL_POLICY", document: inertJsonText(document.after) } as const;
    return inert(
      document.before === null
        ? { kind: "organization-new", target, ...made }
        : { kind: "organization-edit", id, ...made },
    );
  });
  return [stepOf(diagnosis, fix), ...further];
}

/**
 * Names are shown and pasted, too: what in them a terminal would obey is taken out. Not of tags, which a fix is proven with
 * as they are: each form escapes them.
 */
function inert<Step extends object>(step: Step): Step {
  const parts = Object.entries(step).map(([name, value]: [string, unknown]) => {
    if (name === "tags") return [name, value];
    if (Array.isArray(value)) {
      const parts: unknown[] = value;
      return [name, parts.map((one) => printable(String(one)))];
    }
    if (typeof value === "object" && value !== null) return [name, inert(value)];
    return [name, typeof value === "string" && name !== "document" ? printable(value) : value];
  });
  return Object.fromEntries(parts) as Step;
}

function stepAsTold(diagnosis: Diagnosis, fix: Fix): FixStep {
  const { subject, blockers, actions } = diagnosis;
  const { layer, change } = fix;
  const blamed = blockers[fix.blocker];
  const policy = blamed?.policy ?? null;
  const name = fix.policy ?? "NAME";
  const region = subject.region ?? "REGION";
  const keyRow = actions.find(({ action }) => action === "kms:DescribeKey")?.resource;
  const keyArn = keyRow !== undefined && keyRow !== "*" ? keyRow : (subject.encryptionKeyArn ?? "KEY_ARN");
  if (change === "enable-key") {
    return {
      kind: "enable-key",
      keyArn,
      region,
      isPendingDeletion: /Pending(Replica)?Deletion/.test(blamed?.reason ?? ""),
    };
  }
  if (/^(Name (no key|the key by its ARN)|Give the vault the tag )/.test(fix.title)) {
    const vault = subject.backupVaultName ?? "NAME";
    const tags = tagsOf(fix.backupVaultTags);
    const isKept = fix.title.startsWith("Give the vault");
    const named = isKept ? subject.encryptionKeyArn : fix.title.startsWith("Name no key") ? null : keyArn;
    return { kind: "vault", name: vault, region, keyArn: named, tags };
  }
  if (fix.document === undefined || change === "other") return { kind: "words" };
  const document = inertJsonText(fix.document.after);
  const isNew = fix.document.before === null;
  switch (layer) {
    case "identity-policy": {
      if (!isNew && policy?.arn !== undefined) return { kind: "managed-version", arn: policy.arn, document };
      const to = attachedTo(policy?.attachedTo) ?? holderOf(subject.principalArn);
      const arn = newPolicyArn(subject, name);
      return change === "attach-policy"
        ? { kind: "managed-new", to, as: "attached", name, arn, document }
        : { kind: "inline", to, name, document };
    }
    case "permissions-boundary": {
      const to = holderOf(subject.principalArn);
      if (!isNew) return { kind: "managed-version", arn: policy?.arn ?? newPolicyArn(subject, name), document };
      return { kind: "managed-new", to, as: "boundary", name, arn: newPolicyArn(subject, name), document };
    }
    case "session-policy": {
      if (!isNew && policy?.arn !== undefined) return { kind: "managed-version", arn: policy.arn, document };
      const caller = parsePrincipalArn(subject.callerArn ?? "");
      const { tags, sourceIdentity = null } = fix.session ?? {};
      const step = { kind: "session", policyArns: fix.sessionPolicyArns ?? [], tags: tagsOf(tags), document } as const;
      if (caller?.kind === "federated-user") return { ...step, as: "federated-user", name: caller.name };
      const sessionName = caller?.sessionName ?? "SESSION";
      return { ...step, as: "role", roleArn: subject.principalArn ?? "ROLE_ARN", sessionName, sourceIdentity };
    }
    case "service-control-policy":
    case "resource-control-policy": {
      const type = layer === "service-control-policy" ? "SERVICE_CONTROL_POLICY" : "RESOURCE_CONTROL_POLICY";
      if (isNew) return { kind: "organization-new", target: blamed?.target ?? "TARGET_ID", name, type, document };
      const id = fix.policyId ?? policy?.id ?? (policy?.arn === undefined ? "POLICY_ID" : lastSegment(policy.arn));
      return { kind: "organization-edit", id, name, type, document };
    }
    case "key-policy":
      return { kind: "key-policy", keyArn, region: parseArn(keyArn)?.region ?? region, document };
    case "vpc-endpoint-policy":
      return { kind: "endpoint", id: policy?.attachedTo ?? "VPC_ENDPOINT_ID", region, document };
    case "key-state":
      return { kind: "words" };
  }
}

function tagsOf(tags: Readonly<Record<string, string>> = {}): Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

function attachedTo(text: string | undefined): Attached | null {
  const [, kind, name] = /^(user|role|group)\/(.+)$/s.exec(text ?? "") ?? [];
  if (name === undefined || (kind !== "user" && kind !== "role" && kind !== "group")) return null;
  return { kind, name };
}

/** Of a federated user the policies are those of the user who issued it, whom a diagnosis does not name by ARN. */
function holderOf(principalArn: string | null): Attached {
  const parsed = parsePrincipalArn(principalArn ?? "");
  if (parsed?.kind === "user" || parsed?.kind === "role") return { kind: parsed.kind, name: parsed.name };
  return parsed?.kind === "federated-user" ? { kind: "user", name: "ISSUING_USER" } : { kind: "role", name: "ROLE" };
}

function newPolicyArn({ principalArn, accountId }: Diagnosis["subject"], name: string): string {
  const partition = parseArn(principalArn ?? "")?.partition ?? "aws";
  return `arn:${partition}:iam::${accountId ?? "ACCOUNT"}:policy/${name}`;
}
