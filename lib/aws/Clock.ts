/** What deadlines and waits are measured by; specs hand in one of their own. */
export interface Clock {
  now: () => Date;
  /** @returns calls it off */
  after: (milliseconds: number, run: () => void) => () => void;
}

/** The system's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
