import type { Input, Output, ServiceName } from "../Call.js";
import { ServiceError } from "../ServiceError.js";
import { backupAnswer, backupError, readBackupInput, routed } from "./backupProtocol.js";
import { mostFormBytes, mostJsonBytes } from "./bodyLimit.js";
import { ec2Answer, ec2Error } from "./ec2Protocol.js";
import { jsonAnswer, jsonError, jsonObject, targetOperation } from "./jsonProtocol.js";
import { queryAnswer, queryError, readQueryInput } from "./queryProtocol.js";
import type { ReadRequest, WireRequest, WireResponse } from "./WireRequest.js";

/** How a service reads requests and writes answers. */
export interface Protocol {
  /** A longer body is refused unread, with this code. */
  mostBytes: number;
  tooLong: string;
  /** The operation as far as headers and path tell it; "" where the body does. */
  operation: (request: WireRequest) => string;
  read: (request: ReadRequest) => { operation: string; input: Input };
  answer: (operation: string, output: Output | undefined, requestId: string) => WireResponse;
  error: (error: ServiceError, requestId: string) => WireResponse;
}

const query = (service: "iam" | "sts"): Protocol => ({
  mostBytes: mostFormBytes,
  tooLong: "RequestEntityTooLarge",
  operation: () => "",
  read: readQueryInput,
  answer: (operation, output, requestId) => queryAnswer(service, operation, output, requestId),
  error: (error, requestId) => queryError(service, error, requestId),
});

const jsonLimit = { mostBytes: mostJsonBytes, tooLong: "RequestEntityTooLargeException" };

const json: Protocol = {
  ...jsonLimit,
  operation: targetOperation,
  read: (request) => {
    if (request.method !== "POST") throw new ServiceError("UnknownOperationException", "Expected POST.", 404);
    return { operation: targetOperation(request), input: jsonObject(request.body) };
  },
  answer: (_, output, requestId) => jsonAnswer(output, requestId),
  error: jsonError,
};

export const protocols: Readonly<Record<ServiceName, Protocol>> = {
  backup: {
    ...jsonLimit,
    operation: (request) => routed(request).operation,
    read: readBackupInput,
    answer: (_, output, requestId) => backupAnswer(output, requestId),
    error: backupError,
  },
  iam: query("iam"),
  sts: query("sts"),
  kms: json,
  organizations: json,
  cloudtrail: json,
  ec2: { ...query("iam"), answer: ec2Answer, error: ec2Error },
};
