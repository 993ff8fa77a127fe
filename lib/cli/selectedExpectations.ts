import { titleOf } from "../testing/expectations/titleOf.js";
import type { VaultAccessExpectation } from "../testing/expectations/VaultAccessExpectation.js";
import { CliError } from "./CliError.js";

/** A part of the expectations, for several machines: the first of four is { index: 1, count: 4 }. */
export interface Shard {
  index: number;
  count: number;
}

/**
 * The expectations whose names hold a text, and of these a shard's.
 *
 * @throws CliError where no name holds the text
 */
export function selectedExpectations(
  expectations: readonly VaultAccessExpectation[],
  { only, shard }: { only?: string; shard?: Shard },
): VaultAccessExpectation[] {
  const wanted = only?.toLowerCase();
  const named =
    wanted === undefined
      ? [...expectations]
      : expectations.filter((expectation) => titleOf(expectation).toLowerCase().includes(wanted));
  if (named.length === 0) {
    const names = expectations.map(titleOf).slice(0, 10).join("; ");
    throw new CliError(`--only ${only}: no expectation's name holds this text; there are: ${names}`);
  }
  return shard === undefined ? named : named.filter((_, place) => place % shard.count === shard.index - 1);
}
