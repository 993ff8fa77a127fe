import { parsePrincipalArn } from "../facts/arn.js";
import type { PolicyLayer } from "../facts/layers.js";
import { type Fields, isFields } from "../policy/policyFields.js";
import { freeSid, single } from "./allowing.js";
import { covered } from "./covered.js";
import { added, conditionsOf, elementTexts, replaceKey } from "./denyFields.js";
import { literalText } from "./literalText.js";
import { stillDenied } from "./stillDenied.js";

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
  keyArn: string | null;
  sids: ReadonlySet<string>;
}

/** What stands in a Deny's place: null where nothing is left of it. */
export interface Exempted {
  statement: Fields | null;
  /** What still denies the caller, as before. */
  added: readonly Fields[];
}

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
    const others = { ...statement, NotAction: single([...new Set([...elementTexts(excepted), ...actions])]) };
    return [others, ...stillDenied(given, replaceKey(statement, "NotAction", "Action", single(actions)))];
  }
  const patterns = elementTexts(named);
  if (patterns.some((pattern) => /^\*+(:\*+)?$/.test(pattern)) && layer !== "resource-control-policy") {
    const others = replaceKey(statement, "Action", "NotAction", single(actions));
    return [others, ...stillDenied(given, { ...statement, Action: single(actions) })];
  }
  const isOpen = (pattern: string) => covered(pattern, actions).length > 0;
  const kept = patterns.filter((pattern) => !isOpen(pattern));
  const rest: Fields[] = kept.length > 0 ? [{ ...statement, Action: single(kept) }] : [];
  const open = { ...plain, Action: single(patterns.filter(isOpen)) };
  return [...rest, ...stillDenied(given, { ...statement, ...open })];
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
    const names = elementTexts((statement.Principal as Fields).AWS).filter(
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

/** A name that may mean the caller as well: an account, everybody, a unique ID. */
function mayBeAnyone(name: string): boolean {
  const principal = parsePrincipalArn(name);
  return principal === null || principal.kind === "root";
}

/**
 * Without the caller's name in Principal: null where it names no one else, undefined where it does not name the caller, or
 * another name may mean the caller, too.
 */
function withoutName({ statement, principalArn, callerArn }: Exempting): Fields | null | undefined {
  const { Principal: principal } = statement;
  if (!isFields(principal)) return undefined;
  const { AWS: names, ...others } = principal;
  const list = elementTexts(names);
  // Of root the name means its whole account.
  if (parsePrincipalArn(principalArn)?.kind === "root") return undefined;
  const rest = list.filter((name) => name !== principalArn && name !== callerArn);
  if (rest.length === list.length || rest.some(mayBeAnyone)) return undefined;
  if (rest.length === 0 && Object.keys(others).length === 0) return null;
  return { ...statement, Principal: rest.length === 0 ? others : { ...others, AWS: single(rest) } };
}

function withSids({ sids }: Exempting, statements: readonly Fields[]): Fields[] {
  const taken = new Set(sids);
  return statements.map((statement) =>
    typeof statement.Sid === "string" ? { ...statement, Sid: freeSid(`${statement.Sid}Rest`, taken) } : statement,
  );
}
