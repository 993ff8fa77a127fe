import { inWords } from "../diagnosis/phrases.js";
import { callKind, requiredActions, tagAction } from "../facts/actions.js";
import { parseArn, parsePrincipalArn } from "../facts/arn.js";
import { callKeys, endpointKeys, timeKeys } from "../facts/conditionKeys.js";
import { type PolicyLayer, principalLayers } from "../facts/layers.js";
import type { ContextLookup } from "../policy/ContextKeyState.js";
import { matchStatements } from "../policy/matchStatements.js";
import type { ParsedPolicy } from "../policy/ParsedPolicy.js";
import { parsePrincipalName } from "../policy/parsePrincipalName.js";
import { parsedPolicy } from "../policy/policyMemory.js";
import type { RequestPrincipal } from "../policy/RequestPrincipal.js";
import { type Called, type Gain, gainTexts } from "./gainTexts.js";
import type { Patient } from "./Patient.js";
import { patternExample, spelt } from "./patternExample.js";
import { vaultsLike } from "./vaultsLike.js";

/** One who might gain, one call that might be gained. */
interface Gainer {
  told: string;
  principal: RequestPrincipal;
  isCaller: boolean;
}

/** Statements by their index in the old and in the new document. */
export interface Besides {
  before: ReadonlySet<number>;
  after: ReadonlySet<number>;
}

/** What stands for all the actions that nobody named. */
const others = ["kms:Encrypt", "kms:ScheduleKeyDeletion", "backup:DeleteBackupVault", "iam:CreateUser", "s3:GetObject"];
const mostNamedActions = 12;
const mostNamedPrincipals = 3;

/**
 * What a changed document allows, or no longer denies, beside what it was changed for: worked out by asking the old and
 * the new one about the principals, actions and resources that the documents name, and about ones that stand for all
 * others.
 *
 * @param about.asked the actions that the caller is to gain
 * @param about.isShared others than the caller are under the policy
 * @param about.besides statements that are not to be heard
 */
export function widensOf(
  patient: Patient,
  layer: PolicyLayer,
  document: { before: string | null; after: string },
  { asked, isShared, besides }: { asked: readonly string[]; isShared: boolean; besides: Besides },
): string[] {
  const needsPrincipal = principalLayers.has(layer);
  const parsed = (text: string, unheard: ReadonlySet<number>): ParsedPolicy => {
    const policy = parsedPolicy(text, needsPrincipal);
    if (unheard.size === 0) return policy;
    return { ...policy, statements: policy.statements.filter(({ index }) => !unheard.has(index)), naming: new Map() };
  };
  const before = parsed(document.before ?? '{"Statement":[]}', besides.before);
  const after = parsed(document.after, besides.after);
  const gainedBy = (gainer: Gainer, call: Called): Gain[] => {
    if (gainer.isCaller && isAskedFor(call, asked)) return [];
    const was = said(patient, before, gainer, call);
    const is = said(patient, after, gainer, call);
    const isGain = is.denied !== "true" && (lessThan(is.denied, was.denied) || lessThan(was.allowed, is.allowed));
    const isOpen = was.denied === "unknown" || is.denied === "unknown" || is.allowed === "unknown";
    return isGain ? [{ ...call, isOpen }] : [];
  };
  const calls = callsOf(patient, [before, after], layer).map((call) => ({
    ...call,
    told: spelt(call.told, `${document.before ?? ""}${document.after}`),
  }));
  const byText = new Map<string, string[]>();
  for (const gainer of gainersOf(patient, [before, after], layer, isShared)) {
    for (const text of gainTexts(calls.flatMap((call) => gainedBy(gainer, call)))) {
      byText.set(text, [...(byText.get(text) ?? []), gainer.told]);
    }
  }
  return [...byText].map(([text, who]) => `${inWords(who)}: ${text}`);
}

/** The very calls that the vault needs, those to KMS as AWS Backup makes them. */
function isAskedFor({ action, where, how }: Called, asked: readonly string[]): boolean {
  if (!asked.includes(action) || where.startsWith("other ")) return false;
  return callKind(action) !== "kms" || how === "forwarded";
}

/** Whether a document denies a call, and whether it allows it. */
interface Said {
  denied: Truth;
  allowed: Truth;
}

const truths = ["false", "unknown", "true"] as const;
type Truth = (typeof truths)[number];

function lessThan(one: Truth, other: Truth): boolean {
  return truths.indexOf(one) < truths.indexOf(other);
}

