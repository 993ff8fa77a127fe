import type { LiveOptions } from "../client/LiveOptions.js";

/** How long a command's reading may take where nothing is said. */
export const defaultSeconds = 60;

/** Of a sweep, which removes vaults one after the other. */
export const sweepSeconds = 600;

/**
 * For a client of a command: no request outlasts the time that the command has, also where nothing ever answers. A third
 * of it each, since the SDK tries three times.
 */
export function requestLimits({ deadline = defaultSeconds * 1000 }: Pick<LiveOptions, "deadline"> = {}) {
  const left = deadline instanceof Date ? deadline.getTime() - Date.now() : deadline;
  const requestTimeout = Math.max(500, Math.floor(left / 3));
  // Without the last one the SDK only warns, and waits on.
  return { requestHandler: { connectionTimeout: requestTimeout, requestTimeout, throwOnRequestTimeout: true } };
}
