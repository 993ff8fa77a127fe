/** What deadlines and waits are measured by; specs hand in one of their own. */
export interface Clock {
  now: () => Date;
  /** @returns calls it off */
  after: (milliseconds: number, run: () => void) => () => void;
}

/** The longest time that a timer of Node.js can wait; a longer one would run out at once. */
export const longestTimer = 2 ** 31 - 1;

/**
 * The system's clock. What comes due is run after what has arrived meanwhile was read: after a standstill of the process a
 * timer would else be told before the answer that came in time.
 */
export const systemClock: Clock = {
  now: () => new Date(),
  after: (milliseconds, run) => {
    let arrived: NodeJS.Immediate | undefined;
    const timer = setTimeout(
      () => {
        arrived = setImmediate(run);
      },
      Math.min(milliseconds, longestTimer),
    );
    return () => {
      clearTimeout(timer);
      clearImmediate(arrived);
    };
  },
};
