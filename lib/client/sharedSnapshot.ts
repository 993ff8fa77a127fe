import type { EvidenceMemory } from "../aws/EvidenceMemory.js";
import type { AccountSource } from "../evidence/AccountSource.js";
import { rootArn } from "../facts/arn.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { Collected } from "./collectInTime.js";
import type { LiveOptions } from "./LiveOptions.js";
import { liveSnapshot } from "./liveSnapshot.js";

/** What answers remember for each other, and the one time that they are all of. */
export interface SurveyMemory {
  memory: EvidenceMemory;
  now: () => Date;
}

/** Thousands of accounts are asked about one after the other: Organizations throttles that, and is asked again. */
const retries = 8;

/**
 * What all principals of an account share: the organization's policies, the key, the request. It is what is read of the
 * account's root, who has no policies of its own.
 *
 * @throws InvalidRequestError where the request or an option is wrong, before any call
 */
export function sharedSnapshot(
  request: VaultRequest,
  options: LiveOptions,
  { partition, accountId }: Pick<AccountSource, "partition" | "accountId">,
  memory: SurveyMemory,
): Promise<Collected> {
  return liveSnapshot({ ...request, principalArn: rootArn(partition, accountId) }, options, null, {
    ...memory,
    retries,
  });
}
