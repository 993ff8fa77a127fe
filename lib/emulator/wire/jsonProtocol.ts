import type { Input, Output } from "../Call.js";
import { isObject } from "../input.js";
import { ServiceError } from "../ServiceError.js";
import { requireShallow } from "./bodyLimit.js";
import type { WireRequest, WireResponse } from "./WireRequest.js";

const contentType = "application/x-amz-json-1.1";

/** The operation is named by X-Amz-Target, as TrentService.DescribeKey. */
export function targetOperation({ headers }: WireRequest): string {
  const target = headers["x-amz-target"] ?? "";
  return target.slice(target.lastIndexOf(".") + 1);
}

/** @throws ServiceError SerializationException where the body is not a JSON object, or nested too deep */
export function jsonObject(body: Buffer): Input {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    value = null;
  }
  if (!isObject(value)) throw new ServiceError("SerializationException", "The body is not a JSON object.");
  requireShallow(value);
  return value;
}

export function jsonAnswer(output: Output | undefined, requestId: string): WireResponse {
  return {
    status: 200,
    headers: { "content-type": contentType, "x-amzn-requestid": requestId },
    body: toJson(output ?? {}),
  };
}

export function jsonError(error: ServiceError, requestId: string): WireResponse {
  return {
    status: error.status,
    headers: { "content-type": contentType, "x-amzn-requestid": requestId },
    body: toJson({ __type: error.code, Message: error.message, message: error.message, ...error.members }),
  };
}

/** Times are epoch seconds. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name: string, item: unknown) {
    // JSON.stringify has turned a Date into its text before it asks: the holder still has the Date.
    const held = this[name];
    return held instanceof Date ? held.getTime() / 1000 : item;
  });
}
