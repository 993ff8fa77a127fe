import { CliError } from "./CliError.js";

/** More than the largest dump of an account; a text cannot be longer in Node.js. */
const mostBytes = 500_000_000;

/**
 * All of a stream, which may be one that never ends.
 *
 * @throws CliError where it is longer than any input is (rejects); no more of it is read then
 */
export async function boundedBytes(stream: AsyncIterable<Uint8Array>, most: number = mostBytes): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > most) throw new CliError(`expected at most ${most} bytes of input, found more`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
