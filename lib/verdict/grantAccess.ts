import { parseCallerArn } from "../caller/parseCallerArn.js";
import type { RequestPrincipal } from "../policy/RequestPrincipal.js";
import type { StatementRef } from "../policy/StatementRef.js";
import type { Truth } from "../policy/Truth.js";
import type { Grant } from "../snapshot/Snapshot.js";
import type { Judging } from "./Judging.js";
import type { KeyPath } from "./KeyAccess.js";

/** A grant that lets the caller through, or might. */
export interface GrantMatch {
  path: KeyPath;
  truth: Exclude<Truth, "false">;
  dependsOn: string[];
  /** The grant was issued by the caller's account on another account's key, and stands for the identity policy. */
  byCallersAccount: boolean;
  ref: StatementRef;
}

const vaultKey = "aws:backup:backup-vault";

/**
 * The existing grants that count for an action. They do not count for RetireGrant, and whether one lets its grantee
 * create another grant hangs on operations that are not known.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function grantAccess(judging: Judging, grants: readonly Grant[]): GrantMatch[] {
  const { action, key, request, snapshot } = judging;
  const operation = action.slice("kms:".length);
  const { principal } = request;
  if (principal === null || action === "kms:RetireGrant") return [];
  const matches: GrantMatch[] = [];
  for (const grant of grants) {
    const path = granteePath(principal, grant.granteePrincipal);
    if (path === null || !grant.operations.includes(operation)) continue;
    const { truth, dependsOn } = grantTruth(judging, grant, operation);
    if (truth === "false") continue;
    const issuer = /\d{12}/.exec(grant.issuingAccount ?? "")?.[0] ?? key.accountId;
    matches.push({
      path,
      truth,
      dependsOn,
      byCallersAccount: issuer !== key.accountId && issuer === snapshot.request.accountId,
      ref: { policy: `grant/${grant.grantId}`, sid: null, index: 0, effect: "Allow" },
    });
  }
  return matches;
}

function granteePath(principal: RequestPrincipal, grantee: string | undefined): KeyPath | null {
  if (grantee === undefined) return null;
  if (grantee === principal.arn) return principal.kind === "role" ? "role" : "exact";
  const account = /^\d{12}$/.test(grantee) ? grantee : null;
  const parsed = parseCallerArn(grantee);
  if (account === principal.accountId || (parsed?.kind === "root" && parsed.accountId === principal.accountId)) {
    return principal.kind === "root" ? "exact" : "account";
  }
  if (parsed === null || parsed.accountId !== principal.accountId) return null;
  if (grantee === principal.roleArn || grantee === principal.issuerArn) return "role";
  return null;
}

function grantTruth(judging: Judging, grant: Grant, operation: string): { truth: Truth; dependsOn: string[] } {
  if (operation === "CreateGrant") return { truth: "unknown", dependsOn: ["kms:GrantOperations"] };
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = grant.constraints ?? {};
  if (operation === "DescribeKey" || (equals === undefined && subset === undefined)) {
    return { truth: "true", dependsOn: [] };
  }
  if (equals !== undefined && Object.keys(equals).length !== 1) return { truth: "false", dependsOn: [] };
  const wanted = { ...subset, ...equals };
  if (Object.keys(wanted).some((name) => name !== vaultKey)) return { truth: "false", dependsOn: [] };
  const value = wanted[vaultKey];
  if (value === undefined) return { truth: "true", dependsOn: [] };
  const { name, state } = judging.request.lookup(`kms:EncryptionContext:${vaultKey}`);
  if (state.kind === "value") return { truth: state.value === value ? "true" : "false", dependsOn: [] };
  return state.kind === "absent" ? { truth: "false", dependsOn: [] } : { truth: "unknown", dependsOn: [name] };
}
