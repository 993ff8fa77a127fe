import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { parseArn } from "../facts/arn.js";
import { planKeyPrefix } from "../facts/planKeys.js";
import type { ContextValue } from "../policy/ContextValue.js";
import { commandWord } from "./commandWord.js";

/** The flag that says in which Region; nothing where it is not known. */
export function regionFlag(subject: Diagnosis["subject"]): string {
  return subject.region == null ? "" : ` --region ${commandWord(subject.region)}`;
}

/** The flags that say where; a vault's name is always needed, the rest only where it is known. */
export function placeFlags(
  { subject, actions }: Pick<Diagnosis, "subject" | "actions">,
  wanted: readonly ("vault" | "account" | "own key")[],
): string {
  const { encryptionKeyArn: key } = subject;
  // Policies name keys by their own ARN, and not by an alias; which key that is, the key's own row may tell.
  const told = actions.find(({ action }) => action === "kms:DescribeKey")?.resource;
  const ownKey = [key, told].find((arn) => parseArn(arn ?? "")?.resource.startsWith("key/") && !arn?.endsWith("*"));
  const flags: [string, string | null | undefined][] = [
    ["--vault", wanted.includes("vault") ? (subject.backupVaultName ?? "NAME") : null],
    ["--account", wanted.includes("account") ? subject.accountId : null],
    ["--region", subject.region],
    ["--key", key == null ? null : wanted.includes("own key") ? ownKey : key],
  ];
  return flags.map(([flag, value]) => (value == null ? "" : ` ${flag} ${commandWord(value)}`)).join("");
}

/** The flag that says whose rights are in question. */
export function principalFlag({ principalArn }: Diagnosis["subject"]): string {
  return principalArn === null ? "" : ` --principal ${commandWord(principalArn)}`;
}

/** The flags that say as whom was asked, and as whom the evidence was read. */
export function askedAsFlags({ call = {} }: Diagnosis): string {
  const flags = [
    ["--profile", call.profile],
    ["--evidence-profile", call.evidenceProfile],
    ["--evidence-role", call.evidenceRole],
    ["--organization-role", call.organizationRole],
  ] as const;
  return flags.map(([flag, value]) => (value === undefined ? "" : ` ${flag} ${commandWord(value)}`)).join("");
}

/** So many of them are said again, of each kind: what is asked has fewer. */
const most = 50;

/** The flags that say again what was asked beside the place: the vault's tags, and what is known of the call. */
export function callFlags({ call: { backupVaultTags = {}, context = {} } = {} }: Diagnosis): string {
  const tags = Object.entries(backupVaultTags).map(([key, value]) => ["--tag", `${key}=${value}`] as const);
  const known = Object.entries(context)
    .filter(([key]) => !key.startsWith(planKeyPrefix))
    .flatMap(([key, value]) => statesOf(key, value).map((state) => ["--context", state] as const));
  const flags = [...tags.slice(0, most), ...known.slice(0, most)];
  return flags.map(([flag, value]) => ` ${flag} ${commandWord(value)}`).join("");
}

function statesOf(key: string, value: ContextValue): string[] {
  if (value === null) return [`${key}:absent`];
  if (typeof value === "string") return [`${key}=${value}`];
  return Array.isArray(value) ? value.map((one) => `${key}=${one}`) : [`${key}:present`];
}
