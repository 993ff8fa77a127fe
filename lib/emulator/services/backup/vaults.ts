import { vaultArn } from "../../../facts/arn.js";
import type { Call } from "../../Call.js";
import { accountOf } from "../../principals.js";
import { type RequiredRight, requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldVault } from "../../World.js";

export function vaultsHere({ state, session, region }: Call): WorldVault[] {
  return accountOf(state.world, session.accountId).vaults.filter((vault) => vault.region === region);
}

export function arnIn({ state, session }: Call, { region, name }: WorldVault): string {
  return vaultArn({ partition: state.world.partition, region, accountId: session.accountId }, name);
}

/** The vault that a call names, after asking whether the caller may do this with it. */
export function allowedVault(call: Call, name: string): WorldVault {
  const { state, session, region, operation } = call;
  const arn = vaultArn({ partition: state.world.partition, region, accountId: session.accountId }, name);
  const vault = vaultsHere(call).find((one) => one.name === name);
  requireAllowed(call, { action: `backup:${operation}`, resource: arn, ...ofVault(vault) });
  if (vault !== undefined) return vault;
  // AWS Backup does not tell a vault that is not there from one that may not be seen.
  if (operation === "DescribeBackupVault") {
    throw new ServiceError("AccessDeniedException", "Insufficient privileges to perform this action.", 403);
  }
  throw new ServiceError("ResourceNotFoundException", `Backup vault ${name} does not exist.`, 400);
}

/** What a vault brings to every question about it: its tags and its access policy. */
export function ofVault(vault: WorldVault | undefined): Pick<RequiredRight, "context" | "accessPolicy"> {
  return {
    context: ownTags(vault),
    ...(vault?.accessPolicy !== undefined && { accessPolicy: vault.accessPolicy }),
  };
}

function ownTags(vault: WorldVault | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(vault?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}
