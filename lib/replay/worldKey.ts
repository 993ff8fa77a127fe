import type { WorldGrant, WorldKey } from "../emulator/World.js";
import { key as newKey } from "../emulator/worldParts.js";
import { awsManagedKey } from "../facts/kms.js";
import type { Grant, Key, Snapshot } from "../snapshot/Snapshot.js";
import { readValue, storedDocument } from "./stored.js";

/** The key as a world holds it. */
export function worldKey({ request }: Snapshot, key: Key): WorldKey {
  const isDefault = request.encryptionKeyArn === null;
  const [, ...named] = /:(alias\/.+)$/.exec(request.encryptionKeyArn ?? "") ?? [];
  const { keySpec, keyUsage, origin, multiRegion, multiRegionKeyType } = key;
  return newKey({
    arn: key.arn,
    ...(key.policy.status === "none" && { withoutPolicy: true }),
    manager: key.manager ?? (isDefault ? "AWS" : "CUSTOMER"),
    state: key.state ?? "Enabled",
    ...(key.policy.status === "read" && { policy: storedDocument(key.policy.value) }),
    grants: (readValue(key.grants) ?? []).map(worldGrant),
    keySpec,
    keyUsage,
    origin,
    multiRegion,
    multiRegionKeyType,
    aliases: [...new Set([...(readValue(key.aliases) ?? []), ...(isDefault ? [awsManagedKey.alias] : []), ...named])],
    tags: readValue(key.tags) ?? {},
  });
}

/** Without fields that a later version of the snapshot may have added. */
function worldGrant(grant: Grant): WorldGrant {
  const { grantId, operations, granteePrincipal, retiringPrincipal, issuingAccount, constraints } = grant;
  const { encryptionContextSubset, encryptionContextEquals } = constraints ?? {};
  return {
    grantId,
    operations,
    granteePrincipal,
    retiringPrincipal,
    issuingAccount,
    ...(constraints !== undefined && { constraints: { encryptionContextSubset, encryptionContextEquals } }),
  };
}
