import { randomUUID } from "node:crypto";
import { anonymousCaller, isUnsignedCall } from "./anonymousCaller.js";
import { authenticate } from "./authenticate.js";
import { type Call, type Operation, type Output, type ServiceName, serviceNames } from "./Call.js";
import type { EmulatorState } from "./EmulatorState.js";
import { keptInput } from "./keptInput.js";
import { operations } from "./operations.js";
import type { RequestLogEntry } from "./RequestLogEntry.js";
import { refuseReads, withholdMembers } from "./refuseReads.js";
import { refuseSession } from "./refuseSession.js";
import { requireLengths } from "./requireLengths.js";
import { requireTags } from "./requireTags.js";
import { ServiceError } from "./ServiceError.js";
import type { Session } from "./Session.js";
import { recordCall } from "./trail/recordCall.js";
import { mostUnsignedBytes } from "./wire/bodyLimit.js";
import { type CredentialScope, credentialScope } from "./wire/credentialScope.js";
import { isLoopbackHost } from "./wire/loopbackHost.js";
import { type Protocol, protocols } from "./wire/protocols.js";
import { serviceOf } from "./wire/serviceOf.js";
import type { WireRequest, WireResponse } from "./wire/WireRequest.js";

/** More than any operation's name has. */
const longestOperation = 128;

/** A request of which is known what it asks for and who asks; nothing was done yet. */
export interface RecognisedRequest {
  requestId: string;
  /** Null: no service that the emulator speaks for. */
  service: ServiceName | null;
  operation: string;
  /** An error where the caller could not be told, or the body not be read. */
  call: Call | ServiceError;
}

/**
 * Reads who asks what, and notes it in the log. The body is read only where it is not too long and its signature holds.
 * Never throws.
 */
export function recogniseRequest(
  state: EmulatorState,
  request: WireRequest,
  entry: RequestLogEntry,
): RecognisedRequest {
  const scope = credentialScope(request.headers.authorization);
  const service = serviceOf(request, scope?.service);
  entry.service = service;
  entry.accessKeyId = scope?.accessKeyId ?? null;
  const requestId = randomUUID();
  if (service === null) return { requestId, service, operation: "", call: unknownService(scope) };
  const protocol = protocols[service];
  entry.operation = protocol.operation(request);
  try {
    if (!isLoopbackHost(request.headers.host)) throw strangeHost(request.headers.host);
    const { body } = request;
    const isUnsigned = isUnsignedCall(service, request);
    if (isUnsigned) refuseWebPage(request.headers);
    const mostBytes = isUnsigned ? mostUnsignedBytes : protocol.mostBytes;
    if (body === null || body.length > mostBytes) {
      throw new ServiceError(protocol.tooLong, `The body is longer than ${mostBytes} bytes.`, 413);
    }
    const known = isUnsigned ? null : authenticate(state, service, request, scope);
    entry.callerArn = known?.arn ?? null;
    entry.principalArn = known?.principalArn ?? null;
    const { operation, input } = protocol.read({ ...request, body });
    // However the form was written: what was read is what counts.
    const session =
      anonymousCaller(state.world, service, operation, input) ?? known ?? authenticate(state, service, request, scope);
    noteUse(state, session, scope);
    entry.operation = operation.slice(0, longestOperation);
    entry.input = keptInput({ session, input }, false);
    const call: Call = {
      state,
      session,
      service,
      operation,
      input,
      requestId,
      decisions: entry.decisions,
      region: scope?.region ?? state.world.region,
      now: new Date(state.world.time ?? Date.now()),
      sourceIp: request.sourceIp,
      userAgent: request.headers["user-agent"] ?? "",
    };
    return { requestId, service, operation, call };
  } catch (error) {
    return { requestId, service, operation: entry.operation, call: serviceErrorOf(error) };
  }
}

/** Answers one request, and tells the log what came of it. Never throws. */
export function handleRequest(
  { requestId, service, operation, call }: RecognisedRequest,
  entry: RequestLogEntry,
): WireResponse {
  const protocol = protocols[service ?? "kms"];
  try {
    if (call instanceof ServiceError) throw call;
    const perform = operationNamed(call);
    const answer = recordedAnswer(call, perform);
    entry.input = keptInput(call, true);
    return protocol.answer(operation, answer, requestId);
  } catch (error) {
    return errorAnswer(protocol, serviceErrorOf(error), requestId, entry);
  }
}

/** Performs an operation, and records in the trail what came of it. */
function recordedAnswer(call: Call, perform: Operation): Output | undefined {
  try {
    refuseSession(call);
    refuseReads(call);
    requireLengths(call);
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

/** Of a role, IAM tells when it was last used. */
function noteUse({ lastUsed, world }: EmulatorState, session: Session, scope: CredentialScope | null): void {
  if (session.kind !== "role-session" || session.isAuditor) return;
  const [roleId = ""] = session.userId.split(":");
  lastUsed.set(roleId, { at: new Date(), region: scope?.region ?? world.region });
}

function strangeHost(host = ""): ServiceError {
  const message = `The emulator answers to 127.0.0.1, localhost and [::1] alone, not to ${JSON.stringify(host)}.`;
  return new ServiceError("InvalidHost", message, 400);
}

/**
 * Any page that a browser shows may post a form to loopback, or show a picture from there: browsers then tell whence.
 *
 * @throws ServiceError AccessDenied
 */
function refuseWebPage({ origin, "sec-fetch-site": site }: WireRequest["headers"]): void {
  if (origin === undefined && site === undefined) return;
  throw new ServiceError("AccessDenied", "The emulator takes no unsigned request from a web page.", 403);
}

function unknownService(scope: CredentialScope | null): ServiceError {
  const told = scope === null ? "an unsigned request" : `the service ${scope.service}`;
  const message = `The emulator does not know ${told}. It speaks for ${serviceNames.join(", ")}.`;
  return new ServiceError("UnknownService", message, 400);
}

function operationNamed({ service, operation }: Call): Operation {
  const known = operations[service];
  const found = Object.hasOwn(known, operation) ? known[operation] : undefined;
  if (found !== undefined) return found;
  throw new ServiceError(
    service === "iam" || service === "sts" ? "InvalidAction" : "UnknownOperationException",
    `The emulator does not know ${operation === "" ? "this operation" : `the operation ${operation}`} of ${service}. It knows ${Object.keys(known).join(", ")}.`,
    400,
  );
}
