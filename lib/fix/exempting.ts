import { callKind } from "../facts/actions.js";
import { endpointKeys } from "../facts/conditionKeys.js";
import { viaService } from "../facts/kms.js";
import type { PolicyLayer } from "../facts/layers.js";
import { type Fields, isFields } from "../policy/policyFields.js";
import { matchesText, textPattern } from "../policy/textPattern.js";
import { freeSid, single } from "./allowing.js";
import { literalText } from "./literalText.js";

/** A Deny that is to spare one caller's use of some actions, and nothing else. */
export interface Exempting {
  statement: Fields;
  layer: PolicyLayer;
  /** The policy applies to nobody but the caller. */
  isOwn: boolean;
  /** It is the document's only statement, which therefore has to stay. */
  isOnly: boolean;
  principalArn: string;
  callerArn: string;
  actions: readonly string[];
  region: string;
  vaultArn: string;
  sids: ReadonlySet<string>;
}

/** What stands in a Deny's place: null where nothing is left of it. */
export interface Exempted {
  statement: Fields | null;
  /** What still denies the caller, as before. */
  added: readonly Fields[];
}

type Conditions = Record<string, Fields>;

/**
 * A Deny split in two: one for all others, and one that goes on denying the caller everything but the actions that the
 * vault needs. Where actions are named by a wildcard, so that none can be taken out, their use through AWS Backup is
 * (kms:ViaService, aws:ViaAWSService), or the one vault.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html (aws:PrincipalArn instead)
 */
export function exempting(given: Exempting): Exempted {
  const rest = remainders(given);
  if (given.isOwn) {
    const [first = null, ...others] = rest;
    if (first === null && given.isOnly) return { statement: sparing(given), added: [] };
    return { statement: first, added: withSids(given, others) };
  }
  const named = withoutName(given);
  const others = named === undefined ? sparing(given) : named;
  if (others === null) {
    const [first = null, ...more] = rest;
    if (first === null && given.isOnly) return { statement: sparing(given), added: [] };
    return { statement: first, added: withSids(given, more) };
  }
  return {
    statement: others,
    added: withSids(
      given,
      rest.map((one) => onlyCaller(given, one, named !== undefined)),
    ),
  };
}

/** The Deny leaves out what AWS services forward, for everybody: the pattern of AWS for network perimeters. */
export function exemptingForwarded(statement: Fields): Fields {
  return { ...statement, Condition: added(conditionsOf(statement), "BoolIfExists", "aws:ViaAWSService", ["false"]) };
}

/** What of the Deny goes on for the caller: other actions, and the same ones where the vault does not need them. */
function remainders(given: Exempting): Fields[] {
  const { statement, actions, layer } = given;
  const { Action: named, NotAction: excepted, ...plain } = statement;
  if (excepted !== undefined) {
    const others = { ...statement, NotAction: single([...new Set([...texts(excepted), ...actions])]) };
    return [others, ...stillDenied(given, replaceKey(statement, "NotAction", "Action", single(actions)))];
  }
  const patterns = texts(named);
  if (patterns.includes("*") && layer !== "resource-control-policy") {
    const others = replaceKey(statement, "Action", "NotAction", single(actions));
    return [others, ...stillDenied(given, { ...statement, Action: single(actions) })];
  }
  const isOpen = (pattern: string) => covered(pattern, actions).length > 0;
  const kept = patterns.filter((pattern) => !isOpen(pattern));
  const rest: Fields[] = kept.length > 0 ? [{ ...statement, Action: single(kept) }] : [];
  const open = { ...plain, Action: single(patterns.filter(isOpen)) };
  return [...rest, ...stillDenied(given, { ...statement, ...open })];
}

function covered(pattern: string, actions: readonly string[]): string[] {
  return actions.filter((action) => matchesText(textPattern(pattern.toLowerCase()), action.toLowerCase()));
}

/** A Deny of actions that the vault needs, as far as it needs them not: one for each way in which they can be told apart. */
function stillDenied({ actions, region, vaultArn }: Exempting, statement: Fields): Fields[] {
  const patterns = texts(statement.Action);
  return (["kms", "storage", "own"] as const).flatMap((kind) => {
    const some = patterns.filter((pattern) => covered(pattern, actions).some((action) => callKind(action) === kind));
    const narrowable = some.filter((pattern) => /[*?]/.test(pattern) || isToldApart(pattern, kind));
    const narrowed =
      narrowable.length === 0 ? null : narrowedTo(kind, { ...statement, Action: single(narrowable) }, region, vaultArn);
    const others = some.filter((pattern) => !narrowable.includes(pattern));
    const elsewhere = others.length === 0 ? null : inOtherRegions({ ...statement, Action: single(others) }, region);
    return [narrowed, elsewhere].filter((one) => one !== null);
  });
}

/**
 * Whether the vault's use of one action differs from others: how kms:RetireGrant and MountCapsule are called is not
 * documented, and another service's action is not called on the vault.
 */
function isToldApart(action: string, kind: "kms" | "storage" | "own"): boolean {
  const lower = action.toLowerCase();
  return kind === "kms" ? lower !== "kms:retiregrant" : kind === "own" && lower.startsWith("backup:");
}

