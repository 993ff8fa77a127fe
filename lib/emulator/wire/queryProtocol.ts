import type { Input, Output } from "../Call.js";
import type { ServiceError } from "../ServiceError.js";
import type { WireRequest, WireResponse } from "./WireRequest.js";
import { toXml } from "./xml.js";

const namespaces = {
  iam: "https://iam.amazonaws.com/doc/2010-05-08/",
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
} as const;

/** A form's fields as an object: `Tags.member.1.Key=a` is `{ Tags: [{ Key: "a" }] }`. */
export function readQueryInput({ body, query }: WireRequest): { operation: string; input: Input } {
  const fields = new URLSearchParams(body.length > 0 ? body.toString("utf8") : query);
  const root: Nested = Object.create(null) as Nested;
  for (const [name, value] of fields) put(root, name.split("."), value);
  return { operation: fields.get("Action") ?? "", input: settle(root) as Input };
}

interface Nested {
  [name: string]: string | Nested;
}

function put(into: Nested, path: string[], value: string): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  const existing = into[name];
  const next: Nested = typeof existing === "object" ? existing : (Object.create(null) as Nested);
  into[name] = next;
  put(next, rest, value);
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
