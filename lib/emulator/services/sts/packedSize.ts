import { deflateRawSync } from "node:zlib";
import { ServiceError } from "../../ServiceError.js";

/**
 * What a session carries, packed, may take so many bytes. AWS publishes neither the packing nor the space; this much fits
 * what was recorded: tags are not compressed, and nine of 252 letters took 498 percent (aws-behaviour, packed-size).
 */
const space = 455;

interface Carried {
  tags: Readonly<Record<string, string>>;
  inline: string | undefined;
  arns: readonly string[];
  /** What else is in the session, as who vouched for it. */
  more?: readonly string[];
}

/**
 * The percentage of the space that a session's policies and tags take, at the least. Only tags are ever too much: whatever
 * AWS packs beside them, two or more of them that have more letters than there is space for are refused. How AWS packs
 * policies is unknown; they count as compressed as they can be, and no more than all the space.
 *
 * @returns null where there is nothing to be measured
 * @throws ServiceError PackedPolicyTooLarge
 */
export function packedSize({ tags, inline, arns, more = [] }: Carried): number | null {
  const ofTags = bytes(Object.entries(tags).flat());
  if (percent(ofTags) > 100) {
    const message = `Packed size of session tags consumes ${percent(ofTags)}% of allotted space.`;
    throw new ServiceError("PackedPolicyTooLarge", message);
  }
  const policies = inline === undefined ? 0 : deflateRawSync(inline, { level: 9 }).length;
  const all = ofTags + policies + bytes(arns) + bytes(more);
  return all === 0 ? null : Math.min(100, percent(all));
}

function percent(size: number): number {
  return Math.round((100 * size) / space);
}

function bytes(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
