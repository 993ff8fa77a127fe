import { allowedClaim } from "../assertions/allowedClaim.js";
import { blockedClaim } from "../assertions/blockedClaim.js";
import type { Claim } from "../assertions/Claim.js";
import type { VaultAccessExpectation } from "./VaultAccessExpectation.js";

/** What an expectation claims of the diagnosis. */
export function claimOf({ expect }: VaultAccessExpectation): Claim {
  if (expect === "allowed") return allowedClaim;
  const { blockedBy, statement, policy, target } = expect;
  return blockedClaim(blockedBy, {
    ...(statement !== undefined && { sid: statement }),
    ...(policy !== undefined && { policy }),
    ...(target !== undefined && { target }),
  });
}
