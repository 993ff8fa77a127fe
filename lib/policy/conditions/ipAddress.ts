/** An address of IPv4 (32 bits) or IPv6 (128 bits). */
export interface IpAddress {
  bits: 32 | 128;
  number: bigint;
}

/**
 * Reads an address as live IAM was captured to (aws-behaviour, condition-ip): decimal leading
 * zeros are taken, IPv6 with a dotted end is not, of odd IPv6 spellings one run of three colons, one colon too many at
 * the end and an empty first group.
 */
export function parseIpAddress(text: string): IpAddress | null {
  return ipv4(text) ?? ipv6(text);
}

/** Reads the address of a request, in which an IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is that address. */
export function parseRequestAddress(text: string): IpAddress | null {
  const dotted = /^::ffff:([\d.]+)$/i.exec(text)?.[1];
  if (dotted !== undefined) return ipv4(dotted) ?? ipv6(text);
  const address = parseIpAddress(text);
  const isMapped = address?.bits === 128 && address.number >> 32n === 0xffffn;
  return isMapped ? { bits: 32, number: address.number & 0xffffffffn } : address;
}

function ipv4(text: string): IpAddress | null {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^\d+$/.test(octet) && Number(octet) < 256)) return null;
  return { bits: 32, number: octets.reduce((number, octet) => number * 256n + BigInt(Number(octet)), 0n) };
}

function ipv6(text: string): IpAddress | null {
  let spelt = text.replace(":::", "::");
  if (/[^:]:$/.test(spelt)) spelt = spelt.slice(0, -1);
  if (/^:[^:]/.test(spelt)) spelt = `0${spelt}`;
  const [before, after, tooMany] = spelt.split("::").map((half) => (half === "" ? [] : half.split(":")));
  if (before === undefined || tooMany !== undefined) return null;
  const zeros = 8 - before.length - (after?.length ?? 0);
  if (after === undefined ? zeros !== 0 : zeros < 1) return null;
  const groups = after === undefined ? before : [...before, ...Array.from({ length: zeros }, () => "0"), ...after];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return null;
  return { bits: 128, number: groups.reduce((number, group) => number * 65536n + BigInt(`0x${group}`), 0n) };
}
