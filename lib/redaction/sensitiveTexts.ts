import { parseCallerArn } from "../caller/parseCallerArn.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";

/** A text that tells something of the account, with what stands for it. */
export interface SensitiveText {
  text: string;
  replacement: string;
}

/** Patterns of ids wherever they stand, with a replacement of the same form. */
const idPatterns: readonly { pattern: RegExp; replace: (n: number) => string }[] = [
  { pattern: /(?<![0-9])[0-9]{12}(?![0-9])/g, replace: (n) => String(100_000_000_000 + n) },
  {
    pattern: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
    replace: (n) => `00000000-0000-0000-0000-${String(n).padStart(12, "0")}`,
  },
  { pattern: /\bmrk-[0-9a-f]{32}\b/g, replace: (n) => `mrk-${String(n).padStart(32, "0")}` },
  { pattern: /\bA(?:IDA|ROA|KIA|SIA)[A-Z0-9]{12,}\b/g, replace: (n) => `AROA${String(n).padStart(16, "0")}` },
  { pattern: /\bo-[a-z0-9]{10,32}\b/g, replace: (n) => `o-${String(n).padStart(10, "0")}` },
  { pattern: /\bou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\b/g, replace: (n) => `ou-0000-${String(n).padStart(8, "0")}` },
  { pattern: /\br-[a-z0-9]{4,32}\b/g, replace: (n) => `r-${String(n).padStart(4, "0")}` },
  { pattern: /\bp-[a-z0-9]{8,128}\b/g, replace: (n) => `p-${String(n).padStart(8, "0")}` },
  { pattern: /\bvpce-[0-9a-f]{8,17}\b/g, replace: (n) => `vpce-${String(n).padStart(17, "0")}` },
  { pattern: /\bvpc-[0-9a-f]{8,17}\b/g, replace: (n) => `vpc-${String(n).padStart(17, "0")}` },
];

/** Names that AWS publishes: they tell nothing and a reader needs them. */
const published =
  /^(FullAWSAccess|RCPFullAWSAccess|AdministratorAccess|PowerUserAccess|ReadOnlyAccess|AWS\w+|default|alias\/aws\/\w+)$/;

/**
 * The texts of a snapshot to be replaced, the longest first: account ids, ids of keys, principals and organizations,
 * names, tags, values of context keys, statement ids.
 */
export function sensitiveTexts(snapshot: Snapshot): SensitiveText[] {
  const found = new Map<string, string>();
  const add = (text: string | undefined, replacement: (n: number) => string) => {
    if (text === undefined || text.length < 2 || found.has(text) || published.test(text)) return;
    found.set(text, replacement(found.size + 1));
  };
  const whole = JSON.stringify(snapshot);
  for (const { pattern, replace } of idPatterns) {
    for (const [text] of whole.matchAll(pattern)) add(text, replace);
  }
  const name = (text: string | undefined) => add(text, (n) => `name-${n}`);
  for (const arn of [snapshot.caller.arn, snapshot.caller.principalArn, snapshot.caller.issuerArn]) {
    const parsed = parseCallerArn(arn ?? "");
    if (parsed === null || parsed.kind === "root") continue;
    name(parsed.name);
    name(parsed.sessionName ?? undefined);
    for (const segment of (arn ?? "").split("/").slice(1, -1)) name(segment);
  }
  add(snapshot.request.backupVaultName, (n) => `vault-${n}`);
  for (const policy of policiesIn(snapshot)) {
    name(policy.name);
    for (const segment of (policy.attachedTo ?? "").split("/").slice(1)) name(segment);
    for (const [, sid] of documentText(policy).matchAll(/"(?:Sid|Id)"\s*:\s*"([^"\\]+)"/g)) add(sid, (n) => `Sid${n}`);
    for (const [, path] of documentText(policy).matchAll(/"arn:[^":]*:[^":]*:[^":]*:[^":]*:([^"\\]+)"/g)) {
      for (const segment of (path ?? "").split(/[/:]/).slice(1)) {
        if (!/[*?${}]/.test(segment)) name(segment);
      }
    }
  }
  for (const evidence of [snapshot.policies.serviceControl, snapshot.policies.resourceControl]) {
    for (const target of evidence.status === "read" ? evidence.value : []) name(target.name);
  }
  const tags = [snapshot.request.backupVaultTags, tagsOf(snapshot.caller.tags), tagsOf(snapshot.caller.sessionTags)];
  if (snapshot.key.status === "read") {
    const key = snapshot.key.value;
    tags.push(tagsOf(key.tags));
    for (const alias of key.aliases?.status === "read" ? key.aliases.value : []) add(alias, (n) => `alias/name-${n}`);
    for (const grant of key.grants.status === "read" ? key.grants.value : []) name(grant.grantId);
  }
  for (const [key, value] of tags.flatMap((some) => Object.entries(some))) {
    add(key, (n) => `tag-${n}`);
    add(value, (n) => `value-${n}`);
  }
  for (const value of Object.values(snapshot.context)) {
    for (const text of typeof value === "string" ? [value] : Array.isArray(value) ? value : []) {
      if (!/^(true|false|arn:.*)$/.test(text)) add(text, (n) => `value-${n}`);
    }
  }
  return [...found]
    .map(([text, replacement]) => ({ text, replacement }))
    .sort((one, other) => other.text.length - one.text.length);
}

function tagsOf(evidence: Evidence<Record<string, string>> | undefined): Record<string, string> {
  return evidence?.status === "read" ? evidence.value : {};
}

function documentText({ document }: Policy): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}

function policiesIn({ policies, key }: Snapshot): Policy[] {
  const found: Policy[] = [];
  for (const evidence of [policies.identity, policies.session]) {
    if (evidence.status === "read") found.push(...evidence.value);
  }
  for (const evidence of [policies.permissionsBoundary, policies.vpcEndpoint]) {
    if (evidence.status === "read") found.push(evidence.value);
  }
  for (const evidence of [policies.serviceControl, policies.resourceControl]) {
    if (evidence.status === "read") found.push(...evidence.value.flatMap((target) => target.policies));
  }
  if (key.status === "read" && key.value.policy.status === "read") found.push(key.value.policy.value);
  return found;
}
