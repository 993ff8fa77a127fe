import { callerPrincipal } from "../caller/callerPrincipal.js";
import { parseCallerArn } from "../caller/parseCallerArn.js";
import type { ContextLookup } from "../policy/KeyState.js";
import type { RequestPrincipal } from "../policy/RequestPrincipal.js";
import type { StatementRef } from "../policy/StatementRef.js";
import type { Truth } from "../policy/Truth.js";
import type { Grant } from "../snapshot/Snapshot.js";
import type { Judging } from "./Judging.js";
import type { KeyPath } from "./KeyAccess.js";
import { and } from "./kleene.js";
import { unique } from "./LayerJudgement.js";

/** A grant that lets the caller through, or might. */
export interface GrantMatch {
  path: KeyPath;
  truth: Exclude<Truth, "false">;
  dependsOn: string[];
  /** The grant was issued by the caller's account on another account's key, and stands for the identity policy. */
  byCallersAccount: boolean;
  ref: StatementRef;
}

/**
 * The existing grants that count for an action of KMS other than RetireGrant, for which no grant counts. Whether one
 * lets its grantee create another grant hangs on operations that are not known.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function grantAccess(judging: Judging, grants: readonly Grant[]): GrantMatch[] {
  const { action, key, snapshot } = judging;
  const operation = action.slice("kms:".length);
  const principal = callerPrincipal(snapshot.caller);
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

/** Whether the call's encryption context, as far as it is known, fits the grant's constraints. */
function grantTruth({ request }: Judging, grant: Grant, operation: string): { truth: Truth; dependsOn: string[] } {
  if (operation === "CreateGrant") return { truth: "unknown", dependsOn: ["kms:GrantOperations"] };
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = grant.constraints ?? {};
  if (operation === "DescribeKey") return { truth: "true", dependsOn: [] };
  const tests = [
    ...Object.entries({ ...subset }).map(([name, value]) => pairTruth(request.lookup, name, value)),
    ...Object.entries({ ...equals }).map(([name, value]) => pairTruth(request.lookup, name, value)),
    ...(equals === undefined ? [] : [noOtherKey(request.lookup, Object.keys(equals))]),
  ];
  const truth = and(...tests.map((test) => test.truth));
  const open = tests.filter((test) => test.truth === "unknown");
  return { truth, dependsOn: truth === "unknown" ? unique(open.map(({ name }) => name)) : [] };
}

function pairTruth(lookup: ContextLookup, key: string, value: string): { name: string; truth: Truth } {
  const { name, state } = lookup(`kms:EncryptionContext:${key}`);
  switch (state.kind) {
    case "value":
      return { name, truth: state.value === value ? "true" : "false" };
    case "absent":
      return { name, truth: "false" };
    case "present":
    case "unknown":
      return { name, truth: "unknown" };
  }
}

/** `encryptionContextEquals` also wants that the context holds no other key than these. */
function noOtherKey(lookup: ContextLookup, keys: readonly string[]): { name: string; truth: Truth } {
  const { name, state } = lookup("kms:EncryptionContextKeys");
  switch (state.kind) {
    case "value":
      return { name, truth: [state.value].flat().every((key) => keys.includes(key)) ? "true" : "false" };
    case "absent":
      return { name, truth: "true" };
    case "present":
    case "unknown": {
      const isOther = state.kind === "present" && state.includes?.every((key) => keys.includes(key)) === false;
      return { name, truth: isOther ? "false" : "unknown" };
    }
  }
}
