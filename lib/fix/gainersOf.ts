import { parsePrincipalArn } from "../facts/arn.js";
import { type PolicyLayer, principalLayers } from "../facts/layers.js";
import type { ParsedPolicy } from "../policy/ParsedPolicy.js";
import { parsePrincipalName } from "../policy/parsePrincipalName.js";
import type { RequestPrincipal } from "../policy/RequestPrincipal.js";
import type { Patient } from "./Patient.js";

/** One who might gain by a change. */
export interface Gainer {
  told: string;
  principal: RequestPrincipal;
  isCaller: boolean;
}

const mostNamedPrincipals = 3;

/**
 * Who might gain by a changed document: the caller, and where others are under the policy, those that the document names
 * and some that stand for all others.
 */
export function gainersOf(
  { inquiry }: Patient,
  documents: readonly ParsedPolicy[],
  layer: PolicyLayer,
  isShared: boolean,
): Gainer[] {
  const { caller, request, key } = inquiry;
  const self: Gainer = { told: caller.told, principal: caller.principal, isCaller: true };
  if (!isShared) return [self];
  const named = new Set<string>();
  for (const { statements } of documents) {
    for (const { principal, conditions } of statements) {
      for (const { arn, name } of principal?.names ?? []) if (arn !== null && arn.kind !== "root") named.add(name);
      for (const { key: one, values } of conditions) {
        if (one.toLowerCase() !== "aws:principalarn") continue;
        for (const value of values) if (!/[*?]/.test(value) && parsePrincipalArn(value) !== null) named.add(value);
      }
    }
  }
  if (layer === "identity-policy" && caller.principal.issuerArn) named.add(caller.principal.issuerArn);
  named.delete(caller.principal.arn);
  named.delete(caller.principal.roleArn ?? "");
  const stranger = (account: string) => `arn:${request.partition}:iam::${account}:role/AnybodyElse`;
  const elsewhere = key.accountId === request.accountId || !principalLayers.has(layer) ? [] : [key.accountId];
  const candidates: [string, string][] = [
    ...[...named].slice(0, mostNamedPrincipals).map((arn): [string, string] => [arn, arn]),
    [`other principals of account ${request.accountId}`, stranger(request.accountId)],
    ...elsewhere.map((account): [string, string] => [`principals of account ${account}`, stranger(account)]),
    ...(layer === "identity-policy" || layer === "permissions-boundary"
      ? []
      : [["principals of other accounts", stranger("000000000000")] as [string, string]]),
  ];
  return [
    self,
    ...candidates.flatMap(([told, arn]): Gainer[] => {
      const principal = parsePrincipalName(arn);
      return principal === null ? [] : [{ told, principal, isCaller: false }];
    }),
  ];
}
