import type { CheckedCall } from "./CheckedCall.js";

/** So many vaults of a plan are asked about at once: a file of others decides how many there are. */
const mostPlanned = 500;

/**
 * The calls that are asked about: those of this shard, and of a plan's at most 500.
 *
 * @returns `leftOut`: how many of the plan's are not asked about
 */
export function askedCalls(
  calls: readonly CheckedCall[],
  shard?: { index: number; count: number },
): { asked: readonly CheckedCall[]; leftOut: number } {
  const own = shard === undefined ? calls : calls.filter((_, at) => at % shard.count === shard.index - 1);
  const isPlan = own.some(({ plan }) => plan !== null);
  const asked = isPlan ? own.slice(0, mostPlanned) : own;
  return { asked, leftOut: own.length - asked.length };
}
