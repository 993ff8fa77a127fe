import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { RequestDesk } from "./requestDesk.js";
import { mostFormBytes } from "./wire/bodyLimit.js";

/** Of a body that is too long, so much is listened to before the connection is broken. */
const mostDiscarded = 16 * mostFormBytes;

/** The desk's door on loopback. Node adds a true Date header; without one the SDK takes a denial for clock skew. */
export function httpServer(desk: RequestDesk): Server {
  const server = createServer((message, response) => {
    void serve(message, response, desk);
  });
  server.keepAliveTimeout = 60_000;
  // A proxy is asked to connect, and this is none.
  server.on("connect", (_, socket) => {
    // Node lets go of this socket, and of its errors.
    socket.on("error", () => socket.destroy());
    socket.end("HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n", () => socket.destroy());
  });
  return server;
}

/** @returns the port it listens on */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** Closes at once, also connections in the middle of something. */
export async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(message: IncomingMessage, response: ServerResponse, desk: RequestDesk): Promise<void> {
  try {
    const body = await bodyOf(message);
    const [path, query] = splitOnce(message.url ?? "/", "?");
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(message.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(",") : value;
    }
    const answer = await desk({
      method: message.method ?? "GET",
      path,
      query,
      headers,
      body,
      sourceIp: message.socket.remoteAddress ?? "127.0.0.1",
    });
    response.writeHead(answer.status, {
      ...answer.headers,
      "content-length": Buffer.byteLength(answer.body),
      // What is left of a body that is too long would be read as the next request.
      ...(body === null && { connection: "close" }),
    });
    response.end(answer.body);
  } catch {
    // The client went away, a fault broke the connection, or the emulator stops: nobody is to be answered.
    message.socket.destroy();
  }
}

/** Null where it is longer than any service takes; what comes beyond is thrown away, so that the sender hears the answer. */
async function bodyOf(message: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= mostFormBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (length > mostDiscarded) break;
  }
  return length <= mostFormBytes ? Buffer.concat(chunks) : null;
}

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
