import { InvalidArgumentError } from "commander";
import type { Shard } from "./selectedExpectations.js";

/** Reads "1/4": the first of four parts. */
export function shardOf(text: string): Shard {
  const [, index, count] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index === undefined || count === undefined || index < 1 || index > count) {
    throw new InvalidArgumentError("Expected a part as 1/4: the first of four.");
  }
  return { index, count };
}
