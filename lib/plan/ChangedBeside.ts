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
export const ofEndpoint: readonly Layer[] = ["vpc-endpoint-policy"];

/**
 * Whether the policy of a VPC endpoint decides calls of AWS Backup: of an endpoint that is not known, it may. What AWS
 * Backup itself calls goes through none.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export const mayServeBackup = (serviceName: unknown): boolean =>
  typeof serviceName !== "string" || serviceName.endsWith(".backup");

/** Whether it may be of this principal: of one that is not known, it may. */
export function mayConcern({ of }: ChangedBeside, principalArn: string | null): boolean {
  const parsed = principalArn === null ? null : parsePrincipalArn(principalArn);
  if (of === null || parsed === null || parsed.kind === "federated-user") return true;
  const own = `${parsed.kind.replace("-session", "")}/${parsed.name}`;
  return of.some((name) => (name.endsWith("*") ? own.startsWith(name.slice(0, -1)) : name === own));
}
