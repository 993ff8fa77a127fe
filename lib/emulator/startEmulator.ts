import { requiredActions } from "../facts/actions.js";
import { arnOf } from "./arnOf.js";
import { checkEmulatorOptions } from "./checkEmulatorOptions.js";
import type { Emulator, EmulatorCredentials, EmulatorOptions } from "./Emulator.js";
import type { EmulatorEvent } from "./EmulatorEvent.js";
import type { EmulatorState } from "./EmulatorState.js";
import { exampleWorld } from "./exampleWorld.js";
import { newFaults } from "./faults.js";
import { close, httpServer, listen } from "./httpServer.js";
import { inProcessHandler } from "./inProcessHandler.js";
import { parseWorld } from "./parseWorld.js";
import type { RequestLogEntry } from "./RequestLogEntry.js";
import { requestDesk } from "./requestDesk.js";
import type { Session } from "./Session.js";
import { auditorSession, signIn } from "./signIn.js";
import { newTokenIssuer } from "./tokenIssuer.js";
import type { SessionOptions, WorldInput } from "./World.js";

/**
 * Starts an embedded AWS on loopback: AWS Backup, IAM, STS, KMS and Organizations over a described world, which
 * authorises every operation by all layers of policies. It holds nothing on disk.
 *
 * @throws WorldFormatError where `world` is none, or its caller is in none of its accounts (rejects)
 * @throws TypeError where an option is not known or not what it must be (rejects)
 * @example
 * const emulator = await startEmulator({ world });
 * const client = new BackupClient(emulator.clientConfig());
 * // ...
 * await emulator.stop();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkEmulatorOptions(options);
  const requests: RequestLogEntry[] = [];
  const listeners = new Set<(event: EmulatorEvent) => void>(options.onEvent === undefined ? [] : [options.onEvent]);
  const tell = (event: EmulatorEvent) => {
    for (const listener of listeners) listener(event);
  };
  const faults = newFaults(options.faults ?? [], options.random ?? Math.random);
  const stopping = new AbortController();

  let given: WorldInput = options.world ?? exampleWorld();
  const state = newState(given, options);
  let known = knownSessions(state);

  const desk = requestDesk(state, requests, faults, tell, stopping.signal);
  const server = httpServer(desk);
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;

  const credentialsFor = (arn: string, session?: SessionOptions): EmulatorCredentials => {
    const made = signIn(state.world, arn, session);
    state.sessions.set(made.accessKeyId, made);
    return credentialsOf(made);
  };
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    if (stopped === null) {
      stopping.abort();
      stopped = close(server).then(() => tell({ type: "stopped" }));
    }
    return stopped;
  };

  return {
    url,
    port,
    requests,
    get world() {
      return state.world;
    },
    get cloudTrail() {
      return state.trail.map(({ record }) => record);
    },
    get cloudTrailDelay() {
      return state.trailDelay;
    },
    set cloudTrailDelay(milliseconds) {
      state.trailDelay = milliseconds;
    },
    get auditor() {
      return credentialsOf(known.auditor);
    },
    clientConfig: (principal) => ({
      endpoint: url,
      region: state.world.region,
      credentials: principal === undefined ? credentialsOf(known.caller) : credentialsFor(principal),
    }),
    requestHandler: inProcessHandler(desk),
    credentialsFor,
    webIdentityToken: (claims) => {
      const now = Math.floor(Date.now() / 1000);
      return state.tokenIssuer().issue({ sub: "subject", iat: now, exp: now + 3600, ...claims });
    },
    inject: faults.add,
    clearFaults: faults.clear,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reset: (world) => {
      given = world ?? given;
      Object.assign(state, newState(given, options));
      known = knownSessions(state);
      requests.length = 0;
      faults.clear();
      for (const fault of options.faults ?? []) faults.add(fault);
      tell({ type: "reset" });
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function newState(world: WorldInput, { enforce = "all", cloudTrailDelay = 0 }: EmulatorOptions): EmulatorState {
  return {
    // The world lives: what is made in it must not change what the caller of startEmulator holds.
    world: structuredClone(parseWorld(world)),
    sessions: new Map(),
    lastUsed: new Map(),
    tokenIssuer: newTokenIssuer(),
    enforced: new Set(enforce === "all" ? requiredActions : enforce),
    trail: [],
    deletionTasks: new Set(),
    trailDelay: cloudTrailDelay,
  };
}

function knownSessions({ world, sessions }: EmulatorState): { caller: Session; auditor: Session } {
  const { arn, ...options } = world.caller;
  const caller = signIn(world, arn, options);
  const auditor = auditorSession(world, arnOf(arn).accountId);
  for (const session of [caller, auditor]) sessions.set(session.accessKeyId, session);
  return { caller, auditor };
}

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken }: Session): EmulatorCredentials {
  return { accessKeyId, secretAccessKey, ...(sessionToken !== null && { sessionToken }) };
}
