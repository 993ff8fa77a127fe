import { createHash } from "node:crypto";

/** One of several parts of the principals, for several machines: the first of four is { index: 1, count: 4 }. */
export interface SurveyShard {
  index: number;
  count: number;
}

/**
 * Whether a principal falls into a shard. By its ARN alone, so that machines that know nothing of each other agree, and so
 * that who comes or goes moves nobody else: the first four bytes of the ARN's SHA-256, modulo the number of shards.
 */
export function isOfShard(principalArn: string, { index, count }: SurveyShard): boolean {
  return createHash("sha256").update(principalArn).digest().readUInt32BE(0) % count === index - 1;
}
