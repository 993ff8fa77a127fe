/** What the Authorization header tells before anything is verified. */
export interface CredentialScope {
  accessKeyId: string;
  /** YYYYMMDD */
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
}

/** @returns null where the header is not one of Signature Version 4 */
export function credentialScope(authorization: string | undefined): CredentialScope | null {
  const [, accessKeyId, date, region, service, signedHeaders, signature] =
    /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/.exec(
      authorization ?? "",
    ) ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined) return null;
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders: (signedHeaders ?? "").split(";"),
    signature: signature ?? "",
  };
}
