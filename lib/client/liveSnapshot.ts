import type { CollectOptions } from "../evidence/CollectOptions.js";
import { checkOptions } from "../options/checkOptions.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { Denial } from "../snapshot/Snapshot.js";
import { checkVaultRequest } from "./checkVaultRequest.js";
import { type Collected, collectInTime, deadlineOf } from "./collectInTime.js";
import type { EvidenceSettings } from "./collectOptionsFor.js";
import type { LiveOptions } from "./LiveOptions.js";
import { liveSettings } from "./liveSettings.js";

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
  collecting: Pick<CollectOptions, "memory" | "now" | "planned" | "retries"> = {},
): Promise<Collected & { settings: EvidenceSettings }> {
  checkLive(request, options);
  const { settings, region, release } = await liveSettings(request.region, options);
  try {
    const limits = { deadline: deadlineOf(options), abortSignal: options.abortSignal };
    const collected = await collectInTime({ ...request, region }, { ...settings, denial, ...collecting }, limits);
    return { ...collected, settings };
  } finally {
    release();
  }
}
