import { requiredActions, tagAction } from "../facts/actions.js";
import { parseArn, parsePrincipalArn } from "../facts/arn.js";
import {
  backupClient,
  clientForms,
  cutOff,
  detailForms,
  forwardedByBackup,
  messageOperations,
  operationForms,
  otherTypes,
  otherVaultCreations,
  terraformDoings,
  terraformSubjects,
  terraformVaultSubject,
  trailContext,
  trailRecord,
  vaultContext,
  vaultTypes,
} from "../facts/denials.js";
import type { Block } from "./blocksOf.js";
import type { DenialReading } from "./DenialReading.js";
import type { FoundDenial } from "./FoundDenial.js";
import { messageOf } from "./messageOf.js";
import { gaps, type Squeezed } from "./squeeze.js";

/** A tool names what it makes so near before its report of the refusal. */
const nearby = 200;

/** What a refusal's words and the text around them tell of it. */
export function describe(squeezed: Squeezed, block: Block): FoundDenial {
  const reading: DenialReading = block.words?.reading ?? { kind: "opaque" };
  const action = reading.kind === "action" ? reading.action : null;
  const named = reading.kind === "action" ? parseArn(reading.resource ?? "") : null;
  const operation = operationOf(squeezed, block, action);
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

  const detail = (forms: readonly RegExp[]) => valueNear(squeezed, block, forms);
  const vault = named?.service === "backup" ? named : null;
  const key = named?.service === "kms" ? named : null;
  const principalArn = (reading.kind === "action" ? reading.user : null) ?? detail(detailForms.principal);
  const userName = principalArn === null ? detail(detailForms.userName) : null;
  const encryptionKeyArn = key !== null && reading.kind === "action" ? reading.resource : detail(detailForms.key);
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
    region: vault?.region || detail(detailForms.region) || named?.region || null,
    backupVaultName: vaultNameOf(named?.resource) ?? detail(detailForms.vault),
    encryptionKeyArn,
    ...((isTrail || detailForms.account.some((form) => own.search(form) >= 0)) && { record }),
    ...(block.words === null && isTrail && { wordless: record }),
  };
}

function nameOf(name: string | null): string {
  return name === null || /^AccessDenied$/i.test(name) ? "AccessDeniedException" : name;
}

function vaultNameOf(resource: string | undefined): string | null {
  return /^backup-vault:([\w-]{1,50})$/.exec(resource ?? "")?.[1] ?? null;
}

/** Whether the text around a refusal names clients of services, and AWS Backup's is not among them. */
function isOfOtherClient(text: string): boolean {
  const named = clientForms.flatMap(({ form }) => [...text.matchAll(form)].map(([, service = ""]) => service));
  return named.length > 0 && !named.some((service) => backupClient.test(service));
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

/** The operation, by AWS's words, else by the tool's before them, else by the tool's after them. */
function operationOf(squeezed: Squeezed, block: Block, action: string | null): string | null {
  const [service = "", verb = ""] = action?.split(":") ?? [];
  const before = squeezed.text.slice(block.from, block.at);
  const after = squeezed.text.slice(block.at, block.to);
  const tools =
    toolOperation(squeezed, block.from, before, "last") ?? toolOperation(squeezed, block.at, after, "first");
  if (block.words?.nameVaultCreation === true || /^backup-storage$/i.test(service)) {
    return tools !== null && otherVaultCreations.has(tools) ? tools : "CreateBackupVault";
  }
  // Other actions are asked of a caller within another operation, too.
  if (action !== null && !/^(?:kms|iam)$/i.test(service) && action.toLowerCase() !== tagAction.toLowerCase()) {
    return spelled(verb);
  }
  const making = vaultTypes.find(({ type }) => type.test(before + after))?.making;
  if (making === undefined) return tools;
  if (making === null) return tools ?? "CreateBackupVault";
  if (making.test(before)) return "CreateBackupVault";
  if (/DELETE_FAILED|DeleteResource/.test(before)) return "DeleteBackupVault";
  return tools ?? (/UPDATE_FAILED|UpdateResource/.test(before) ? "UpdateResource" : null);
}

/** An action's verb is an operation's name but for the letters' case. */
function spelled(verb: string): string {
  return verb.toLowerCase() === "createbackupvault" ? "CreateBackupVault" : verb;
}

function toolOperation(squeezed: Squeezed, from: number, text: string, which: "first" | "last"): string | null {
  let found: { at: number; operation: string } | null = null;
  const consider = (at: number, operation: string) => {
    if (operation === "") return;
    if (found === null || (which === "last" ? at > found.at : at < found.at)) found = { at, operation };
  };
  for (const { form } of operationForms) {
    for (const match of text.matchAll(form)) {
      const value = valueIn(squeezed, from, match, form);
      // The clients for Java and .NET have each operation twice; Ruby's names are in small letters.
      const name = value.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()).replace(/Async$/, "");
      consider(match.index, name.charAt(0).toUpperCase() + name.slice(1));
    }
  }
  const small = text.toLowerCase();
  for (const [phrase, operation] of [...terraformDoings, ...messageOperations]) {
    const at = which === "last" ? small.lastIndexOf(phrase) : small.indexOf(phrase);
    if (at >= 0 && !terraformDoings.some(([longer]) => longer.length > phrase.length && small.startsWith(longer, at))) {
      consider(at, operation);
    }
  }
  return (found as { operation: string } | null)?.operation ?? null;
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
      const value = match === undefined ? "" : valueIn(squeezed, from, match, form);
      if (value !== "") return value;
    }
  }
  return null;
}

/** An argument of a call in a program's own line, without quotes: the variable's name is not its value. */
function isVariable({ text, gaps: before }: Squeezed, from: number, match: RegExpExecArray): boolean {
  const [start, end] = match.indices?.[1] ?? [];
  if (start === undefined || end === undefined || text[from + start - 1] !== "=") return false;
  const isArgument = text[from + match.index - 1] === "(" || text[from + end] === ")";
  return isArgument && (before[from + start] ?? gaps.none) === gaps.none;
}

/** What a form found, as far as nothing parts it: the end of a line does where the form takes what stands before it for all. */
function valueIn({ text, gaps: before }: Squeezed, from: number, match: RegExpExecArray, form: RegExp): string {
  const [start = 0, end = 0] = match.indices?.[1] ?? [];
  const isWhole = (to: number) => text.slice(from + match.index, to).replace(form, "") === "";
  for (let at = from + start + 1; at < from + end; at += 1) {
    const gap = before[at] ?? gaps.none;
    if (gap === gaps.none || gap === gaps.wrap || (gap === gaps.line && !isWhole(at))) continue;
    return text.slice(from + start, at);
  }
  return text.slice(from + start, from + end);
}
