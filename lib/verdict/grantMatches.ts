import { parsePrincipalArn } from "../facts/arn.js";
import { accountId as accountIdForm, accountIdWithin } from "../facts/names.js";
import { and } from "../policy/kleene.js";
import { isRoleOf, mayBeIssuer } from "../policy/principalNames.js";
import type { RequestPrincipal } from "../policy/RequestPrincipal.js";
import type { Truth } from "../policy/Truth.js";
import type { Grant } from "../snapshot/Snapshot.js";
import type { Asked } from "./Asked.js";
import type { KeyPath } from "./KeyAccess.js";

/** A grant that lets the caller through, or might. */
export interface GrantMatch {
  grantId: string;
  path: KeyPath;
  truth: Exclude<Truth, "false">;
  dependsOn: readonly string[];
  /** The grant was issued by the caller's account on another account's key, and stands for the identity policy. */
  isCallers: boolean;
}

const none: readonly GrantMatch[] = Object.freeze([]);

/**
 * The existing grants that count for an action of KMS other than RetireGrant, for which no grant counts. Whether one
 * lets its grantee create another grant hangs on operations that are not known.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function grantMatches(asked: Asked): readonly GrantMatch[] {
  const { key, caller, request } = asked.inquiry;
  if (key.read?.grants.status !== "read" || key.read.grants.value.length === 0) return none;
  const operation = asked.question.action.slice("kms:".length);
  const matches: GrantMatch[] = [];
  for (const grant of key.read.grants.value) {
    const named = granteePath(caller.principal, grant.granteePrincipal);
    if (named === null || !grant.operations.includes(operation)) continue;
    const { truth, dependsOn } = grantTruth(asked, grant, operation, named.truth);
    if (truth === "false") continue;
    const issuer = accountIdWithin.exec(grant.issuingAccount ?? "")?.[0] ?? key.accountId;
    const isCallers = issuer !== key.accountId && issuer === request.accountId;
    matches.push({ grantId: grant.grantId, path: named.path, truth, dependsOn, isCallers });
  }
  return matches;
}

/** By which way a grant names the caller; null where it does not. A role's unknown session may be the one that is named. */
function granteePath(principal: RequestPrincipal, grantee: string | undefined): { path: KeyPath; truth: Truth } | null {
  if (grantee === undefined) return null;
  if (grantee === principal.arn) return { path: principal.kind === "role" ? "role" : "exact", truth: "true" };
  const parsed = parsePrincipalArn(grantee);
  const account = accountIdForm.test(grantee) ? grantee : parsed?.kind === "root" ? parsed.accountId : null;
  if (account !== null) {
    if (account !== principal.accountId) return null;
    return { path: principal.kind === "root" ? "exact" : "account", truth: "true" };
  }
  if (parsed === null || parsed.accountId !== principal.accountId) return null;
  const isRole = principal.kind === "role-session" && isRoleOf({ type: "AWS", name: grantee, arn: parsed }, principal);
  if (isRole || grantee === principal.issuerArn) return { path: "role", truth: "true" };
  if (mayBeIssuer({ arn: parsed }, principal)) return { path: "role", truth: "unknown" };
  const role = principal.kind === "role" ? parsePrincipalArn(principal.arn) : null;
  return parsed.kind === "role-session" && parsed.name === role?.name ? { path: "exact", truth: "unknown" } : null;
}

/** Whether the call's encryption context, as far as it is known, fits the grant's constraints. */
function grantTruth(
  { request }: Asked,
  grant: Grant,
  operation: string,
  named: Truth,
): { truth: Truth; dependsOn: string[] } {
  if (operation === "CreateGrant") return { truth: "unknown", dependsOn: ["kms:GrantOperations"] };
  const tests: { name: string; truth: Truth }[] = named === "unknown" ? [{ name: "principal", truth: named }] : [];
  if (operation !== "DescribeKey") {
    const { encryptionContextEquals: equals, encryptionContextSubset: subset } = grant.constraints ?? {};
    const pair = ([key, value]: [string, string]) => pairTruth(request.lookup, key, value);
    tests.push(...Object.entries(subset ?? {}).map(pair), ...Object.entries(equals ?? {}).map(pair));
    if (equals !== undefined) tests.push(noOtherKey(request.lookup, Object.keys(equals)));
  }
  const truth = and(...tests.map((test) => test.truth));
  const open = tests.filter((test) => test.truth === "unknown");
  return { truth, dependsOn: truth === "unknown" ? [...new Set(open.map(({ name }) => name))] : [] };
}

type Lookup = Asked["request"]["lookup"];

function pairTruth(lookup: Lookup, key: string, value: string): { name: string; truth: Truth } {
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
function noOtherKey(lookup: Lookup, keys: readonly string[]): { name: string; truth: Truth } {
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
