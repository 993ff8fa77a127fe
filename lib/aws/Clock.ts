/** What deadlines and waits are measured by; specs hand in one of their own. */
export interface Clock {
  now: () => Date;
  /** @returns calls it off */
  after: (milliseconds: number, run: () => void) => () => void;
}

/**
 * The system's clock. What comes due is run after what has arrived meanwhile was read: after a standstill of the process a
 * timer would else be told before the answer that came in time.
 */
export const systemClock: Clock = {
  now: () => new Date(),
  after: (milliseconds, run) => {
    let arrived: NodeJS.Immediate | undefined;
    const timer = setTimeout(() => {
      arrived = setImmediate(run);
    }, milliseconds);
    return () => {
      clearTimeout(timer);
      clearImmediate(arrived);
    };
  },
};
