import { deflateRawSync } from "node:zlib";
import { ServiceError } from "../../ServiceError.js";

/**
 * What a session carries, packed, may take so many bytes. AWS publishes neither the packing nor the space; this much fits
 * what was recorded: nine tags of 252 letters took 498 percent, and tags are not compressed (aws-behaviour, packed-size).
 */
const space = 459;
const betweenTags = 2;

interface Carried {
  tags: Readonly<Record<string, string>>;
  inline: string | undefined;
  arns: readonly string[];
  /** What else is in the session, as who vouched for it. */
  more?: readonly string[];
}

/**
 * The percentage of the space that a session's policies and tags take, about as STS would measure it.
 *
 * @returns null where there is nothing to be measured
 * @throws ServiceError PackedPolicyTooLarge
 */
export function packedSize({ tags, inline, arns, more = [] }: Carried): number | null {
  const ofTags = Object.entries(tags).reduce((sum, [key, value]) => sum + bytes(key) + bytes(value) + betweenTags, 0);
  const ofPolicies =
    (inline === undefined ? 0 : deflateRawSync(inline).length) + arns.reduce((sum, arn) => sum + bytes(arn), 0);
  const percent = (size: number) => Math.round((100 * size) / space);
  if (percent(ofTags) > 100) {
    const message = `Packed size of session tags consumes ${percent(ofTags)}% of allotted space.`;
    throw new ServiceError("PackedPolicyTooLarge", message);
  }
  const all = ofTags + ofPolicies + more.reduce((sum, text) => sum + bytes(text), 0);
  if (percent(all) > 100) {
    throw new ServiceError("PackedPolicyTooLarge", `Packed policy consumes ${percent(all)}% of allotted space`);
  }
  return all === 0 ? null : percent(all);
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
