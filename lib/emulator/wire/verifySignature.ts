import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { CredentialScope } from "./credentialScope.js";
import type { WireRequest } from "./WireRequest.js";

/** Why a signature does not hold. */
export type SignatureFault = "skewed" | "mismatch" | "incomplete";

const tolerance = 5 * 60 * 1000;

/**
 * Recomputes a request's Signature Version 4.
 *
 * @returns null where it holds
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySignature(
  request: WireRequest,
  scope: CredentialScope,
  secretAccessKey: string,
  now: number,
): SignatureFault | null {
  const time = request.headers["x-amz-date"] ?? "";
  const signedAt = epoch(time);
  if (signedAt === null || !time.startsWith(scope.date) || !scope.signedHeaders.includes("host")) return "incomplete";
  if (Math.abs(now - signedAt) > tolerance) return "skewed";
  const given = Buffer.from(scope.signature, "hex");
  const expected = Buffer.from(signature(request, scope, secretAccessKey, time), "hex");
  return given.length === expected.length && timingSafeEqual(given, expected) ? null : "mismatch";
}

function epoch(time: string): number | null {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  if (year === undefined) return null;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function signature(request: WireRequest, scope: CredentialScope, secret: string, time: string): string {
  const { date, region, service } = scope;
  const range = `${date}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, range, sha256(canonicalRequest(request, scope))].join("\n");
  let key: Buffer | string = `AWS4${secret}`;
  for (const part of [date, region, service, "aws4_request"]) key = hmac(key, part);
  return hmac(key, text).toString("hex");
}

function canonicalRequest(request: WireRequest, { signedHeaders }: CredentialScope): string {
  const headers = signedHeaders.map((name) => `${name}:${(request.headers[name] ?? "").trim().replace(/\s+/g, " ")}\n`);
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    headers.join(""),
    signedHeaders.join(";"),
    sha256(request.body),
  ].join("\n");
}

/** All services but S3 sign the path as it was sent, encoded once more. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === "..") segments.pop();
    else segments.push(segment);
  }
  const end = path.endsWith("/") && segments.length > 0 ? "/" : "";
  return `/${segments.map(encode).join("/")}${end}`;
}

function canonicalQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .map((field) => {
      const [name = "", ...value] = field.split("=");
      return [encode(decode(name)), encode(decode(value.join("=")))] as const;
    })
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text, "utf8").digest();
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}
