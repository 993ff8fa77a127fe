import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { RequestDesk } from "./requestDesk.js";

/** The desk's door on loopback. Node adds a true Date header; without one the SDK takes a denial for clock skew. */
export function httpServer(desk: RequestDesk): Server {
  const server = createServer((message, response) => {
    void serve(message, response, desk);
  });
  server.keepAliveTimeout = 60_000;
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
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
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
      body: Buffer.concat(chunks),
      sourceIp: message.socket.remoteAddress ?? "127.0.0.1",
    });
    response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
    response.end(answer.body);
  } catch {
    // The client went away, a fault broke the connection, or the emulator stops: nobody is to be answered.
    message.socket.destroy();
  }
}

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
