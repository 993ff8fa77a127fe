import { requiredActions, tagAction } from "../facts/actions.js";
import { type Arn, parseArn, parsePrincipalArn } from "../facts/arn.js";
import {
  backupClient,
  backupCommand,
  clientForms,
  cutOff,
  denialNames,
  detailForms,
  forwardedByBackup,
  otherTypes,
  terraformSubjects,
  terraformVaultSubject,
  trailContext,
  trailRecord,
  vaultContext,
  wholeRegion,
  wholeResource,
} from "../facts/denials.js";
import { accountId } from "../facts/names.js";
import type { Block } from "./blocksOf.js";
import type { DenialReading } from "./DenialReading.js";
import type { FoundDenial } from "./FoundDenial.js";
import { isFollowedByRest } from "./mayGoOn.js";
import { messageOf } from "./messageOf.js";
import { gaps, type Squeezed } from "./squeeze.js";
import { valueIn } from "./valueIn.js";

/** A tool names what it makes so near before its report of the refusal. */
const nearby = 200;

/** What a refusal's words and the text around them tell of it. */
export function describe(squeezed: Squeezed, block: Block, operation: string | null): FoundDenial {
  const reading: DenialReading = block.words?.reading ?? { kind: "opaque" };
  const action = reading.kind === "action" ? reading.action : null;
  const named = reading.kind === "action" ? unmasked(parseArn(reading.resource ?? "")) : null;
  const own = squeezed.text.slice(block.from, block.to);
  const around = squeezed.text.slice(Math.max(block.wide, block.from - nearby), block.to);
  const isOther =
    otherTypes.some((type) => type.test(around)) ||
    isOfOtherClient(own) ||
    isOfOtherContext(own) ||
    isOfOtherDoing(squeezed.text.slice(block.from, block.at));
  const ofVaultCreation =
    operation === "CreateBackupVault"
      ? "yes"
      : !isOther && (operation === null || forwardedByBackup.test(around))
        ? openness(action, operation)
        : "no";

  const typed = [...squeezed.text.slice(block.wide, block.from).matchAll(backupCommand)].at(-1)?.[1];
  // What was typed before the refusal is another call.
  const isTyped = typed === undefined || typed === "create-backup-vault" || operation !== "CreateBackupVault";
  const detail = (forms: readonly RegExp[]) =>
    valueNear(squeezed, isTyped ? block : { ...block, wide: block.from }, forms);
  const vault = named?.service === "backup" ? named : null;
  const key = named?.service === "kms" ? named : null;
  const principalArn = (reading.kind === "action" ? reading.user : null) ?? detail(detailForms.principal);
  const userName = principalArn === null ? detail(detailForms.userName) : null;
  // A key whose account somebody hid is named nowhere else, either.
  const keyArn = key?.accountId === "" || reading.kind !== "action" ? null : reading.resource;
  const encryptionKeyArn = key === null ? detail(detailForms.key) : keyArn;
  const requestId = detail(detailForms.requestId);
  const isTrail = trailRecord.test(own);
  const record = { eventId: detail(detailForms.eventId) };
  return {
    denial: {
      name: nameOf(block.name),
      message: messageOf(reading),
      ...(requestId !== null && { requestId }),
    },
    reading,
    operation,
    ofVaultCreation,
    principalArn,
    ...(userName !== null && { userName }),
    accountId:
      vault?.accountId ||
      parsePrincipalArn(principalArn ?? "")?.accountId ||
      key?.accountId ||
      detail(detailForms.account),
    region:
      [vault?.region, detail(detailForms.region), named?.region].find((one) => wholeRegion.test(one ?? "")) ?? null,
    backupVaultName: vaultNameOf(named?.resource) ?? (isOfOtherService(action) ? null : detail(detailForms.vault)),
    encryptionKeyArn,
    ...((isTrail || detailForms.account.some((form) => own.search(form) >= 0)) && { record }),
    ...(block.words === null && isTrail && { wordless: record }),
  };
}

function nameOf(name: string | null): string {
  return name !== null && denialNames.has(name) && name !== "AccessDenied" ? name : "AccessDeniedException";
}

/** An ARN without an account and a Region that are none: logs have stars where somebody hid them. */
function unmasked(arn: Arn | null): Arn | null {
  const told = (text: string, form: RegExp) => (form.test(text) ? text : "");
  return arn && { ...arn, accountId: told(arn.accountId, accountId), region: told(arn.region, wholeRegion) };
}

