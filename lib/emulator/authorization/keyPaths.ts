import { parsePrincipalArn } from "../../facts/arn.js";
import type { EvaluationRequest } from "../../policy/EvaluationRequest.js";
import type { ParsedStatement } from "../../policy/ParsedPolicy.js";
import type { RequestPrincipal } from "../../policy/RequestPrincipal.js";
import type { WorldGrant } from "../World.js";
import type { Judgement } from "./judge.js";

/** The ways in which a key's policy and its owner's grants let the caller through. */
export interface KeyPaths {
  /** By user ARN, session ARN, root, or "*" with an aws:PrincipalArn condition: nothing else is needed. */
  exact: boolean;
  /** A federated user by the ARN of the user who asked for the session. */
  issuer: boolean;
  /** By role ARN: boundary and session policy still limit. */
  role: boolean;
  /** By "*" under other conditions. */
  everyone: boolean;
  /** Delegated to the account: the identity policy decides. */
  account: boolean;
}

const vaultKey = "kms:EncryptionContext:";

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/determining-access.html */
export function keyPaths(
  policy: Judgement,
  grants: readonly WorldGrant[],
  owner: string,
  request: EvaluationRequest,
): KeyPaths {
  const paths: KeyPaths = { exact: false, issuer: false, role: false, everyone: false, account: false };
  for (const { match, parsed } of policy.allows) {
    const statement = parsed.statements.find(({ index }) => index === match.index);
    for (const { form, truth } of match.forms) {
      if (truth !== "true") continue;
      if (form === "issuer" || form === "role") paths[form] = true;
      else if (form === "account") paths[request.principal?.kind === "root" ? "exact" : "account"] = true;
      else if (form === "everyone") paths[statement?.conditions.some(namesPrincipal) ? "exact" : "everyone"] = true;
      else paths.exact = true;
    }
  }
  for (const grant of grants) {
    if (grantIssuer(grant, owner) !== owner && owner !== request.principal?.accountId) continue;
    const path = grantPath(grant, request);
    if (path !== null) paths[path] = true;
  }
  return paths;
}

/** Whether a grant of the caller's own account, on another account's key, stands for the identity policy. */
export function callersGrant(grants: readonly WorldGrant[], owner: string, request: EvaluationRequest): boolean {
  return grants.some((grant) => {
    const issuer = grantIssuer(grant, owner);
    const path = grantPath(grant, request);
    return issuer !== owner && issuer === request.principal?.accountId && path !== null && path !== "account";
  });
}

/** The account that issued a grant. */
export function grantIssuer(grant: WorldGrant, owner: string): string {
  const issuer = grant.issuingAccount ?? owner;
  return parsePrincipalArn(issuer)?.accountId ?? issuer;
}

/** "*" with a condition that names principals by aws:PrincipalArn grants to those principals. */
function namesPrincipal({ key, operator }: ParsedStatement["conditions"][number]): boolean {
  return key.toLowerCase() === "aws:principalarn" && !/Not|^Null$/.test(operator);
}

function grantPath(grant: WorldGrant, request: EvaluationRequest): "exact" | "role" | "account" | null {
  const operation = request.action.slice("kms:".length);
  const { principal } = request;
  if (principal === null || operation === "RetireGrant" || !grant.operations.includes(operation)) return null;
  const path = granteePath(principal, grant.granteePrincipal);
  if (path === null || operation === "DescribeKey") return path;
  return fits(grant, request) ? path : null;
}

function granteePath(principal: RequestPrincipal, grantee: string | undefined): "exact" | "role" | "account" | null {
  if (grantee === undefined) return null;
  if (grantee === principal.arn) return principal.kind === "role" ? "role" : "exact";
  if (grantee === principal.roleArn || grantee === principal.issuerArn) return "role";
  const named = parsePrincipalArn(grantee);
  const account = named?.kind === "root" ? named.accountId : grantee;
  return account === principal.accountId ? (principal.kind === "root" ? "exact" : "account") : null;
}

/** Encryption context constraints, against the context of the call. */
function fits({ constraints, operations }: WorldGrant, request: EvaluationRequest): boolean {
  if (request.action === "kms:CreateGrant" && !narrower(operations, request)) return false;
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = constraints ?? {};
  const keys = request.lookup("kms:EncryptionContextKeys").state;
  const present = keys.kind === "value" && Array.isArray(keys.value) ? keys.value : [];
  if (equals !== undefined && present.length !== Object.keys(equals).length) return false;
  return Object.entries({ ...subset, ...equals }).every(([key, value]) => {
    const { state } = request.lookup(`${vaultKey}${key}`);
    return state.kind === "value" && state.value === value;
  });
}

/** A grant lets its grantee create only grants that permit no more than itself. */
function narrower(operations: readonly string[], request: EvaluationRequest): boolean {
  const { state } = request.lookup("kms:GrantOperations");
  return state.kind === "value" && Array.isArray(state.value) && state.value.every((one) => operations.includes(one));
}
