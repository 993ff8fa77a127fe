import { createHash, createHmac } from "node:crypto";
import type { EmulatorCredentials } from "../../lib/emulator/index.js";

/** A request before it is signed. */
export interface PlainRequest {
  method: string;
  path: string;
  service: string;
  headers: Record<string, string>;
  body: string;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest();

/**
 * The headers of a signed request to a path without a query, by AWS's own description: a second implementation beside
 * the emulator's and the SDK's.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signed(
  { method, path, service, headers, body }: PlainRequest,
  host: string,
  { accessKeyId, secretAccessKey, sessionToken }: EmulatorCredentials,
  region: string,
): Record<string, string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const date = time.slice(0, 8);
  const all: Record<string, string> = {
    ...headers,
    host,
    "x-amz-date": time,
    ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
  };
  const names = Object.keys(all).sort();
  const canonical = [
    method,
    path.split("/").map(encodeURIComponent).join("/"),
    "",
    ...names.map((name) => `${name}:${all[name]}`),
    "",
    names.join(";"),
    sha256(body),
  ].join("\n");
  const range = `${date}/${region}/${service}/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${time}\n${range}\n${sha256(canonical)}`;
  const key = [date, region, service, "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key, text).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${range}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { ...all, authorization };
}