function vaultNameOf(resource: string | undefined): string | null {
  return /^backup-vault:([\w-]{1,50})$/.exec(resource ?? "")?.[1] ?? null;
}

/** Whether the text around a refusal names clients of services, and AWS Backup's is not among them. */
function isOfOtherClient(text: string): boolean {
  const named = clientForms.flatMap(({ form }) => [...text.matchAll(form)].map(([, service = ""]) => service));
  return named.length > 0 && !named.some((service) => backupClient.test(service));
}

/** Whether an action is of a service that has nothing to do with vaults: the vault's name beside it is another call's. */
function isOfOtherService(action: string | null): boolean {
  return action !== null && !/^(?:backup|backup-storage|kms|iam):/i.test(action);
}

/** Whether a record's encryption context is no vault's: each service has keys of its own, and none has a vault's. */
function isOfOtherContext(text: string): boolean {
  return trailContext.test(text) && !vaultContext.test(text);
}

/** Whether Terraform was about something else than a vault. */
function isOfOtherDoing(before: string): boolean {
  const last = [...before.matchAll(terraformSubjects)].at(-1)?.[1];
  return last !== undefined && !terraformVaultSubject.test(last);
}

/** Nothing names the operation, or AWS Backup forwarded it: it may have been the vault's creation where that needs it. */
function openness(action: string | null, operation: string | null): "open" | "no" {
  const known: readonly string[] = [...requiredActions, tagAction, "iam:CreateServiceLinkedRole"];
  const asked = action === null ? `:${operation}` : action.toLowerCase();
  const isKnown = known.some((one) => (action === null ? one.endsWith(asked) : one.toLowerCase() === asked));
  return isKnown || (action === null && operation === null) ? "open" : "no";
}

/** A value of the text around a refusal: the last before its words, else the first after them, else any in the text before. */
function valueNear(squeezed: Squeezed, block: Block, forms: readonly RegExp[]): string | null {
  for (const [from, to, which] of [
    [block.from, block.at, "last"],
    [block.at, block.to, "first"],
    [block.wide, block.from, "last"],
  ] as const) {
    const text = squeezed.text.slice(from, to);
    for (const form of forms) {
      const matches = [...text.matchAll(form)].filter(
        (match) => !isVariable(squeezed, from, match) && !cutOff.test(text.slice(match.indices?.[1]?.[1] ?? 0)),
      );
      const match = which === "last" ? matches.at(-1) : matches[0];
      // A key's ARN says itself where it ends.
      const whole = wholeResource.exec(match?.[1] ?? "")?.[0];
      const isKey = whole !== undefined && parseArn(whole)?.service === "kms";
      const value = match === undefined ? "" : isKey ? whole : valueIn(squeezed, from, match, form);
      if (match !== undefined && value !== "" && !isBegun(squeezed, from, match, value)) return value;
    }
  }
  return null;
}

/** No vault's name is longer. */
const longestName = 50;

/** Whether a value is only the beginning of what stands there, which is no name then: up to a blank within brackets, too. */
function isBegun(squeezed: Squeezed, from: number, match: RegExpExecArray, value: string): boolean {
  const { text, gaps: before } = squeezed;
  const [start = 0, last = 0] = match.indices?.[1] ?? [];
  const end = from + start + value.length;
  const mayGoOn = before[end] === gaps.none || (before[end] === gaps.wrap && value.length >= longestName);
  if (!mayGoOn) return (end < from + last && text[from + last] === ")") || isFollowedByRest(squeezed, end);
  // A form may say itself what ends its value.
  const isEnded = match.index + match[0].length > last || match[0].startsWith("/backup-vaults/");
  return !isEnded && /^(?:[\w'’`–—/@+=*~-]|\.\w)/.test(text.slice(end, end + 2));
}

/** An argument of a call in a program's own line, without quotes: the variable's name is not its value. */
function isVariable({ text, gaps: before }: Squeezed, from: number, match: RegExpExecArray): boolean {
  const [start, end] = match.indices?.[1] ?? [];
  if (start === undefined || end === undefined || text[from + start - 1] !== "=") return false;
  const isArgument = text[from + match.index - 1] === "(" || text[from + end] === ")";
  return isArgument && (before[from + start] ?? gaps.none) === gaps.none;
}
