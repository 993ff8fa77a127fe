import { inWords } from "../diagnosis/phrases.js";
import { callKind } from "../facts/actions.js";
import { type PolicyLayer, principalLayers } from "../facts/layers.js";
import type { ContextLookup } from "../policy/ContextKeyState.js";
import type { EvaluationRequest } from "../policy/EvaluationRequest.js";
import { matchStatements, statementsNaming } from "../policy/matchStatements.js";
import type { ParsedPolicy, ParsedStatement } from "../policy/ParsedPolicy.js";
import { parsedPolicy } from "../policy/policyMemory.js";
import type { RequestPrincipal } from "../policy/RequestPrincipal.js";
import type { Truth } from "../policy/Truth.js";
import { callsOf } from "./callsOf.js";
import { elsewhere, isOfCall } from "./elsewhere.js";
import { type Gainer, gainersOf } from "./gainersOf.js";
import { type Called, type Gain, gainTexts } from "./gainTexts.js";
import type { Patient } from "./Patient.js";
import { spelt } from "./patternExample.js";

/** Statements of the old and of the new document, by their index. */
export interface Statements {
  before: (index: number) => boolean;
  after: (index: number) => boolean;
}

/**
 * What a changed document allows, or no longer denies, beside what it was changed for: worked out by asking the old and
 * the new one about the principals, actions and resources that the documents name, and about ones that stand for all
 * others. Only what the statements say that the change touches can be a gain.
 *
 * @param about.asked the actions that the caller is to gain
 * @param about.isShared others than the caller are under the policy
 * @param about.changed the statements that the change takes away, and those that it brings
 * @param about.unheard statements that are not to be heard
 */
export function widensOf(
  patient: Patient,
  layer: PolicyLayer,
  document: { before: string | null; after: string },
  about: { asked: readonly string[]; isShared: boolean; changed: Statements; unheard: Statements },
): string[] {
  const { asked, isShared, changed, unheard } = about;
  const needsPrincipal = principalLayers.has(layer);
  const [before, after] = [
    parsedPolicy(document.before ?? '{"Statement":[]}', needsPrincipal),
    parsedPolicy(document.after, needsPrincipal),
  ];
  const heard = {
    lost: some(before, ({ index }) => changed.before(index) && !unheard.before(index)),
    won: some(after, ({ index }) => changed.after(index) && !unheard.after(index)),
    kept: some(after, ({ index }) => !changed.after(index) && !unheard.after(index)),
  };
  const isOpen = (action: string) =>
    statementsNaming(heard.lost, action).some(({ effect }) => effect === "Deny") ||
    statementsNaming(heard.won, action).some(({ effect }) => effect === "Allow");
  const gained = (gainer: Gainer, call: Called, lookup: ContextLookup): Gain[] => {
    const request = requestOf(patient, gainer, call, lookup);
    const [lost, won] = [said(heard.lost, request), said(heard.won, request)];
    if (won.denied === "true" || (lost.denied === "false" && won.allowed === "false")) return [];
    const kept = said(heard.kept, request);
    const [was, is] = [either(kept, lost), either(kept, won)];
    const isGain = is.denied !== "true" && (lessThan(is.denied, was.denied) || lessThan(was.allowed, is.allowed));
    const isUnsure = was.denied === "unknown" || is.denied === "unknown" || is.allowed === "unknown";
    return isGain ? [{ ...call, isOpen: isUnsure }] : [];
  };
  const gainedBy = (gainer: Gainer, call: Called): Gain[] => {
    if (!gainer.isCaller) return gained(gainer, call, lookupFor(gainer.principal, elsewhere(call.lookup)));
    if (isAskedFor(call, asked)) return [];
    let hangsOnCall = false;
    const here = gained(gainer, call, (key) => {
      hangsOnCall ||= isOfCall(key);
      return call.lookup(key);
    });
    return hangsOnCall ? [...here, ...gained(gainer, call, elsewhere(call.lookup))] : here;
  };
  const calls = callsOf(patient, [before, after], layer, isOpen);
  if (calls.length === 0) return [];
  const texts = `${document.before ?? ""}${document.after}`;
  const byText = new Map<string, string[]>();
  for (const gainer of gainersOf(patient, [before, after], layer, isShared)) {
    const gains = calls.flatMap((call) => gainedBy(gainer, call));
    for (const text of gainTexts(gains.map((gain) => ({ ...gain, told: spelt(gain.told, texts) })))) {
      byText.set(text, [...(byText.get(text) ?? []), gainer.told]);
    }
  }
  return [...byText].map(([text, who]) => `${inWords(who)}: ${text}`);
}

/** Some statements of a policy, as one of their own. */
function some(policy: ParsedPolicy, isOne: (statement: ParsedStatement) => boolean): ParsedPolicy {
  return { ...policy, statements: policy.statements.filter(isOne), naming: new Map() };
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

function lessThan(one: Truth, other: Truth): boolean {
  return one === "false" ? other !== "false" : one === "unknown" && other === "true";
}

/** What two parts of a document say together. */
function either(one: Said, other: Said): Said {
  const more = (part: keyof Said) => (lessThan(one[part], other[part]) ? other[part] : one[part]);
  return { denied: more("denied"), allowed: more("allowed") };
}

function requestOf(
  { inquiry }: Patient,
  { principal, isCaller }: Gainer,
  { action, resource }: Called,
  lookup: ContextLookup,
): EvaluationRequest {
  const principalHasBoundary = isCaller ? inquiry.principalHasBoundary : "unknown";
  return { action, resource, principal, principalHasBoundary, lookup };
}

function said(policy: ParsedPolicy, request: EvaluationRequest): Said {
  let denied: Truth = "false";
  let allowed: Truth = "false";
  for (const { effect, truth } of matchStatements(policy, request)) {
    if (effect === "Deny") denied = lessThan(denied, truth) ? truth : denied;
    else allowed = lessThan(allowed, truth) ? truth : allowed;
  }
  return { denied, allowed };
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
