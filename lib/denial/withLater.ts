import { vaultMade } from "../facts/denials.js";
import type { FoundDenial } from "./FoundDenial.js";

/** A refusal, and where the text says it for the last time. */
export interface Placed {
  found: FoundDenial;
  at: number;
}

/**
 * The refusals, each with what the text tells of the same call later on: of a log that goes on after a mend the last word is
 * the state now. Records of CloudTrail's are listed in any order, and an opaque refusal says nothing that is newer.
 *
 * @param squeezed the squeezed text
 * @param isNewestFirst the text's times go backwards
 */
export function withLater(placed: readonly Placed[], squeezed: string, isNewestFirst: boolean): FoundDenial[] {
  const made = vaultMade.flatMap((form) =>
    [...squeezed.matchAll(form)].map(({ 1: name, index }) => ({ name, at: index })),
  );
  const isLater = (one: { at: number }, other: { at: number }) =>
    isNewestFirst ? one.at < other.at : one.at > other.at;
  return placed.map((one) => {
    const { found } = one;
    if (found.ofVaultCreation !== "yes" || found.record !== undefined) return found;
    const isMade = made.some((other) => other.name === found.backupVaultName && isLater(other, one));
    if (isMade) return { ...found, since: "made" };
    const isRefused = placed.some((other) => isLater(other, one) && isSameCall(found, other.found));
    return isRefused ? { ...found, since: "refused" } : found;
  });
}

function isSameCall(one: FoundDenial, later: FoundDenial): boolean {
  const details = ["principalArn", "accountId", "region", "backupVaultName", "encryptionKeyArn"] as const;
  const isKnown = (name: "principalArn" | "backupVaultName") => one[name] !== null && one[name] === later[name];
  return (
    later.ofVaultCreation === "yes" &&
    later.record === undefined &&
    later.reading.kind !== "opaque" &&
    one.denial.message !== later.denial.message &&
    details.every((name) => one[name] === null || later[name] === null || one[name] === later[name]) &&
    (isKnown("principalArn") || isKnown("backupVaultName"))
  );
}
