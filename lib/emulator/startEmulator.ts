import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { requiredActions } from "../request/requiredActions.js";
import type { Emulator, EmulatorCredentials, EmulatorOptions } from "./Emulator.js";
import type { EmulatorState } from "./EmulatorState.js";
import { exampleWorld } from "./exampleWorld.js";
import { handleRequest } from "./handleRequest.js";
import { inProcessHandler } from "./inProcessHandler.js";
import type { RequestLogEntry } from "./RequestLogEntry.js";
import type { Session } from "./Session.js";
import { auditorSession, signIn } from "./signIn.js";
import type { SessionOptions, World } from "./World.js";
import type { WireRequest, WireResponse } from "./wire/WireRequest.js";

/**
 * Starts an embedded AWS on loopback: AWS Backup, IAM, STS, KMS and Organizations over a described world, which
 * authorises every operation by all layers of policies. It holds nothing on disk.
 *
 * @throws RangeError where `world.caller` names nobody that could call
 * @example
 * const emulator = await startEmulator({ world });
 * const client = new BackupClient(emulator.clientConfig());
 * // ...
 * await emulator.stop();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const requests: RequestLogEntry[] = [];
  let inFlight = 0;
  let given = options.world ?? exampleWorld();
  const state: EmulatorState = newState(given, options);
  let caller = callerOf(state);
  let auditor = auditorOf(state);

  const handle = async (request: WireRequest): Promise<WireResponse> => {
    inFlight += 1;
    const entry: RequestLogEntry = {
      index: requests.length,
      service: null,
      operation: "",
      accessKeyId: null,
      callerArn: null,
      principalArn: null,
      inFlight,
      startedAt: new Date(),
      status: null,
      errorCode: null,
      input: {},
    };
    requests.push(entry);
    try {
      const answer = handleRequest(state, request, entry);
      entry.status = answer.status;
      options.onRequest?.(entry);
      return answer;
    } finally {
      inFlight -= 1;
    }
  };

  const server = createServer((message, response) => {
    void serve(message, response, handle);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const credentialsFor = (arn: string, session?: SessionOptions): EmulatorCredentials => {
    const made = signIn(state.world, arn, session);
    state.sessions.set(made.accessKeyId, made);
    return credentialsOf(made);
  };
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopped ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return stopped;
  };

  return {
    url,
    port,
    requests,
    get world() {
      return state.world;
    },
    get auditor() {
      return credentialsOf(auditor);
    },
    clientConfig: (principal) => ({
      endpoint: url,
      region: state.world.region,
      credentials: principal === undefined ? credentialsOf(caller) : credentialsFor(principal),
    }),
    requestHandler: inProcessHandler(handle),
    credentialsFor,
    reset: (world) => {
      given = world ?? given;
      Object.assign(state, newState(given, options));
      caller = callerOf(state);
      auditor = auditorOf(state);
      requests.length = 0;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function newState(world: World, { enforce = "all" }: EmulatorOptions): EmulatorState {
  return {
    // The world lives: what is made in it must not change what the caller of startEmulator holds.
    world: structuredClone(world),
    sessions: new Map(),
    enforced: new Set(enforce === "all" ? requiredActions : enforce),
    counter: 0,
  };
}

function callerOf(state: EmulatorState): Session {
  const { arn, ...options } = state.world.caller;
  const session = signIn(state.world, arn, options);
  state.sessions.set(session.accessKeyId, session);
  for (const account of state.world.accounts) {
    for (const user of account.users) {
      for (const key of user.accessKeys) {
        if (key.status !== "Active") continue;
        const own = signIn(state.world, `arn:${state.world.partition}:iam::${account.id}:user/${user.name}`);
        state.sessions.set(key.accessKeyId, { ...own, ...key });
      }
    }
  }
  return session;
}

function auditorOf(state: EmulatorState): Session {
  const account = state.world.caller.arn.split(":")[4] ?? "";
  const session = auditorSession(state.world, account);
  state.sessions.set(session.accessKeyId, session);
  return session;
}

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken }: Session): EmulatorCredentials {
  return { accessKeyId, secretAccessKey, ...(sessionToken !== null && { sessionToken }) };
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  handle: (request: WireRequest) => Promise<WireResponse>,
): Promise<void> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const [path = "/", query = ""] = splitOnce(message.url ?? "/", "?");
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(message.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(",") : value;
    }
    const answer = await handle({
      method: message.method ?? "GET",
      path,
      query,
      headers,
      body: Buffer.concat(chunks),
      sourceIp: message.socket.remoteAddress ?? "127.0.0.1",
    });
    // Node adds a true Date header; without one the SDK takes a denial for clock skew.
    response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
    response.end(answer.body);
  } catch {
    // The client went away in the middle of its request: nobody is left to be answered.
    response.destroy();
  }
}

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
