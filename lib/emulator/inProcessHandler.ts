import { Readable } from "node:stream";
import type { HttpHandlerOptions, RequestHandler } from "@smithy/types";
import type { WireRequest, WireResponse } from "./wire/WireRequest.js";

/** What the SDK hands to a request handler. */
export interface InProcessRequest {
  method: string;
  path: string;
  query?: Record<string, string | string[] | null> | undefined;
  headers: Record<string, string>;
  body?: unknown;
}

export interface InProcessResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}

/** The same answers without a socket, as a `requestHandler` for SDK clients. */
export function inProcessHandler(
  handle: (request: WireRequest) => Promise<WireResponse>,
): RequestHandler<InProcessRequest, InProcessResponse, HttpHandlerOptions> {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    async handle(request, options) {
      const answered = handle({
        method: request.method,
        path: request.path,
        query: queryText(request.query ?? {}),
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: bodyOf(request.body),
        sourceIp: "127.0.0.1",
      });
      const answer = await orAborted(answered, options?.abortSignal);
      return {
        response: {
          statusCode: answer.status,
          headers: { ...answer.headers, date: new Date().toUTCString() },
          body: Readable.from([Buffer.from(answer.body)]),
        },
      };
    },
  };
}

/** The client's own deadline holds here as it would on a socket. */
async function orAborted<T>(answered: Promise<T>, signal: HttpHandlerOptions["abortSignal"]): Promise<T> {
  if (signal === undefined) return answered;
  return new Promise<T>((resolve, reject) => {
    const aborted = () => reject(Object.assign(new Error("Request aborted"), { name: "AbortError" }));
    if (signal.aborted) aborted();
    else if ("addEventListener" in signal) signal.addEventListener("abort", aborted, { once: true });
    else signal.onabort = aborted;
    answered.then(resolve, reject);
  });
}

function queryText(query: Record<string, string | string[] | null>): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value ?? ""]) fields.append(name, one);
  }
  return fields.toString();
}

function bodyOf(body: unknown): Buffer {
  if (typeof body === "string") return Buffer.from(body);
  if (!(body instanceof Uint8Array)) return Buffer.alloc(0);
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