function said({ inquiry }: Patient, parsed: ParsedPolicy, { principal, isCaller }: Gainer, call: Called): Said {
  const matches = matchStatements(parsed, {
    action: call.action,
    resource: call.resource,
    principal,
    principalHasBoundary: isCaller ? inquiry.principalHasBoundary : "unknown",
    lookup: isCaller ? call.lookup : lookupFor(principal, elsewhere(call.lookup)),
  });
  const says = (wanted: "Allow" | "Deny"): Truth => {
    const some = matches.filter(({ effect }) => effect === wanted);
    return some.length === 0 ? "false" : some.some(({ truth }) => truth === "true") ? "true" : "unknown";
  };
  return { denied: says("Deny"), allowed: says("Allow") };
}

/** Of other calls it is not known from where, when, how and with which tags they are made. */
function elsewhere(lookup: ContextLookup): ContextLookup {
  return (key) => {
    const lower = key.toLowerCase();
    if (!endpointKeys.has(lower) && !timeKeys.has(lower) && !callKeys.test(lower)) return lookup(key);
    return { name: key, state: { kind: "unknown", multiValued: lower === "aws:tagkeys" } };
  };
}

/** Of another principal only its ARN and account are known. */
function lookupFor({ arn, roleArn, accountId }: RequestPrincipal, lookup: ContextLookup): ContextLookup {
  return (key) => {
    const lower = key.toLowerCase();
    const text = (value: string) => ({ name: key, state: { kind: "value", value } as const });
    if (lower === "aws:principalarn") return text(roleArn ?? arn);
    if (lower === "aws:principalaccount" || lower === "kms:calleraccount") return text(accountId);
    if (lower !== "aws:principalisawsservice" && /^aws:(principal|userid|username)/.test(lower)) {
      return { name: key, state: { kind: "unknown", multiValued: false } };
    }
    return lookup(key);
  };
}

function gainersOf(
  { inquiry }: Patient,
  documents: readonly ParsedPolicy[],
  layer: PolicyLayer,
  isShared: boolean,
): Gainer[] {
  const { caller, request, key } = inquiry;
  const self: Gainer = { told: caller.told, principal: caller.principal, isCaller: true };
  if (!isShared) return [self];
  const named = new Set<string>();
  for (const { statements } of documents) {
    for (const { principal, conditions } of statements) {
      for (const { arn, name } of principal?.names ?? []) if (arn !== null && arn.kind !== "root") named.add(name);
      for (const { key: one, values } of conditions) {
        if (one.toLowerCase() !== "aws:principalarn") continue;
        for (const value of values) if (!/[*?]/.test(value) && parsePrincipalArn(value) !== null) named.add(value);
      }
    }
  }
  if (layer === "identity-policy" && caller.principal.issuerArn) named.add(caller.principal.issuerArn);
  named.delete(caller.principal.arn);
  named.delete(caller.principal.roleArn ?? "");
  const stranger = (account: string) => `arn:${request.partition}:iam::${account}:role/AnybodyElse`;
  const elsewhere = key.accountId === request.accountId || !principalLayers.has(layer) ? [] : [key.accountId];
  const candidates: [string, string][] = [
    ...[...named].slice(0, mostNamedPrincipals).map((arn): [string, string] => [arn, arn]),
    [`other principals of account ${request.accountId}`, stranger(request.accountId)],
    ...elsewhere.map((account): [string, string] => [`principals of account ${account}`, stranger(account)]),
    ...(layer === "identity-policy" || layer === "permissions-boundary"
      ? []
      : [["principals of other accounts", stranger("000000000000")] as [string, string]]),
  ];
  return [
    self,
    ...candidates.flatMap(([told, arn]): Gainer[] => {
      const principal = parsePrincipalName(arn);
      return principal === null ? [] : [{ told, principal, isCaller: false }];
    }),
  ];
}

function callsOf(patient: Patient, documents: readonly ParsedPolicy[], layer: PolicyLayer): Called[] {
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
    (action) => !ofKeys || (callKind(action) === "kms" && !isBeyond(layer, action)),
  );
  return actions.flatMap((action) => {
    const kind = callKind(action);
    const asked = inquiry.questions.find((one) => one.action === action);
    const forwarded =
      kind === "kms" ? (asked ?? inquiry.questions.find((one) => one.kind === "kms") ?? storage) : storage;
    const contexts: Pick<Called, "how" | "lookup">[] = [
      { how: "own", lookup: own.context },
      { how: "forwarded", lookup: forwarded.context },
      { how: "own", lookup: elsewhere(own.context) },
      { how: "forwarded", lookup: elsewhere(forwarded.context) },
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
