import { randomUUID } from "node:crypto";
import { authenticate } from "./authenticate.js";
import { type Call, type Input, type Operation, type Output, type ServiceName, serviceNames } from "./Call.js";
import type { EmulatorState } from "./EmulatorState.js";
import { operations } from "./operations.js";
import type { RequestLogEntry } from "./RequestLogEntry.js";
import { refuseReads, withholdMembers } from "./refuseReads.js";
import { refuseSession } from "./refuseSession.js";
import { requireTags } from "./requireTags.js";
import { ServiceError } from "./ServiceError.js";
import { recordCall } from "./trail/recordCall.js";
import { type CredentialScope, credentialScope } from "./wire/credentialScope.js";
import { type Protocol, protocols } from "./wire/protocols.js";
import { serviceOf } from "./wire/serviceOf.js";
import type { WireRequest, WireResponse } from "./wire/WireRequest.js";

/** A request whose service and operation were recognised, but nothing else was looked at. */
export interface RecognisedRequest {
  request: WireRequest;
  requestId: string;
  scope: CredentialScope | null;
  /** Null: no service that the emulator speaks for. */
  service: ServiceName | null;
  operation: string;
  /** An error where the body could not be read. */
  input: Input | ServiceError;
}

/** Reads what a request asks for, and notes it in the log. Never throws. */
export function recogniseRequest(request: WireRequest, entry: RequestLogEntry): RecognisedRequest {
  const scope = credentialScope(request.headers.authorization);
  const service = serviceOf(request, scope?.service);
  entry.service = service;
  entry.accessKeyId = scope?.accessKeyId ?? null;
  const recognised: RecognisedRequest = { request, requestId: randomUUID(), scope, service, operation: "", input: {} };
  if (service === null) return recognised;
  try {
    const { operation, input } = protocols[service].read(request);
    entry.operation = operation;
    entry.input = input;
    return { ...recognised, operation, input };
  } catch (error) {
    return { ...recognised, input: serviceErrorOf(error) };
  }
}

/** Answers one request, and tells the log what came of it. Never throws. */
export function handleRequest(
  state: EmulatorState,
  recognised: RecognisedRequest,
  entry: RequestLogEntry,
): WireResponse {
  const { request, requestId, scope, service, operation, input } = recognised;
  if (service === null) return unknownService(recognised, entry);
  const protocol = protocols[service];
  try {
    if (input instanceof ServiceError) throw input;
    const session = authenticate(state, service, request, scope);
    entry.callerArn = session.arn;
    entry.principalArn = session.principalArn;
    const perform = operationNamed(service, operation, request);
    const call: Call = {
      state,
      session,
      service,
      operation,
      input,
      requestId,
      region: scope?.region ?? state.world.region,
      now: new Date(state.world.time ?? Date.now()),
      sourceIp: request.sourceIp,
      userAgent: request.headers["user-agent"] ?? "",
    };
    return protocol.answer(operation, recordedAnswer(call, perform), requestId);
  } catch (error) {
    return errorAnswer(protocol, serviceErrorOf(error), requestId, entry);
  }
}

/** Performs an operation, and records in the trail what came of it. */
function recordedAnswer(call: Call, perform: Operation): Output | undefined {
  try {
    refuseSession(call);
    refuseReads(call);
    requireTags(call);
    const answer = withholdMembers(call, perform(call));
    recordCall(call, answer, null);
    return answer;
  } catch (error) {
    recordCall(call, undefined, serviceErrorOf(error));
    throw error;
  }
}

/** An error as the protocol writes it, noted in the log. */
export function errorAnswer(
  protocol: Protocol,
  error: ServiceError,
  requestId: string,
  entry: RequestLogEntry,
): WireResponse {
  entry.errorCode = error.code;
  return protocol.error(error, requestId);
}

function serviceErrorOf(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const told = error instanceof Error ? error.message : String(error);
  return new ServiceError("InternalFailure", `The emulator failed: ${told}`, 500);
}

function unknownService({ scope, requestId }: RecognisedRequest, entry: RequestLogEntry): WireResponse {
  const code = "UnknownService";
  entry.errorCode = code;
  const told = scope === null ? "an unsigned request" : `the service ${scope.service}`;
  const message = `The emulator does not know ${told}. It speaks for ${serviceNames.join(", ")}.`;
  return {
    status: 400,
    headers: { "content-type": "application/json", "x-amzn-requestid": requestId, "x-amzn-errortype": code },
    body: JSON.stringify({ __type: code, message }),
  };
}

function operationNamed(service: ServiceName, operation: string, request: WireRequest): Operation {
  const known = operations[service];
  const found = Object.hasOwn(known, operation) ? known[operation] : undefined;
  if (found !== undefined) return found;
  const named = operation === "" ? `${request.method} ${request.path}` : operation;
  throw new ServiceError(
    service === "iam" || service === "sts" ? "InvalidAction" : "UnknownOperationException",
    `The emulator does not know the operation ${named} of ${service}. It knows ${Object.keys(known).join(", ")}.`,
    400,
  );
}
