import type { Input, Output } from "../Call.js";
import { ServiceError } from "../ServiceError.js";
import { formFields } from "./bodyLimit.js";
import type { ReadRequest, WireResponse } from "./WireRequest.js";
import { toXml } from "./xml.js";

const namespaces = {
  iam: "https://iam.amazonaws.com/doc/2010-05-08/",
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
} as const;

/** A form's fields as an object: `Tags.member.1.Key=a` is `{ Tags: [{ Key: "a" }] }`. */
export function readQueryInput({ method, body, query }: ReadRequest): { operation: string; input: Input } {
  if (method !== "POST" && method !== "GET") throw new ServiceError("InvalidAction", "Expected GET or POST.", 405);
  const root = nested();
  for (const { path, value } of formFields(body.length > 0 ? body.toString("utf8") : query)) put(root, path, value);
  const { Action, Version: _, ...members } = settle(root) as Input;
  return { operation: typeof Action === "string" ? Action : "", input: members };
}

interface Nested {
  [name: string]: string | Nested;
}

const nested = (): Nested => Object.create(null) as Nested;

function put(root: Nested, path: readonly string[], value: string): void {
  let into = root;
  for (const name of path.slice(0, -1)) {
    const existing = into[name];
    const next = typeof existing === "object" ? existing : nested();
    into[name] = next;
    into = next;
  }
  into[path.at(-1) ?? ""] = value;
}

/** `{ member: { 1: a, 2: b } }` is a list; an empty list is sent as an empty text. */
function settle(node: string | Nested): unknown {
  if (typeof node === "string") return node;
  const { member } = node;
  if (typeof member === "object" && Object.keys(node).length === 1) {
    return Object.entries(member)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, item]) => settle(item));
  }
  return Object.fromEntries(Object.entries(node).map(([name, item]) => [name, settle(item)]));
}

export function queryAnswer(
  service: "iam" | "sts",
  operation: string,
  output: Output | undefined,
  requestId: string,
): WireResponse {
  const result = output === undefined ? "" : `<${operation}Result>${toXml(output)}</${operation}Result>`;
  return xml(
    200,
    requestId,
    `<${operation}Response xmlns="${namespaces[service]}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  );
}

export function queryError(service: "iam" | "sts", error: ServiceError, requestId: string): WireResponse {
  const type = error.status < 500 ? "Sender" : "Receiver";
  const told = toXml({ Type: type, Code: error.code, Message: error.message, ...error.members });
  return xml(
    error.status,
    requestId,
    `<ErrorResponse xmlns="${namespaces[service]}"><Error>${told}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  );
}

function xml(status: number, requestId: string, body: string): WireResponse {
  return { status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId }, body };
}
