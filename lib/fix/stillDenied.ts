import { callKind } from "../facts/actions.js";
import { parseArn, vaultArn as vaultArnIn } from "../facts/arn.js";
import { viaService } from "../facts/kms.js";
import type { Fields } from "../policy/policyFields.js";
import { matchesText, textPattern } from "../policy/textPattern.js";
import { single } from "./allowing.js";
import { added, type Conditions, conditionsOf, elementTexts, replaceKey } from "./denyFields.js";

/** What the vault needs. */
export interface Needed {
  actions: readonly string[];
  region: string;
  vaultArn: string;
}

/** The actions that a pattern of a statement means. */
export function covered(pattern: string, actions: readonly string[]): string[] {
  return actions.filter((action) => matchesText(textPattern(pattern.toLowerCase()), action.toLowerCase()));
}

/** A Deny of actions that the vault needs, as far as it needs them not: one for each way in which they can be told apart. */
export function stillDenied({ actions, region, vaultArn }: Needed, statement: Fields): Fields[] {
  const kindsOf = (pattern: string) => new Set(covered(pattern, actions).map(callKind));
  // What one pattern names of several services cannot be told apart by one condition.
  const patterns = elementTexts(statement.Action).flatMap((pattern) =>
    kindsOf(pattern).size > 1 ? covered(pattern, actions) : [pattern],
  );
  const given = { actions, region, vaultArn };
  return (["kms", "storage", "own"] as const).flatMap((kind) => {
    const some = patterns.filter((pattern) => covered(pattern, actions).some((action) => callKind(action) === kind));
    const narrowable = some.filter((pattern) => /[*?]/.test(pattern) || isToldApart(pattern, kind));
    const narrowed =
      narrowable.length === 0 ? [] : narrowedTo(kind, { ...statement, Action: single(narrowable) }, given);
    const others = some.filter((pattern) => !narrowable.includes(pattern));
    const elsewhere = others.length === 0 ? null : inOtherRegions({ ...statement, Action: single(others) }, region);
    return elsewhere === null ? narrowed : [...narrowed, elsewhere];
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
  const locks = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys)
      .filter(([key]) => key.toLowerCase() === "aws:requestedregion")
      .map(([, values]) => ({ operator, values: elementTexts(values) })),
  );
  if (locks.length === 0) return null;
  if (locks.some(({ operator, values }) => isOnly(operator, values, region))) return null;
  const operator = locks.find((lock) => sparingOperator.test(lock.operator))?.operator ?? "StringNotEquals";
  return { ...statement, Condition: added(conditions, operator, "aws:RequestedRegion", [region]) };
}

/** Operators of which one value more is one Region more that is spared. */
const sparingOperator = /^(ForA(ll|ny)Values:)?StringNot(Equals(IgnoreCase)?|Like)(IfExists)?$/i;

/** Whether nothing but the one Region is denied. */
function isOnly(operator: string, values: readonly string[], region: string): boolean {
  return /^(ForAnyValue:)?String(Equals(IgnoreCase)?|Like)$/i.test(operator) && values.every((one) => one === region);
}

/** Still denied of what a wildcard names: what does not come through AWS Backup, or is about another vault. */
function narrowedTo(kind: "kms" | "storage" | "own", statement: Fields, needed: Needed): Fields[] {
  const conditions = conditionsOf(statement);
  switch (kind) {
    case "kms": {
      const via = viaService(needed.region);
      return [{ ...statement, Condition: added(conditions, "StringNotEquals", "kms:ViaService", [via]) }];
    }
    case "storage":
      return isOnlyForwarded(conditions)
        ? []
        : [{ ...statement, Condition: added(conditions, "BoolIfExists", "aws:ViaAWSService", ["false"]) }];
    case "own": {
      const { Resource: resource, NotResource: excepted } = statement;
      if (excepted !== undefined) {
        return [{ ...statement, NotResource: single([...new Set([...elementTexts(excepted), needed.vaultArn])]) }];
      }
      if (elementTexts(resource).includes("*"))
        return [replaceKey(statement, "Resource", "NotResource", needed.vaultArn)];
      return onOtherVaults(statement, needed);
    }
  }
}

/**
 * Patterns of vaults but the one: those that do not match it, and, where one of them matches every vault, the creation of
 * all others. Other actions of the service go on where all of them are named.
 */
function onOtherVaults(statement: Fields, { actions, region, vaultArn }: Needed): Fields[] {
  const all = elementTexts(statement.Resource);
  const isOpen = (pattern: string) => !pattern.includes("${") && matchesText(textPattern(pattern), vaultArn);
  const others = all.filter((pattern) => !isOpen(pattern));
  const patterns = elementTexts(statement.Action);
  const needed = [...new Set(patterns.flatMap((pattern) => covered(pattern, actions)))];
  const rest: Fields[] = others.length > 0 ? [{ ...statement, Resource: single(others) }] : [];
  const isWhole = patterns.some((pattern) => /^backup:\*+$/i.test(pattern));
  if (isWhole && all.every((pattern) => parseArn(pattern)?.service === "backup")) {
    rest.push(replaceKey(statement, "Action", "NotAction", single(needed)));
  }
  const creation = needed.filter((action) => action === "backup:CreateBackupVault");
  const own = parseArn(vaultArn);
  if (own === null || creation.length === 0) return rest;
  const covers = (arn: string) => all.some((pattern) => matchesText(textPattern(pattern), arn));
  if (!covers(vaultArnIn(own, "any-vault"))) return rest;
  const but = { ...replaceKey(statement, "Resource", "NotResource", vaultArn), Action: single(creation) };
  const conditions = conditionsOf(statement);
  if (covers(vaultArnIn({ ...own, region: "any-region" }, "any-vault"))) return [...rest, but];
  // The Region of the ARN is that of the call.
  if (Object.values(conditions.StringEquals ?? {}).length > 0) return rest;
  return [...rest, { ...but, Condition: added(conditions, "StringEquals", "aws:RequestedRegion", [region]) }];
}

function isOnlyForwarded(conditions: Conditions): boolean {
  return Object.entries(conditions).some(([, keys]) =>
    Object.entries(keys).some(
      ([key, value]) => key.toLowerCase() === "aws:viaawsservice" && elementTexts(value).some((one) => one === "true"),
    ),
  );
}
