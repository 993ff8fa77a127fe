import { setTimeout as wait } from "node:timers/promises";
import type { EmulatorEvent } from "./EmulatorEvent.js";
import type { EmulatorState } from "./EmulatorState.js";
import { type Faults, throttling } from "./faults.js";
import { errorAnswer, handleRequest, type RecognisedRequest, recogniseRequest } from "./handleRequest.js";
import type { RequestLogEntry } from "./RequestLogEntry.js";
import { ServiceError } from "./ServiceError.js";
import { protocols } from "./wire/protocols.js";
import type { WireRequest, WireResponse } from "./wire/WireRequest.js";

/** So many requests the log holds; the oldest go first. */
const mostEntries = 10_000;

/** Thrown where no answer shall be given: the connection is broken instead. */
class ConnectionBroken extends Error {
  override readonly name = "ConnectionBroken";
}

/** Takes requests, from sockets and from the same process alike. */
export type RequestDesk = (request: WireRequest) => Promise<WireResponse>;

/**
 * Logs each request, lets the faults strike, and has it answered.
 *
 * @param stopping aborted when the emulator stops: whatever still hangs then breaks
 */
export function requestDesk(
  state: EmulatorState,
  requests: RequestLogEntry[],
  faults: Faults,
  tell: (event: EmulatorEvent) => void,
  stopping: AbortSignal,
): RequestDesk {
  let inFlight = 0;
  return async (request) => {
    inFlight += 1;
    const entry = newEntry((requests.at(-1)?.index ?? -1) + 1, inFlight);
    requests.push(entry);
    if (requests.length > mostEntries) requests.splice(0, requests.length - mostEntries);
    try {
      if (stopping.aborted) throw new ConnectionBroken("The emulator has stopped.");
      const recognised = recogniseRequest(state, request, entry);
      tell({ type: "requestReceived", request: entry });
      const answer = (await struck(recognised, entry, faults, stopping)) ?? handleRequest(recognised, entry);
      entry.status = answer.status;
      tell({ type: "requestAnswered", request: entry });
      return answer;
    } catch (error) {
      tell({ type: "requestDropped", request: entry });
      throw error;
    } finally {
      inFlight -= 1;
    }
  };
}

/** What a fault answers; null where the request is to be answered as usual, if late. */
async function struck(
  { service, operation, requestId }: RecognisedRequest,
  entry: RequestLogEntry,
  faults: Faults,
  stopping: AbortSignal,
): Promise<WireResponse | null> {
  for (const fault of faults.striking(service, operation)) {
    switch (fault.effect) {
      case "delay":
        await undisturbed(fault.milliseconds, stopping);
        break;
      case "hang":
        await undisturbed(null, stopping);
        break;
      case "reset":
        throw new ConnectionBroken("A fault broke the connection.");
      case "answer":
        return { status: fault.status, headers: { "content-type": fault.contentType }, body: fault.body };
      case "throttle":
        return errorAnswer(protocols[service ?? "backup"], throttling(service ?? "backup"), requestId, entry);
      case "error": {
        const error = new ServiceError(fault.code, fault.message ?? "", fault.status ?? 400);
        return errorAnswer(protocols[service ?? "backup"], error, requestId, entry);
      }
    }
  }
  return null;
}

/** Waits that long, or for ever; breaks where the emulator stops before. */
async function undisturbed(milliseconds: number | null, stopping: AbortSignal): Promise<void> {
  const broken = () => new ConnectionBroken("The emulator stopped before this request was answered.");
  if (stopping.aborted) throw broken();
  if (milliseconds !== null) {
    try {
      await wait(milliseconds, undefined, { signal: stopping });
    } catch {
      throw broken();
    }
    return;
  }
  await new Promise<never>((_, reject) => {
    stopping.addEventListener("abort", () => reject(broken()), { once: true });
  });
}

function newEntry(index: number, inFlight: number): RequestLogEntry {
  return {
    index,
    service: null,
    operation: "",
    accessKeyId: null,
    callerArn: null,
    principalArn: null,
    inFlight,
    startedAt: new Date(),
    status: null,
    errorCode: null,
    decisions: [],
    input: {},
  };
}
