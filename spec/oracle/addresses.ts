/*
 * IP addresses and ranges as captured (aws-behaviour, condition-ip): no prefix means the one address; host bits of an
 * IPv4 range, leading zeros and `/024` are taken; an IPv6 range with host bits matches nothing; an IPv4-mapped address in
 * the request is IPv4, a mapped range in the policy matches nothing.
 */
interface Address {
  bits: 32 | 128;
  value: bigint;
}

export function isAddress(text: string): boolean {
  return addressOf(text) !== null;
}

export function isInRange(text: string, range: string): boolean {
  const address = addressOf(text);
  const [, base = "", prefix] = /^([^/]+)(?:\/(\d+))?$/.exec(range) ?? [];
  if (isMapped(base)) return false;
  const start = addressOf(base);
  if (address === null || start === null || address.bits !== start.bits) return false;
  const length = prefix === undefined ? start.bits : Number(prefix);
  if (length > start.bits) return false;
  const hostBits = BigInt(start.bits - length);
  if (start.bits === 128 && (start.value >> hostBits) << hostBits !== start.value) return false;
  return address.value >> hostBits === start.value >> hostBits;
}

function isMapped(text: string): boolean {
  return /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(text);
}

function addressOf(text: string): Address | null {
  if (isMapped(text)) return addressOf(text.slice("::ffff:".length));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) {
    const numbers = text.split(".").map(Number);
    if (numbers.some((number) => number > 255)) return null;
    return { bits: 32, value: numbers.reduce((value, number) => value * 256n + BigInt(number), 0n) };
  }
  return ipv6Of(text);
}

function ipv6Of(text: string): Address | null {
  const halves = text.split("::");
  if (!text.includes(":") || halves.length > 2) return null;
  const [front = [], back = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - front.length - back.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...front, ...Array.from({ length: missing }, () => "0"), ...back];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return null;
  return { bits: 128, value: groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n) };
}
