import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { regions } from "../../facts/vocabulary/regions.js";
import type { CredentialScope } from "./credentialScope.js";
import type { WireRequest } from "./WireRequest.js";

/** Why a signature does not hold, in AWS's words where they tell more than the kind. */
export interface SignatureFault {
  kind: "skewed" | "mismatch" | "incomplete";
  text?: string;
}

const tolerance = 5 * 60 * 1000;

/**
 * Recomputes a request's Signature Version 4.
 *
 * @param allowed the service that is asked, and a Region that is allowed beside those of AWS
 * @returns null where it holds
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySignature(
  request: WireRequest,
  scope: CredentialScope,
  secretAccessKey: string,
  now: number,
  allowed: { service: string; region: string },
): SignatureFault | null {
  const time = request.headers["x-amz-date"] ?? "";
  const signedAt = epoch(time);
  if (time !== "" && signedAt === null) {
    return { kind: "incomplete", text: `Date must be in ISO-8601 'basic format'. Got '${time}'.` };
  }
  if (signedAt === null || !scope.signedHeaders.includes("host")) return { kind: "incomplete" };
  const scoped = scopeFault(scope, allowed, time);
  if (scoped !== null) return { kind: "mismatch", text: scoped };
  if (Math.abs(now - signedAt) > tolerance) return { kind: "skewed" };
  const given = Buffer.from(scope.signature, "hex");
  const expected = Buffer.from(signature(request, scope, secretAccessKey, time), "hex");
  return given.length === expected.length && timingSafeEqual(given, expected) ? null : { kind: "mismatch" };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
function scopeFault(scope: CredentialScope, { service, region }: { service: string; region: string }, time: string) {
  const day = time.slice(0, 8);
  if (scope.date !== day) {
    return `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${day}', from '${time}'.`;
  }
  if (scope.region !== region && !regions.has(scope.region)) {
    return `Credential should be scoped to a valid region, not '${scope.region}'.`;
  }
  return scope.service === service ? null : `Credential should be scoped to correct service: '${service}'.`;
}

/** Null where there is no such moment, as on February 30. */
function epoch(time: string): number | null {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  if (year === undefined) return null;
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const moment = new Date(written);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === written ? moment.getTime() : null;
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
  const headers = signedHeaders.map(
    (name) =>
      `${name}:${(Object.hasOwn(request.headers, name) ? (request.headers[name] ?? "") : "").trim().replace(/\s+/g, " ")}\n`,
  );
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    headers.join(""),
    signedHeaders.join(";"),
    sha256(request.body ?? ""),
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
