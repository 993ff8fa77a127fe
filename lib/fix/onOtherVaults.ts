import { parseArn, vaultArn as vaultArnIn } from "../facts/arn.js";
import type { Fields } from "../policy/policyFields.js";
import { matchesText, textPattern } from "../policy/textPattern.js";
import { single } from "./allowing.js";
import { covered } from "./covered.js";
import { added, conditionsOf, elementTexts, replaceKey } from "./denyFields.js";
import type { Needed } from "./Needed.js";
import { namesOfOtherLengths } from "./namesOfOtherLengths.js";
import { withoutVariables } from "./withoutVariables.js";

/** Only a pattern of all names matches both. */
const anyNames = ["any-vault", "Q7"] as const;

/**
 * A Deny on patterns of vaults, but the one: the patterns that do not match it; where one of them matches every vault, the
 * creation of all others; where one matches some names, those of another length, since no pattern leaves out one name, and
 * the same names in other Regions. Other actions of the service go on where all of them are named.
 */
export function onOtherVaults(statement: Fields, { actions, region, vaultArn }: Needed): Fields[] {
  const all = elementTexts(statement.Resource);
  const isOpen = (pattern: string) => matchesText(textPattern(withoutVariables(pattern)), vaultArn);
  const open = all.filter(isOpen);
  const others = all.filter((pattern) => !isOpen(pattern));
  const patterns = elementTexts(statement.Action);
  const needed = [...new Set(patterns.flatMap((pattern) => covered(pattern, actions)))];
  const isWhole = patterns.some((pattern) => /^backup:\*+$/i.test(pattern));
  const rest: Fields[] = others.length > 0 ? [{ ...statement, Resource: single(others) }] : [];
  if (isWhole && all.every((pattern) => parseArn(pattern)?.service === "backup")) {
    rest.push(replaceKey(statement, "Action", "NotAction", single(needed)));
  }
  const creation = needed.filter((action) => action === "backup:CreateBackupVault");
  const own = parseArn(vaultArn);
  if (own === null || creation.length === 0) return rest;
  const covers = (arn: string) => all.some((pattern) => matchesText(textPattern(pattern), arn));
  const conditions = conditionsOf(statement);
  const isOnlyHere = Object.values(conditions.StringEquals ?? {}).length > 0;
  const inAnyRegion = { ...own, region: "any-region" };
  const coversAll = (place: typeof own) => anyNames.every((name) => covers(vaultArnIn(place, name)));
  if (coversAll(own)) {
    const but = { ...replaceKey(statement, "Resource", "NotResource", vaultArn), Action: single(creation) };
    if (coversAll(inAnyRegion)) return [...rest, but];
    // The Region of the ARN is that of the call.
    if (isOnlyHere) return rest;
    return [...rest, { ...but, Condition: added(conditions, "StringEquals", "aws:RequestedRegion", [region]) }];
  }
  const name = own.resource.replace(/^.*:/, "");
  const longerOrShorter = open.flatMap((pattern) => namesOfOtherLengths(pattern, name));
  if (longerOrShorter.length > 0) rest.push({ ...statement, Resource: single(longerOrShorter) });
  const isEverywhere = (pattern: string) =>
    matchesText(textPattern(withoutVariables(pattern)), vaultArnIn(inAnyRegion, name));
  if (!open.some(isEverywhere)) return rest;
  const elsewhere = added(conditions, "StringNotEquals", "aws:RequestedRegion", [region]);
  return [...rest, { ...statement, Resource: single(open), Condition: elsewhere }];
}
