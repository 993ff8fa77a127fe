import type { AwsCredentialIdentity } from "@smithy/types";

/** So long before they expire, in milliseconds, credentials are asked for again. */
const margin = 5 * 60_000;

/**
 * Credentials that are asked for once for all clients, and again before they expire: each client of the SDK would else take
 * a role for itself, thousands of times where thousands of accounts are asked about.
 */
export function lastingCredentials<Options>(
  provide: (options?: Options) => Promise<AwsCredentialIdentity>,
): (options?: Options) => Promise<AwsCredentialIdentity> {
  let known: Promise<AwsCredentialIdentity> | null = null;
  return async (options) => {
    const before = known;
    const credentials = await before?.catch(() => null);
    const until = credentials?.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
    if (credentials != null && until - Date.now() > margin) return credentials;
    // Of several that find none, the first asks.
    if (known === null || known === before) known = provide(options);
    return known;
  };
}
