/**
 * How often a random spec tries of `whole`: an eighth in `npm test`, which people wait for, and all of it with RANDOM=whole,
 * as the gate `random` of `npm run verify` has it.
 */
export function runs(whole: number): number {
  return process.env.RANDOM === "whole" ? whole : Math.ceil(whole / 8);
}
