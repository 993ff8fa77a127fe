import type { Readable } from "node:stream";
import type { Clock } from "../../lib/aws/Clock.js";
import { operationOf } from "../evidence/roundTrips.js";
import { handClock, start } from "./handClock.js";

/** How a client sends; the SDK's own handlers are one. */
interface Sender {
  handle: (
    request: { headers: Record<string, string>; body?: unknown },
    ...more: never[]
  ) => Promise<{ response: { body?: Readable } }>;
}

/** Turns of the event loop without a request under way after which nothing more is to be expected. */
const quietTurns = 40;

/**
 * A clock that goes on to its next timer as soon as nothing is under way but requests that are never answered. So a wait
 * lasts as long as it would, by this clock, and takes no time at all.
 *
 * @param isStuck whether an operation's requests are never answered
 */
export function quietClock(isStuck: (operation: string) => boolean): {
  clock: Clock;
  /** Milliseconds since the start. */
  passed: () => number;
  /** Timers that are still set. */
  left: () => number;
  /** Notices what is sent from now on. */
  watch: (sender: object) => void;
  stop: () => void;
} {
  const clock = handClock();
  const set = () => clock.timers.filter(({ state }) => state === "set");
  let underWay = 0;
  let turns = 0;
  // Before the first diagnostic call, modules are loaded, which nothing tells the end of.
  let hasBegun = false;
  let isStopped = false;

  const turn = () => {
    if (isStopped) return;
    turns = underWay > 0 || !hasBegun ? 0 : turns + 1;
    if (turns > quietTurns && set().length > 0) {
      turns = 0;
      clock.goTo(Math.min(...set().map(({ at }) => at)));
    }
    setImmediate(turn);
  };
  setImmediate(turn);

  return {
    clock,
    passed: () => clock.now().getTime() - start.getTime(),
    left: () => set().length,
    watch: (sender) => {
      const { handle } = sender as Sender;
      (sender as Sender).handle = async (request, ...more) => {
        const isDiagnostic = request.headers["content-type"] !== "application/json";
        hasBegun ||= isDiagnostic;
        if (isDiagnostic && isStuck(operationOf(request))) return handle.call(sender, request, ...more);
        underWay += 1;
        const done = () => {
          underWay -= 1;
        };
        try {
          const answer = await handle.call(sender, request, ...more);
          // It is under way until the whole of it has come.
          if (answer.response.body === undefined) done();
          else answer.response.body.once("close", done);
          return answer;
        } catch (error) {
          done();
          throw error;
        }
      };
    },
    stop: () => {
      isStopped = true;
    },
  };
}
