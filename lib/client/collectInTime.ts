import { type Clock, systemClock } from "../aws/Clock.js";
import { handled } from "../aws/handled.js";
import type { LoggedCall } from "../aws/LoggedCall.js";
import type { CollectOptions } from "../evidence/CollectOptions.js";
import type { collectEvidence } from "../evidence/collectEvidence.js";
import type { DiagnosisOptions } from "../options/DiagnosisOptions.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { Snapshot } from "../snapshot/Snapshot.js";

/** How long a diagnosis may take where nothing else is said. */
const defaultDeadline = 5000;

/** What was read, with the log of calls. */
export interface Collected {
  snapshot: Snapshot;
  calls: LoggedCall[];
}

/** What may end the collecting early. */
export interface Limits {
  deadline?: number | Date | undefined;
  abortSignal?: AbortSignal | undefined;
  clock?: Clock | undefined;
}

/** A diagnosis's own deadline: what is waited for CloudTrail comes on top where none was given. */
export function deadlineOf({ deadline, evidence }: Pick<DiagnosisOptions, "deadline" | "evidence">): number | Date {
  const { cloudTrail } = evidence ?? {};
  const wait = typeof cloudTrail === "object" ? (cloudTrail.wait ?? 0) : 0;
  return deadline ?? defaultDeadline + wait;
}

/** How many milliseconds are left of a deadline that begins now; never less than none. */
export function timeLeftUntil(
  deadline: Limits["deadline"] = defaultDeadline,
  clock: Clock = systemClock,
): () => number {
  const end = deadline instanceof Date ? deadline.getTime() : clock.now().getTime() + deadline;
  return () => Math.max(0, end - clock.now().getTime());
}

/** What reads evidence is loaded where some is to be read. */
const collectLazily: typeof collectEvidence = async (request, options) => {
  const loaded = await import("../evidence/collectEvidence.js");
  return loaded.collectEvidence(request, options);
};

/**
 * Collects evidence and is back before the deadline, or as soon as the caller gives up, with what was read by then. The
 * collector is told a little before the deadline; should it not be back at the deadline itself, its answer is not waited
 * for, and the denial's own words are all there is.
 */
export async function collectInTime(
  request: VaultRequest,
  options: Omit<CollectOptions, "signal" | "callLimit" | "clock">,
  { deadline = defaultDeadline, abortSignal, clock = systemClock }: Limits,
  collect: typeof collectEvidence = collectLazily,
): Promise<Collected> {
  const left = deadline instanceof Date ? deadline.getTime() - clock.now().getTime() : deadline;
  const giveUp = new AbortController();
  const onAbort = () => giveUp.abort();
  const skipped = async (skip: string) => {
    const nothing = await collect(request, { ...options, skip, signal: giveUp.signal });
    return { ...nothing, calls: [{ call: "every read", status: "skipped" as const, detail: skip }] };
  };
  if (options.skip !== undefined) return skipped(options.skip);
  if (left <= 0) return skipped("no time was left before the deadline");
  if (abortSignal?.aborted) return skipped("the caller gave up");

  const margin = Math.min(250, left / 10);
  const calledOff: (() => void)[] = [];
  try {
    abortSignal?.addEventListener("abort", onAbort, { once: true });
    calledOff.push(clock.after(left - margin, onAbort));
    const end = new Promise<null>((resolve) => {
      calledOff.push(clock.after(left, () => resolve(null)));
      // Whoever gives up does not wait for the deadline either: a margin is left to answer with what was read.
      giveUp.signal.addEventListener("abort", () => calledOff.push(clock.after(margin, () => resolve(null))), {
        once: true,
      });
    });
    // Should it fail after the deadline, nobody is waiting any more.
    const collected = handled(
      collect(request, { ...options, callLimit: callLimitFor(left), clock, signal: giveUp.signal }),
    );
    return (await Promise.race([collected, end])) ?? (await skipped("the evidence was not read before the deadline"));
  } finally {
    abortSignal?.removeEventListener("abort", onAbort);
    // First, since it sets a timer itself.
    giveUp.abort();
    for (const callOff of calledOff) callOff();
  }
}

/**
 * How long one call may take: two fifths of the time, so that two that hang, one after the other, still leave some for what
 * is asked after them; but no healthy call is given up in its first second, and none is waited for after ten.
 */
function callLimitFor(left: number): number {
  return Math.min(Math.max(Math.ceil(left * 0.4), 1000), 10_000);
}
