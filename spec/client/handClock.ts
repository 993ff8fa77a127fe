import type { Clock } from "../../lib/aws/Clock.js";

/** When the clock of a spec starts. */
export const start = new Date("2026-11-23T12:00:00Z");

interface Timer {
  at: number;
  run: () => void;
  state: "set" | "run" | "calledOff";
}

/** A clock that goes only where it is told to. */
export function handClock(): Clock & {
  timers: Timer[];
  goTo: (milliseconds: number) => void;
  /** Until so many timers are set and wait. */
  untilSet: (count: number) => Promise<void>;
} {
  const timers: Timer[] = [];
  let passed = 0;
  return {
    timers,
    now: () => new Date(start.getTime() + passed),
    after: (milliseconds, run) => {
      const timer: Timer = { at: passed + milliseconds, run, state: "set" };
      timers.push(timer);
      return () => {
        if (timer.state === "set") timer.state = "calledOff";
      };
    },
    untilSet: async (count) => {
      while (timers.filter(({ state }) => state === "set").length < count) await new Promise(setImmediate);
    },
    goTo: (milliseconds) => {
      passed = milliseconds;
      for (const timer of timers) {
        if (timer.state !== "set" || timer.at > passed) continue;
        timer.state = "run";
        timer.run();
      }
    },
  };
}
