import { callKind, requiredActions, tagAction } from "../facts/actions.js";
import { parseArn } from "../facts/arn.js";
import type { PolicyLayer } from "../facts/layers.js";
import type { ParsedPolicy } from "../policy/ParsedPolicy.js";
import type { Called } from "./gainTexts.js";
import type { Patient } from "./Patient.js";
import { patternExample } from "./patternExample.js";
import { vaultsLike } from "./vaultsLike.js";

/** What stands for all the actions that nobody named. */
const others = ["kms:Encrypt", "kms:ScheduleKeyDeletion", "backup:DeleteBackupVault", "iam:CreateUser", "s3:GetObject"];
const mostNamedActions = 12;

/**
 * The calls that might be gained by a changed document: the actions that the documents name and some that stand for all
 * others, on the vault and the key and on others, made by the caller and forwarded by a service.
 *
 * @param isOpen whether a change is about an action at all
 */
export function callsOf(
  patient: Patient,
  documents: readonly ParsedPolicy[],
  layer: PolicyLayer,
  isOpen: (action: string) => boolean,
): Called[] {
  const { inquiry } = patient;
  const [own, storage] = inquiry.questions;
  if (own === undefined || storage === undefined) return [];
  const named = new Set<string>();
  // Of a pattern: an action that nobody named but it.
  const patterns = new Map<string, string>();
  for (const { statements } of documents) {
    for (const { action } of statements) {
      for (const { text } of action.patterns) {
        if (!/[*?]/.test(text) && text.includes(":")) named.add(text);
        if (/^[\w-]+:.*[*?]/.test(text) && patterns.size < mostNamedActions) patterns.set(patternExample(text), text);
      }
    }
  }
  const known = new Set<string>([...requiredActions, tagAction].map((action) => action.toLowerCase()));
  const more = [...named].filter((action) => !known.has(action)).slice(0, mostNamedActions);
  const ofKeys = layer === "key-policy" || layer === "resource-control-policy";
  const actions = [...requiredActions, tagAction, ...others, ...more, ...patterns.keys()].filter(
    (action) => (!ofKeys || (callKind(action) === "kms" && !isBeyond(layer, action))) && isOpen(action),
  );
  return actions.flatMap((action) => {
    const kind = callKind(action);
    const asked = inquiry.questions.find((one) => one.action === action);
    const forwarded =
      kind === "kms" ? (asked ?? inquiry.questions.find((one) => one.kind === "kms") ?? storage) : storage;
    const contexts: Pick<Called, "how" | "lookup">[] = [
      { how: "own", lookup: own.context },
      { how: "forwarded", lookup: forwarded.context },
    ];
    const pattern = patterns.get(action);
    const told = pattern === undefined ? action : `other actions of ${pattern}`;
    return resourcesOf(patient, documents, action, ofKeys).flatMap(([resource, where]) =>
      contexts.map((context) => ({ action, told, resource, where, ...context })),
    );
  });
}

/** Resource control policies do not touch it (aws-behaviour, rcp-exempt). */
function isBeyond(layer: PolicyLayer, action: string): boolean {
  return layer === "resource-control-policy" && action.toLowerCase() === "kms:retiregrant";
}

function resourcesOf(
  { inquiry }: Patient,
  documents: readonly ParsedPolicy[],
  action: string,
  ofKeys: boolean,
): [string, string][] {
  const { request, key } = inquiry;
  const ownVault = inquiry.questions[0]?.resource;
  if (callKind(action) === "kms") {
    const other = `arn:${request.partition}:kms:${request.region}:${key.accountId}:key/00000000-0000-4000-8000-000000000000`;
    const known: [string, string] = [key.arn ?? other, "the key"];
    return ofKeys ? [known] : [known, [other, "other keys"]];
  }
  if (action.toLowerCase().startsWith("backup:") && typeof ownVault === "string") {
    const parsed = parseArn(ownVault);
    const other = ownVault.replace(/[^:]*$/, "any-other-vault");
    return parsed === null
      ? []
      : [[ownVault, "the vault"], [other, "other vaults"], ...vaultsLike(documents, ownVault)];
  }
  return [["*", ""]];
}
