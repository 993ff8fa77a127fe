import { parsePrincipalArn } from "../facts/arn.js";
import type { FoundDenial } from "./FoundDenial.js";

/** What a refusal is held against: the call that is asked about; null where it is not known. */
export interface AskedAbout {
  /** The caller's or the principal's ARN. */
  principalArn: string | null;
  accountId: string | null;
  region: string | null;
  backupVaultName: string | null;
}

/**
 * In what a refusal is of another call than the one that is asked about, in words; empty where nothing says so. A role and
 * its sessions are one principal. Such a refusal settles nothing (specification, rule 9).
 *
 * @example
 * differences(found, asked); // ["vault: dev-vault, not prod-vault"]
 */
export function differences(found: FoundDenial, asked: AskedAbout): string[] {
  const differ = (what: string, own: string | null, wanted: string | null) =>
    own === null || wanted === null || own === wanted ? [] : [`${what}: ${own}, not ${wanted}`];
  return [
    ...(found.ofVaultCreation === "no"
      ? [`operation: ${found.operation ?? "another one"}, not CreateBackupVault`]
      : []),
    ...(isSamePrincipal(found.principalArn, asked.principalArn)
      ? []
      : differ("principal", found.principalArn, asked.principalArn)),
    ...differ("user name", found.userName ?? null, userNameOf(asked.principalArn)),
    ...differ("account", found.accountId, asked.accountId),
    ...differ("Region", found.region, asked.region),
    ...differ("vault", found.backupVaultName, asked.backupVaultName),
  ];
}

/** As CloudTrail's console names a caller; null where only the session would tell. */
function userNameOf(principalArn: string | null): string | null {
  const parsed = parsePrincipalArn(principalArn ?? "");
  return parsed === null || parsed.kind === "role" ? null : (parsed.sessionName ?? parsed.name);
}

/** By the name: a session's ARN has no path, and a user's name or a role's is one in its account whatever its path. */
function isSamePrincipal(one: string | null, other: string | null): boolean {
  const [a, b] = [parsePrincipalArn(one ?? ""), parsePrincipalArn(other ?? "")];
  // What is no ARN, as the placeholder in a text that somebody made unrecognisable, tells nothing.
  if (a === null || b === null) return true;
  const kind = (parsed: typeof a) => (parsed.kind === "role-session" ? "role" : parsed.kind);
  return a.accountId === b.accountId && a.name === b.name && kind(a) === kind(b);
}
