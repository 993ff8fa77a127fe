import type { ParsedCondition } from "../ParsedPolicy.js";
import { certainly, type Operands, outcome } from "./Comparison.js";
import { type IpAddress, parseIpAddress, parseRequestAddress } from "./ipAddress.js";

/** The addresses of one family from `first` to `last`. */
interface Range {
  bits: IpAddress["bits"];
  first: bigint;
  last: bigint;
}

/**
 * The operands of IpAddress and NotIpAddress. A value that is no address is not comparable; an operand that is no range
 * matches nothing, and its neighbours still count.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export function ipOperands({ values }: ParsedCondition): Operands {
  const ranges = values.map(parseRange).filter((range) => range !== null);
  const isMatchable = ranges.length > 0 ? outcome.match : 0;
  const isMissable = covers(ranges, 32) && covers(ranges, 128) ? 0 : outcome.noMatch;
  return {
    withValue(value) {
      const address = parseRequestAddress(value);
      if (address === null) return certainly(outcome.notComparable);
      return certainly(ranges.some((range) => holds(range, address)) ? outcome.match : outcome.noMatch);
    },
    withAnything: certainly(outcome.notComparable | isMatchable | isMissable),
  };
}

function holds({ bits, first, last }: Range, address: IpAddress): boolean {
  return bits === address.bits && first <= address.number && address.number <= last;
}

/** Host bits are ignored in an IPv4 range, but make an IPv6 range match nothing, not even its own address. */
function parseRange(text: string): Range | null {
  const [written = "", length, tooMany] = text.split("/");
  const address = parseIpAddress(written);
  if (address === null || tooMany !== undefined) return null;
  if (length !== undefined && !/^\+?\d+$/.test(length)) return null;
  const hostBits = address.bits - Number(length ?? address.bits);
  if (hostBits < 0) return null;
  const first = (address.number >> BigInt(hostBits)) << BigInt(hostBits);
  // A request's IPv4 address is never compared as IPv6, however it is written, so that a mapped range meets none.
  if (address.bits === 128 && first !== address.number) return null;
  return { bits: address.bits, first, last: first + (1n << BigInt(hostBits)) - 1n };
}

/** Whether the ranges hold every address of a family together. */
function covers(ranges: readonly Range[], bits: IpAddress["bits"]): boolean {
  let next = 0n;
  const ofFamily = ranges.filter((range) => range.bits === bits);
  for (const { first, last } of ofFamily.sort((a, b) => (a.first < b.first ? -1 : 1))) {
    if (first > next) return false;
    if (last >= next) next = last + 1n;
  }
  return next === 1n << BigInt(bits);
}
