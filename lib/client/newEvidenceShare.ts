import { systemClock } from "../aws/Clock.js";
import { handled } from "../aws/handled.js";
import type { CollectOptions } from "../evidence/CollectOptions.js";
import { collectEvidence } from "../evidence/collectEvidence.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { CallerConfig } from "./CallerConfig.js";
import { type Collected, collectInTime, type Limits } from "./collectInTime.js";
import { type Breaker, newBreaker } from "./newBreaker.js";

/** How long the evidence of one run serves the same refusal again, in milliseconds. */
const keptFor = 5000;

/**
 * Readings of one client at one time: more would ask IAM, whose limits the whole account shares, for thousands of answers,
 * and none of them would come in time.
 */
const mostAtOnce = 20;

/** One reading of the evidence, in which several refusals may take part. */
interface Run {
  options: Omit<CollectOptions, "signal">;
  startedAt: Date;
  endedAt: Date | null;
  collected: Promise<Collected>;
  giveUp: AbortController;
  /** How many refusals wait for it; where none does any more, it is given up. */
  waiting: number;
}

/** Collects evidence for a refusal, or shares what is being or has just been read for the same one. */
export type EvidenceShare = (
  config: CallerConfig,
  request: VaultRequest,
  options: Omit<CollectOptions, "signal">,
  limits: Limits,
) => Promise<
  Collected & {
    /** Since the reading began, in milliseconds; null where it was read for this refusal. */ age: number | null;
  }
>;

/**
 * Many refusals at once are one reading: the same client, vault, key and options share a run in flight, and its evidence
 * for five seconds. Everybody keeps their own deadline and signal; a run ends early only when nobody waits for it.
 *
 * A reading in which a call failed or was skipped serves nobody but who began it: who waited for it waits, together with
 * all others that did, for one more, and takes that as it is, for a storm must not be read refusal by refusal.
 */
export function newEvidenceShare(collect: typeof collectEvidence = collectEvidence): EvidenceShare {
  const runs = new WeakMap<CallerConfig, Map<string, Run>>();
  const breakers = new Map<string, Breaker>();

  return async (config, request, options, limits) => {
    const { clock = systemClock } = limits;
    const now = clock.now();
    const breaker = breakerFor(breakers, options);
    const ofClient = runs.get(config) ?? new Map<string, Run>();
    runs.set(config, ofClient);
    for (const [key, { endedAt }] of ofClient) {
      if (endedAt !== null && now.getTime() - endedAt.getTime() > keptFor) ofClient.delete(key);
    }
    const key = JSON.stringify([request, options.context, options.probe, options.cloudTrail]);
    const known = ofClient.get(key);
    const shared = known !== undefined && isSameReader(known.options, options) ? known : null;
    if (shared === null && options.skip === undefined) {
      const openUntil = breaker.openUntil(now);
      if (openUntil !== null) {
        const skip = `AWS throttled the last readings; nothing is asked until ${openUntil.toISOString()}`;
        return { ...(await collectInTime(request, { ...options, skip }, limits, collect)), age: null };
      }
      const underWay = [...ofClient.values()].filter(({ endedAt }) => endedAt === null).length;
      if (underWay >= mostAtOnce) {
        const skip = `${underWay} other refusals of this client are being read; nothing more is asked meanwhile`;
        return { ...(await collectInTime(request, { ...options, skip }, limits, collect)), age: null };
      }
    }

    const start = (collecting: CollectOptions): Run => {
      const giveUp = new AbortController();
      const run: Run = {
        options,
        startedAt: clock.now(),
        endedAt: null,
        collected: handled(collect(request, { ...collecting, signal: giveUp.signal })),
        giveUp,
        waiting: 0,
      };
      const forget = () => {
        if (ofClient.get(key) === run) ofClient.delete(key);
      };
      giveUp.signal.addEventListener("abort", forget, { once: true });
      run.collected.then(({ calls }) => {
        run.endedAt = clock.now();
        breaker.note(calls, run.endedAt);
        if (!isWhole(calls)) forget();
      }, forget);
      ofClient.set(key, run);
      return run;
    };

    let age: number | null = null;
    const takePart: typeof collectEvidence = async (asked, collecting) => {
      if (collecting.skip !== undefined) return collect(asked, collecting);
      let run = shared;
      if (run !== null) {
        const collected = await takenPart(run, collecting.signal);
        const isOver = collecting.signal.aborted || breaker.openUntil(clock.now()) !== null;
        if (isWhole(collected.calls) || isOver) {
          age = clock.now().getTime() - run.startedAt.getTime();
          return collected;
        }
        const next = ofClient.get(key);
        run = next !== undefined && isSameReader(next.options, options) ? next : null;
      }
      const other = run;
      const collected = await takenPart(other ?? start(collecting), collecting.signal);
      if (other !== null) age = clock.now().getTime() - other.startedAt.getTime();
      return collected;
    };
    const collected = await collectInTime(request, options, limits, takePart);
    return { ...collected, age };
  };
}

/** The run's evidence; where the signal aborts, this refusal waits no longer, and the last one gives the run up. */
async function takenPart(run: Run, signal: AbortSignal): Promise<Collected> {
  const leave = () => {
    run.waiting -= 1;
    if (run.waiting === 0 && run.endedAt === null) run.giveUp.abort();
  };
  run.waiting += 1;
  signal.addEventListener("abort", leave, { once: true });
  try {
    return await run.collected;
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

/** Whether nothing was left open: every call was answered, or refused for lack of rights, which is an answer too. */
function isWhole(calls: Collected["calls"]): boolean {
  return calls.every(({ status }) => status === "answered" || status === "refused");
}

/** One for each place that is asked: what is throttled in one Region, or by an emulator, is not so in another. */
function breakerFor(breakers: Map<string, Breaker>, { caller }: Omit<CollectOptions, "signal">): Breaker {
  const place = JSON.stringify([caller.region, caller.endpoints]);
  const breaker = breakers.get(place) ?? newBreaker();
  breakers.set(place, breaker);
  return breaker;
}

/** Whether two refusals have their evidence read as the same somebody, from the same endpoints. */
function isSameReader(one: Omit<CollectOptions, "signal">, other: Omit<CollectOptions, "signal">): boolean {
  const roles = ["caller", "evidence", "organization"] as const;
  return roles.every((role) => {
    const { credentials, requestHandler: _, ...rest } = one[role] ?? {};
    const { credentials: otherCredentials, requestHandler: __, ...otherRest } = other[role] ?? {};
    return credentials === otherCredentials && JSON.stringify(rest) === JSON.stringify(otherRest);
  });
}
