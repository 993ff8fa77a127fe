import { randomUUID } from "node:crypto";
import { authenticate } from "./authenticate.js";
import type { Operation } from "./Call.js";
import type { EmulatorState } from "./EmulatorState.js";
import { operations } from "./operations.js";
import type { RequestLogEntry } from "./RequestLogEntry.js";
import { ServiceError } from "./ServiceError.js";
import { credentialScope } from "./wire/credentialScope.js";
import { protocols } from "./wire/protocols.js";
import { serviceOf } from "./wire/serviceOf.js";
import type { WireRequest, WireResponse } from "./wire/WireRequest.js";

/** Answers one request, and tells the log what it was. Never throws. */
export function handleRequest(state: EmulatorState, request: WireRequest, entry: RequestLogEntry): WireResponse {
  const requestId = randomUUID();
  const scope = credentialScope(request.headers.authorization);
  const service = serviceOf(request, scope?.service);
  entry.service = service;
  entry.accessKeyId = scope?.accessKeyId ?? null;
  if (service === null) {
    entry.errorCode = "UnknownService";
    const told = scope === null ? "an unsigned request" : `the service ${scope.service}`;
    const message = `The emulator does not know ${told}. It speaks for backup, iam, sts, kms and organizations.`;
    return {
      status: 400,
      headers: {
        "content-type": "application/json",
        "x-amzn-requestid": requestId,
        "x-amzn-errortype": "UnknownService",
      },
      body: JSON.stringify({ __type: "UnknownService", message }),
    };
  }
  const protocol = protocols[service];
  try {
    const { operation, input } = protocol.read(request);
    entry.operation = operation;
    entry.input = input;
    const session = authenticate(state, service, request, scope);
    entry.callerArn = session.arn;
    entry.principalArn = session.principalArn;
    const answer = operationNamed(
      service,
      operation,
      request,
    )({
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
    });
    return protocol.answer(operation, answer, requestId);
  } catch (error) {
    const told =
      error instanceof ServiceError
        ? error
        : new ServiceError(
            "InternalFailure",
            `The emulator failed: ${error instanceof Error ? error.message : String(error)}`,
            500,
          );
    entry.errorCode = told.code;
    return protocol.error(told, requestId);
  }
}

function operationNamed(service: keyof typeof operations, operation: string, request: WireRequest): Operation {
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
