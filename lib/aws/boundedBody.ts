import { Readable } from "node:stream";
import type { DeserializeHandler } from "@smithy/types";

/** The longest answer that is read, in bytes; AWS's own are at most some 100 kB long. */
export const longestAnswer = 8_000_000;

/**
 * How much of an answer in XML stands between two tags, in bytes: the SDK reads a text in time that grows with its square.
 * AWS's longest is a policy of 10,240 characters, URL-encoded.
 */
export const longestText = 128_000;

/** The tags of an answer in XML: each costs the SDK some microseconds. One statement in a simulator's answer has some 20. */
export const mostTags = 500_000;

/**
 * The marks that begin or part the values of an answer in JSON: each costs the SDK and the schemas some microseconds. AWS's
 * longest lists have some tens of thousands.
 */
export const mostMarks = 500_000;

/**
 * A middleware that reads no answer further than its bounds: what is longer breaks off as an error, before it is parsed.
 *
 * @param isXml the service answers in XML
 */
export function boundedBody(isXml: boolean) {
  return (next: DeserializeHandler<object, object>): DeserializeHandler<object, object> =>
    async (args) => {
      const answer = await next(args);
      const response = answer.response as { body?: unknown } | undefined;
      if (response !== undefined) response.body = bounded(response.body, isXml);
      return answer;
    };
}

function bounded(body: unknown, isXml: boolean): unknown {
  const check = newCheck(isXml);
  if (body instanceof Readable) return Readable.from(checked(body, check), { objectMode: false });
  if (body instanceof ReadableStream) return body.pipeThrough(checkingStream(check));
  if (typeof body === "string" || body instanceof Uint8Array) check(Buffer.from(body));
  return body;
}

type Check = (chunk: Uint8Array) => void;

/** @returns looks at one chunk after the other, and throws at the first that goes beyond a bound */
function newCheck(isXml: boolean): Check {
  let length = 0;
  let textFrom = 0;
  let tags = 0;
  let marks = 0;
  return (chunk) => {
    const start = length;
    length += chunk.length;
    if (length > longestAnswer) throw malformed(`the answer is longer than ${longestAnswer} bytes`);
    if (!isXml) {
      // Those within texts count, too: nobody knows where a chunk begins.
      for (const mark of markBytes) marks += countOf(mark, chunk);
      if (marks > mostMarks) throw malformed(`the answer has more than ${mostMarks} values`);
      return;
    }
    for (let at = chunk.indexOf(lessThan); at >= 0; at = chunk.indexOf(lessThan, at + 1)) {
      checkText(start + at - textFrom);
      textFrom = start + at;
      tags += 1;
      if (tags > mostTags) throw malformed(`the answer has more than ${mostTags} tags`);
    }
    checkText(length - textFrom);
  };
}

const lessThan = "<".charCodeAt(0);
const markBytes = Buffer.from(",[{");

function countOf(byte: number, chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) count += 1;
  return count;
}

function checkText(bytes: number): void {
  if (bytes > longestText) throw malformed(`the answer holds a text of more than ${longestText} bytes`);
}

async function* checked(body: Readable, check: Check): AsyncGenerator<Uint8Array> {
  // Leaving the loop by an error closes the connection, too.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    check(chunk);
    yield chunk;
  }
}

function checkingStream(check: Check): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform: (chunk, controller) => {
      try {
        check(chunk);
        controller.enqueue(chunk);
      } catch (error) {
        controller.error(error);
      }
    },
  });
}

function malformed(why: string): Error {
  const error = new Error(why);
  error.name = "MalformedResponse";
  return error;
}
