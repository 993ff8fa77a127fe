import type { HttpHandlerOptions, RequestHandler } from "@smithy/types";
import type { RequiredAction } from "../facts/actions.js";
import type { EmulatorEvent } from "./EmulatorEvent.js";
import type { Fault } from "./Fault.js";
import type { InProcessRequest, InProcessResponse } from "./inProcessHandler.js";
import type { RequestLogEntry } from "./RequestLogEntry.js";
import type { TrailRecord } from "./trail/TrailRecord.js";
import type { SessionOptions, World, WorldInput } from "./World.js";

export interface EmulatorOptions {
  /**
   * What is served, as `parseWorld` reads it; a copy of it lives in the emulator. Default: one account in which the caller
   * may create vaults.
   */
  world?: WorldInput | undefined;
  /** Default: a free one. */
  port?: number | undefined;
  /** Which of the seven actions CreateBackupVault needs. Default: "all". */
  enforce?: "all" | readonly RequiredAction[] | undefined;
  /** How long after a call CloudTrail tells of it, in milliseconds; AWS takes about five minutes. Default: 0. */
  cloudTrailDelay?: number | undefined;
  /** What goes wrong on purpose, from the start and after every reset. */
  faults?: readonly Fault[] | undefined;
  /** Decides what chance decides: from 0 to below 1. Default: Math.random. */
  random?: (() => number) | undefined;
  /** Told of everything that happens, as by {@link Emulator.subscribe}. */
  onEvent?: ((event: EmulatorEvent) => void) | undefined;
}

export interface EmulatorCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** What every AWS SDK client takes. */
export interface EmulatorClientConfig {
  endpoint: string;
  region: string;
  credentials: EmulatorCredentials;
}

/** A running emulator. */
export interface Emulator {
  /** As "http://127.0.0.1:43210". */
  readonly url: string;
  readonly port: number;
  /** The world as it lives: what is made shows here, and what is changed here is served at once. */
  readonly world: World;
  /** The requests since the start or the last reset, in the order of arrival: the newest 10,000. */
  readonly requests: readonly RequestLogEntry[];
  /** What CloudTrail recorded since the start or the last reset, oldest first: the newest 10,000 events. */
  readonly cloudTrail: readonly TrailRecord[];
  /** As the option; it can be changed at any time, also for events that are there already. */
  cloudTrailDelay: number;
  /** Credentials of somebody in the caller's account who may read, and do, everything everywhere. */
  readonly auditor: EmulatorCredentials;
  /** Settings for a client of any of the six services; default principal: the world's caller. */
  clientConfig(principal?: string): EmulatorClientConfig;
  /** For clients that shall not use a socket: `new BackupClient({ ...emulator.clientConfig(), requestHandler })`. */
  readonly requestHandler: RequestHandler<InProcessRequest, InProcessResponse, HttpHandlerOptions>;
  /** Credentials of a user, role, role session, federated user or root. */
  credentialsFor(arn: string, options?: SessionOptions): EmulatorCredentials;
  /**
   * A JSON Web Token of one of the world's OpenID Connect providers that describes no keys, for
   * sts:AssumeRoleWithWebIdentity. `sub`, `iat` and `exp` are filled in where they are left out.
   *
   * @example
   * emulator.webIdentityToken({ iss: "https://idp.example.com", aud: "deployers", sub: "ci" });
   */
  webIdentityToken(claims: { iss: string; aud: string } & Record<string, unknown>): string;
  /** Lets something go wrong from now on. */
  inject(fault: Fault): void;
  /** Lets nothing go wrong any more. */
  clearFaults(): void;
  /** @returns stops telling */
  subscribe(listener: (event: EmulatorEvent) => void): () => void;
  /** A fresh world: the one given, else the last one given. Forgets credentials, injected faults and the request log. */
  reset(world?: WorldInput): void;
  /** Closes every connection. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
