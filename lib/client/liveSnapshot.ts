import { BackupClient } from "@aws-sdk/client-backup";
import type { CollectOptions } from "../evidence/CollectOptions.js";
import { checkOptions } from "../options/checkOptions.js";
import { InvalidRequestError } from "../options/InvalidRequestError.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { Denial } from "../snapshot/Snapshot.js";
import { checkVaultRequest } from "./checkVaultRequest.js";
import { type Collected, collectInTime, deadlineOf } from "./collectInTime.js";
import { collectOptionsFor, type EvidenceSettings } from "./collectOptionsFor.js";
import type { LiveOptions } from "./LiveOptions.js";
import { regionOf } from "./regionOf.js";

/**
 * Refuses a request or options that are not as they must be, before any call.
 *
 * @throws InvalidRequestError naming the field and what was expected
 */
export function checkLive(request: VaultRequest, options: LiveOptions): void {
  checkVaultRequest(request);
  checkOptions(options, "live");
}

/**
 * The evidence about one request, read live, with the log of calls.
 *
 * @throws InvalidRequestError before any call
 */
export async function liveSnapshot(
  request: VaultRequest,
  options: LiveOptions,
  denial: Denial | null,
  memory: Pick<CollectOptions, "memory" | "now"> = {},
): Promise<Collected & { settings: EvidenceSettings }> {
  checkLive(request, options);
  const { client, credentials, abortSignal, ...diagnosis } = options;
  // A client of our own stands for the one that there would be: it resolves the environment as the SDK does.
  const own =
    client === undefined
      ? new BackupClient({
          ...(request.region !== undefined && { region: request.region }),
          ...(credentials !== undefined && { credentials }),
        })
      : null;
  try {
    const config = (own ?? client)?.config ?? {};
    const region = request.region ?? (await regionOf(config));
    if (region === null) {
      throw new InvalidRequestError(
        "request.region",
        "is missing; expected a Region here, in the client's configuration, in AWS_REGION or in the profile",
      );
    }
    const settings = await collectOptionsFor(config, diagnosis, region);
    const limits = { deadline: deadlineOf(options), abortSignal };
    const collected = await collectInTime({ ...request, region }, { ...settings, denial, ...memory }, limits);
    return { ...collected, settings };
  } finally {
    own?.destroy();
  }
}
