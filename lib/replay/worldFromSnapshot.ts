import type { World, WorldAccount, WorldInput } from "../emulator/World.js";
import { account, world } from "../emulator/worldParts.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
import { addPrincipal } from "./addPrincipal.js";
import { organizationsOf } from "./organizationsOf.js";
import { isPartlyUnknown, refusedReads } from "./refusedReads.js";
import { readValue, storedDocument } from "./stored.js";
import { worldKey } from "./worldKey.js";

/**
 * The world that a snapshot describes, so that its request can be made against the emulator, and its evidence collected
 * again. What the snapshot does not know (evidence that is unreadable or was not read) is refused to readers; to the
 * request it allows everything. A denial that was seen is repeated where it may come from what is not known.
 *
 * @example
 * const snapshot = parseSnapshot(await readFile("denied.snapshot.json", "utf8"));
 * const emulator = await startEmulator({ world: worldFromSnapshot(snapshot) });
 */
export function worldFromSnapshot(snapshot: Snapshot): World {
  const { request, denial } = snapshot;
  const accounts = new Map<string, WorldAccount>();
  const accountFor = (id: string): WorldAccount => {
    const known = accounts.get(id) ?? account({ id });
    accounts.set(id, known);
    return known;
  };
  addPrincipal(snapshot, accountFor(request.accountId));
  const key = readValue(snapshot.key);
  if (key !== null) accountFor(key.accountId).keys.push(worldKey(snapshot, key));
  const organizations = organizationsOf(snapshot);
  for (const { managementAccountId } of organizations) accountFor(managementAccountId);
  const endpoint = readValue(snapshot.policies.vpcEndpoint);
  const refused = refusedReads(snapshot);
  return world({
    partition: request.partition,
    region: request.region,
    time: snapshot.capturedAt,
    caller: callerOf(snapshot),
    accounts: [...accounts.values()],
    organizations,
    anyNames: true,
    ...(refused.length > 0 && { refusedReads: refused }),
    ...(denial !== null &&
      isPartlyUnknown(snapshot) && {
        seenDenial: { backupVaultName: request.backupVaultName, code: denial.name, message: denial.message },
      }),
    ...(endpoint !== null && {
      vpcEndpoints: [{ id: endpointId(endpoint), document: storedDocument(endpoint) }],
    }),
  });
}

function endpointId({ attachedTo }: Policy): string {
  return attachedTo ?? "vpce-00000000000000000";
}

function callerOf({ caller, policies, context }: Snapshot): WorldInput["caller"] {
  const session = readValue(policies.session) ?? [];
  const sessionTags = readValue(caller.sessionTags);
  const endpoint = readValue(policies.vpcEndpoint);
  return {
    // A role's own ARN stands for a session of it.
    arn: caller.arn,
    ...(caller.issuerArn !== undefined && { issuerArn: caller.issuerArn }),
    ...(session.length > 0 && { sessionPolicies: session.map(storedDocument) }),
    ...(sessionTags !== null && { sessionTags }),
    ...(endpoint !== null && { vpcEndpoint: endpointId(endpoint) }),
    ...(Object.keys(context).length > 0 && { context }),
  };
}
