import { parsePrincipalArn } from "../facts/arn.js";
import type { Layer } from "../facts/layers.js";

/** What a plan changes besides vaults and keys, and by which calls are decided: they are judged by how it is now. */
export interface ChangedBeside {
  address: string;
  /** Whose rights, as `role/NAME`, `user/NAME` or, with a star behind it, as they begin; null: anybody's. */
  of: readonly string[] | null;
  /** What may be otherwise then: of identities or of the organization. */
  layers: readonly Layer[];
}

export const ofIdentities: readonly Layer[] = ["identity-policy", "permissions-boundary"];
export const ofOrganization: readonly Layer[] = ["service-control-policy", "resource-control-policy"];

/** Whether it may be of this principal: of one that is not known, it may. */
export function mayConcern({ of }: ChangedBeside, principalArn: string | null): boolean {
  const parsed = principalArn === null ? null : parsePrincipalArn(principalArn);
  if (of === null || parsed === null || parsed.kind === "federated-user") return true;
  const own = `${parsed.kind.replace("-session", "")}/${parsed.name}`;
  return of.some((name) => (name.endsWith("*") ? own.startsWith(name.slice(0, -1)) : name === own));
}
