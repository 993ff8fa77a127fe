import type { Input, Output, ServiceName } from "../Call.js";
import type { ServiceError } from "../ServiceError.js";
import { backupAnswer, backupError, readBackupInput } from "./backupProtocol.js";
import { jsonAnswer, jsonError, readJsonInput } from "./jsonProtocol.js";
import { queryAnswer, queryError, readQueryInput } from "./queryProtocol.js";
import type { WireRequest, WireResponse } from "./WireRequest.js";

/** How a service reads requests and writes answers. */
export interface Protocol {
  read: (request: WireRequest) => { operation: string; input: Input };
  answer: (operation: string, output: Output | undefined, requestId: string) => WireResponse;
  error: (error: ServiceError, requestId: string) => WireResponse;
}

const query = (service: "iam" | "sts"): Protocol => ({
  read: readQueryInput,
  answer: (operation, output, requestId) => queryAnswer(service, operation, output, requestId),
  error: (error, requestId) => queryError(service, error, requestId),
});

const json: Protocol = {
  read: readJsonInput,
  answer: (_, output, requestId) => jsonAnswer(output, requestId),
  error: jsonError,
};

export const protocols: Readonly<Record<ServiceName, Protocol>> = {
  backup: {
    read: readBackupInput,
    answer: (_, output, requestId) => backupAnswer(output, requestId),
    error: backupError,
  },
  iam: query("iam"),
  sts: query("sts"),
  kms: json,
  organizations: json,
  cloudtrail: json,
};
