import type { Clock } from "./Clock.js";

/** Waits, but not beyond an abort. */
export function pause(milliseconds: number, signal: AbortSignal, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = () => {
      callOff();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const callOff = clock.after(milliseconds, done);
    signal.addEventListener("abort", done, { once: true });
  });
}
