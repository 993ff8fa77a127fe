import { type Answer, reasonOf } from "./Answer.js";
import { type Clock, systemClock } from "./Clock.js";
import { publishCall } from "./callEvent.js";
import { handled } from "./handled.js";
import { isDenialError } from "./isDenialError.js";
import { isTransient } from "./isTransient.js";
import type { LoggedCall } from "./LoggedCall.js";
import { pause } from "./pause.js";

/** Asks AWS, at a measured pace, and keeps a log of what was asked. Never throws. */
export interface AwsReader {
  ask: <T>(call: string, run: (abortSignal: AbortSignal) => Promise<T>) => Promise<Answer<T>>;
  calls: LoggedCall[];
  /** Waits by the reader's clock, but not beyond its signal. */
  pause: (milliseconds: number) => Promise<void>;
  clock: Clock;
  signal: AbortSignal;
}

export interface AwsReaderOptions {
  signal: AbortSignal;
  /** Adds to a refused call's log entry, as the permission it lacked. */
  explain: (call: string) => string | null;
  /** Whether an error is a call's answer, as that there is no such key. Default: none is. */
  isAnswer?: (call: string, errorName: string) => boolean;
  /** Calls in flight at a time; 8 by default. */
  inFlight?: number;
  /** Further tries after a throttled or failed call; 2 by default. */
  retries?: number;
  /** A number from 0 to 1 for the jitter; Math.random by default. */
  random?: () => number;
  /**
   * How long one call may take once it is sent, its repetitions included, in milliseconds; then it is given up, as failed,
   * and what hangs on it goes on without. No limit by default.
   */
  callLimit?: number;
  /** Default: the system's. */
  clock?: Clock;
}

const loadTools = () => Promise.all([import("p-limit"), import("p-retry")]);
let tools: ReturnType<typeof loadTools> | undefined;

/** The longest wait before the first repetition; it doubles with each. */
const firstWait = 100;

/**
 * Makes a reader over one deadline. Retries happen here and nowhere else (the SDK's own are off), on throttling and
 * transient faults only, with full jitter. A call that outlasts its own limit is answered as failed, so that one that hangs
 * does not cost what is asked after it; what is still open when the signal aborts is answered as skipped at once.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export async function awsReader(options: AwsReaderOptions): Promise<AwsReader> {
  tools ??= handled(loadTools());
  const [{ default: pLimit }, { default: pRetry }] = await tools;
  const { signal, random = Math.random, callLimit, clock = systemClock } = options;
  const limit = pLimit(options.inFlight ?? 8);
  const calls: LoggedCall[] = [];
  const atAbort = whenAborted(signal);

  const tried = <T>(run: (abortSignal: AbortSignal) => Promise<T>, abortSignal: AbortSignal): Promise<T> =>
    pRetry(() => run(abortSignal), {
      retries: options.retries ?? 2,
      minTimeout: 0,
      maxTimeout: 0,
      signal: abortSignal,
      shouldRetry: ({ error }) => isTransient(error),
      onFailedAttempt: ({ error, attemptNumber, retriesLeft }) =>
        retriesLeft > 0 && isTransient(error)
          ? pause(random() * firstWait * 2 ** (attemptNumber - 1), abortSignal, clock)
          : undefined,
    });

  const within = async <T>(run: (abortSignal: AbortSignal) => Promise<T>): Promise<Answer<T>> => {
    if (callLimit === undefined) return answered(tried(run, signal));
    const giveUp = new AbortController();
    let callOff = () => {};
    const startedAt = clock.now().getTime();
    const tooLate = new Promise<Failure>((resolve) => {
      const end = (isAgain: boolean) => {
        const late = clock.now().getTime() - startedAt - callLimit;
        if (!isAgain && late > callLimit / 4) {
          // The process stood still, not AWS: the call gets that time back, once.
          callOff = clock.after(Math.min(late, callLimit), () => end(true));
          return;
        }
        resolve({ ok: false, name: "TimeoutError", message: `not answered within ${callLimit} ms`, why: "failed" });
        giveUp.abort();
      };
      callOff = clock.after(callLimit, () => end(false));
    });
    try {
      return await Promise.race([tooLate, atAbort, answered(tried(run, AbortSignal.any([signal, giveUp.signal])))]);
    } finally {
      callOff();
    }
  };

  return {
    calls,
    clock,
    signal,
    pause: (milliseconds) => pause(milliseconds, signal, clock),
    async ask(call, run) {
      const started = clock.now().getTime();
      publishCall({ type: "asked", call });
      const told = await Promise.race([atAbort, limit(() => (signal.aborted ? atAbort : within(run)))]);
      const isAbsence = !told.ok && told.why === "failed" && options.isAnswer?.(call, told.name) === true;
      const answer: typeof told = isAbsence ? { ...told, why: "absent" } : told;
      publishCall({ type: "answered", call });
      calls.push(logged(call, answer, clock.now().getTime() - started, options.explain));
      return answer;
    },
  };
}

/** So much is kept of an error: AWS's own messages are at most some hundred characters long. */
const longestName = 200;
const longestMessage = 2000;

type Failure = Extract<Answer<never>, { ok: false }>;

async function answered<T>(promise: Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    return failureOf(error);
  }
}

/** What a provider or a handler of the caller's own throws may be anything. */
function failureOf(error: unknown): Failure {
  try {
    const { name, message, cause } = error instanceof Error ? error : new Error(String(error));
    const code = (error as { code?: unknown } | null)?.code;
    const said = String(message) || (typeof code === "string" ? code : cause instanceof Error ? cause.message : "");
    const why = isDenialError(error) ? "refused" : "failed";
    return { ok: false, name: cut(String(name) || "Error", longestName), message: cut(said, longestMessage), why };
  } catch {
    return { ok: false, name: "Error", message: "what was thrown cannot be read", why: "failed" };
  }
}

function cut(text: string, most: number): string {
  const left = text.length - most;
  return left <= 0 ? text : `${text.slice(0, most)}... (${left} characters are left out here)`;
}

function whenAborted(signal: AbortSignal): Promise<Failure> {
  const skipped: Failure = {
    ok: false,
    name: "DeadlineExceeded",
    message: "not answered before the deadline",
    why: "skipped",
  };
  return new Promise((resolve) => {
    if (signal.aborted) resolve(skipped);
    else signal.addEventListener("abort", () => resolve(skipped), { once: true });
  });
}

function logged(
  call: string,
  answer: Answer<unknown>,
  milliseconds: number,
  explain: (call: string) => string | null,
): LoggedCall {
  if (answer.ok) return { call, status: "answered", milliseconds };
  const why = reasonOf(answer);
  const lacked = answer.why === "refused" ? explain(call) : null;
  const detail = lacked === null ? why : `${why} (${lacked})`;
  return { call, status: answer.why === "absent" ? "answered" : answer.why, detail, milliseconds };
}
