import type { VaultRequest } from "../../question/VaultRequest.js";
import type { VaultAccessExpectation } from "./VaultAccessExpectation.js";

/** The creation that an expectation is about. */
export function requestOf({ principal, vault, key, region, tags }: VaultAccessExpectation): VaultRequest {
  return {
    backupVaultName: vault,
    ...(principal !== undefined && { principalArn: principal }),
    ...(key !== undefined && { encryptionKeyArn: key }),
    ...(region !== undefined && { region }),
    ...(tags !== undefined && { backupVaultTags: tags }),
  };
}
