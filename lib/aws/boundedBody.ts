import { Readable } from "node:stream";
import type { DeserializeHandler } from "@smithy/types";

/** The longest answer that is read, in bytes; AWS's own are at most some 100 kB long. */
export const longestAnswer = 8_000_000;

/**
 * A middleware that reads no answer further than its bound: what is longer breaks off as an error, before it is parsed.
 */
export function boundedBody(next: DeserializeHandler<object, object>): DeserializeHandler<object, object> {
  return async (args) => {
    const answer = await next(args);
    const response = answer.response as { body?: unknown } | undefined;
    if (response !== undefined) response.body = bounded(response.body);
    return answer;
  };
}

function bounded(body: unknown): unknown {
  if (body instanceof Readable) return Readable.from(upToBound(body), { objectMode: false });
  if (body instanceof ReadableStream) return body.pipeThrough(countingStream());
  if ((typeof body === "string" || body instanceof Uint8Array) && body.length > longestAnswer) throw tooLong();
  return body;
}

async function* upToBound(body: Readable): AsyncGenerator<Uint8Array> {
  let length = 0;
  // Leaving the loop by an error closes the connection, too.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > longestAnswer) throw tooLong();
    yield chunk;
  }
}

function countingStream(): TransformStream<Uint8Array, Uint8Array> {
  let length = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      length += chunk.length;
      if (length > longestAnswer) controller.error(tooLong());
      else controller.enqueue(chunk);
    },
  });
}

function tooLong(): Error {
  const error = new Error(`the answer is longer than ${longestAnswer} bytes`);
  error.name = "MalformedResponse";
  return error;
}
