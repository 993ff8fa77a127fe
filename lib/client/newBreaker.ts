import type { LoggedCall } from "../aws/LoggedCall.js";

/** Stops asking for a while after AWS has throttled the evidence again and again. */
export interface Breaker {
  /** Until when nothing is asked; null where it may be asked. */
  openUntil(now: Date): Date | null;
  /** Takes note of how a run went. */
  note(calls: readonly LoggedCall[], now: Date): void;
}

/** Runs in a row in which AWS throttled, after its retries, before it opens. */
const tolerated = 2;
/** How long it stays open, in milliseconds. */
const restFor = 30_000;

const throttled = /^(?:Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled)/;

/**
 * A breaker: a storm of refusals must not become a storm of calls to IAM, whose limits the whole account shares.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function newBreaker(): Breaker {
  let inARow = 0;
  let until: Date | null = null;
  return {
    openUntil: (now) => (until !== null && now < until ? until : null),
    note: (calls, now) => {
      const isThrottled = calls.some(({ status, detail }) => status === "failed" && throttled.test(detail ?? ""));
      inARow = isThrottled ? inARow + 1 : 0;
      if (inARow >= tolerated) until = new Date(now.getTime() + restFor);
    },
  };
}
