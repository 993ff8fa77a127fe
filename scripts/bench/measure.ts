/** How often a second of processor time something is done, over rounds of at least half a second. */
export function rate(work: () => number): number {
  const start = process.cpuUsage();
  let done = 0;
  let used = 0;
  do {
    // Looking at the clock costs as much as a tenth of a diagnosis.
    for (let times = 0; times < 10; times += 1) done += work();
    const { user, system } = process.cpuUsage(start);
    used = user + system;
  } while (used < 500_000);
  return (done / used) * 1e6;
}

/**
 * Two ways to do the same, measured in turn, so that what else the machine does falls on both: the median rate of each and
 * the median of the ratios.
 */
export function compare(before: () => number, after: () => number, rounds: number) {
  rate(before);
  rate(after);
  const pairs = Array.from({ length: rounds }, () => ({ before: rate(before), after: rate(after) }));
  return {
    before: median(pairs.map((pair) => pair.before)),
    after: median(pairs.map((pair) => pair.after)),
    ratio: median(pairs.map((pair) => pair.after / pair.before)),
  };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
