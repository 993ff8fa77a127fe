import { callKind } from "../facts/actions.js";
import { parseArn } from "../facts/arn.js";
import { viaService } from "../facts/kms.js";
import type { Fields } from "../policy/policyFields.js";
import { matchesText, textPattern } from "../policy/textPattern.js";
import { single } from "./allowing.js";
import type { Conditions } from "./Conditions.js";
import { covered } from "./covered.js";
import { added, conditionsOf, elementTexts, replaceKey } from "./denyFields.js";
import type { Needed } from "./Needed.js";
import { onOtherVaults } from "./onOtherVaults.js";

/** A Deny of actions that the vault needs, as far as it needs them not: one for each way in which they can be told apart. */
export function stillDenied(needed: Needed, statement: Fields): Fields[] {
  const { actions, region } = needed;
  const kindsOf = (pattern: string) => new Set(covered(pattern, actions).map(callKind));
  // What one pattern names of several services cannot be told apart by one condition.
  const patterns = elementTexts(statement.Action).flatMap((pattern) =>
    kindsOf(pattern).size > 1 ? covered(pattern, actions) : [pattern],
  );
  return (["kms", "storage", "own"] as const).flatMap((kind) => {
    const some = patterns.filter((pattern) => covered(pattern, actions).some((action) => callKind(action) === kind));
    const narrowable = some.filter((pattern) => /[*?]/.test(pattern) || isToldApart(pattern, kind));
    const narrowed =
      narrowable.length === 0 ? [] : narrowedTo(kind, { ...statement, Action: single(narrowable) }, needed);
    const keys = kind === "kms" && some.length > 0 ? onOtherKeys({ ...statement, Action: single(some) }, needed) : null;
    if (keys !== null) return [...narrowed, keys];
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

/** All keys but the one; null where that cannot be said without denying more than before. */
function onOtherKeys(statement: Fields, { actions, keyArn }: Needed): Fields | null {
  const { Resource: resource, NotResource: excepted } = statement;
  if (keyArn === null) return null;
  if (excepted !== undefined) {
    return { ...statement, NotResource: single([...new Set([...elementTexts(excepted), keyArn])]) };
  }
  const others = replaceKey(statement, "Resource", "NotResource", keyArn);
  if (elementTexts(resource).includes("*")) return others;
  const { partition = "aws" } = parseArn(keyArn) ?? {};
  const anyKey = `arn:${partition}:kms:any-region:000000000000:key/any-key`;
  if (!elementTexts(resource).some((pattern) => matchesText(textPattern(pattern), anyKey))) return null;
  // What else the patterns of actions name is not called on keys.
  const needed = elementTexts(statement.Action).flatMap((pattern) => covered(pattern, actions));
  return { ...others, Action: single([...new Set(needed)]) };
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

function isOnlyForwarded(conditions: Conditions): boolean {
  return Object.entries(conditions).some(([, keys]) =>
    Object.entries(keys).some(
      ([key, value]) => key.toLowerCase() === "aws:viaawsservice" && elementTexts(value).some((one) => one === "true"),
    ),
  );
}