/** A Region lock goes on in the other Regions. */
function inOtherRegions(statement: Fields, region: string): Fields | null {
  const conditions = conditionsOf(statement);
  const [operator] =
    Object.entries(conditions).find(
      ([name, keys]) =>
        /^StringNot(Equals(IgnoreCase)?|Like)$/i.test(name) &&
        Object.keys(keys).some((key) => key.toLowerCase() === "aws:requestedregion"),
    ) ?? [];
  if (operator === undefined) return null;
  return { ...statement, Condition: added(conditions, operator, "aws:RequestedRegion", [region]) };
}

/** Still denied of what a wildcard names: what does not come through AWS Backup, or is about another vault. */
function narrowedTo(
  kind: "kms" | "storage" | "own",
  statement: Fields,
  region: string,
  vaultArn: string,
): Fields | null {
  const conditions = conditionsOf(statement);
  switch (kind) {
    case "kms":
      return { ...statement, Condition: added(conditions, "StringNotEquals", "kms:ViaService", [viaService(region)]) };
    case "storage":
      return isOnlyForwarded(conditions)
        ? null
        : { ...statement, Condition: added(conditions, "BoolIfExists", "aws:ViaAWSService", ["false"]) };
    case "own": {
      const { Resource: resource, NotResource: excepted } = statement;
      if (excepted !== undefined) {
        return { ...statement, NotResource: single([...new Set([...texts(excepted), vaultArn])]) };
      }
      if (texts(resource).includes("*")) return replaceKey(statement, "Resource", "NotResource", vaultArn);
      const others = texts(resource).filter(
        (pattern) => pattern.includes("${") || !matchesText(textPattern(pattern), vaultArn),
      );
      return others.length > 0 ? { ...statement, Resource: single(others) } : null;
    }
  }
}

function isOnlyForwarded(conditions: Conditions): boolean {
  return Object.entries(conditions).some(([, keys]) =>
    Object.entries(keys).some(
      ([key, value]) => key.toLowerCase() === "aws:viaawsservice" && texts(value).some((one) => one === "true"),
    ),
  );
}

/** Spares the caller by aws:PrincipalArn, which every request carries. */
function sparing({ statement, principalArn }: Exempting): Fields {
  return {
    ...statement,
    Condition: added(conditionsOf(statement), "ArnNotEquals", "aws:PrincipalArn", [literalText(principalArn)]),
  };
}

/** The same for the caller alone. */
function onlyCaller({ principalArn, callerArn }: Exempting, statement: Fields, isNamed: boolean): Fields {
  if (isNamed) {
    const names = texts((statement.Principal as Fields).AWS).filter(
      (name) => name === principalArn || name === callerArn,
    );
    return { ...statement, Principal: { AWS: single(names) } };
  }
  const conditions = conditionsOf(statement);
  const { ArnEquals: equal = {}, ...others } = conditions;
  const rest = Object.entries(equal).filter(([key]) => key.toLowerCase() !== "aws:principalarn");
  return {
    ...statement,
    Condition: { ...others, ArnEquals: { ...Object.fromEntries(rest), "aws:PrincipalArn": literalText(principalArn) } },
  };
}

/** Without the caller's name in Principal: null where it names no one else, undefined where it does not name the caller. */
function withoutName({ statement, principalArn, callerArn }: Exempting): Fields | null | undefined {
  const { Principal: principal } = statement;
  if (!isFields(principal)) return undefined;
  const { AWS: names, ...others } = principal;
  const list = texts(names);
  const rest = list.filter((name) => name !== principalArn && name !== callerArn);
  if (rest.length === list.length) return undefined;
  if (rest.length === 0 && Object.keys(others).length === 0) return null;
  return { ...statement, Principal: rest.length === 0 ? others : { ...others, AWS: single(rest) } };
}

function withSids({ sids }: Exempting, statements: readonly Fields[]): Fields[] {
  const taken = new Set(sids);
  return statements.map((statement) =>
    typeof statement.Sid === "string" ? { ...statement, Sid: freeSid(`${statement.Sid}Rest`, taken) } : statement,
  );
}

/** An element under another name, in its place. */
function replaceKey(statement: Fields, from: string, to: string, value: unknown): Fields {
  return Object.fromEntries(Object.entries(statement).map(([key, one]) => (key === from ? [to, value] : [key, one])));
}

/** The values join those that the same operator and key already have: a negated operator spares each of them. */
function added(condition: Conditions, operator: string, key: string, values: string[]): Conditions {
  const keys = condition[operator] ?? {};
  const spelt = Object.keys(keys).find((one) => one.toLowerCase() === key.toLowerCase()) ?? key;
  const all = [...new Set([...texts(keys[spelt]), ...values])];
  return { ...condition, [operator]: { ...keys, [spelt]: single(all) } };
}

function conditionsOf({ Condition: condition }: Fields): Conditions {
  return isFields(condition) ? (condition as Conditions) : {};
}

/** A text or list of texts as a list; what else stands there as it reads. */
function texts(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** What a Deny is there for, as its condition keys tell. */
export type Guard = "network perimeter" | "Region lock" | "MFA rule" | null;

/** A guardrail that is plainly meant, told by the condition keys of a Deny. */
export function guardOf(statement: Fields): Guard {
  const keys = Object.values(conditionsOf(statement)).flatMap((one) =>
    Object.keys(one).map((key) => key.toLowerCase()),
  );
  if (keys.some((key) => key === "aws:sourceip" || endpointKeys.has(key))) return "network perimeter";
  if (keys.includes("aws:requestedregion")) return "Region lock";
  return keys.some((key) => key.startsWith("aws:multifactorauth")) ? "MFA rule" : null;
}
