const transientNames = new Set([
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "PriorRequestNotComplete",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "InternalFailure",
  "InternalServerError",
  "ServiceException",
  "KMSInternalException",
  "DependencyTimeoutException",
  "TimeoutError",
]);

const transientCodes = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "EAI_AGAIN", "ENOTFOUND"]);

/** Whether asking again may help: throttling, a server's fault, a broken connection. Refusals never. */
export function isTransient(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const {
    name,
    code,
    $metadata: metadata,
  } = error as {
    name?: unknown;
    code?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  if (typeof name === "string" && transientNames.has(name)) return true;
  if (typeof code === "string" && transientCodes.has(code)) return true;
  return (metadata?.httpStatusCode ?? 0) >= 500;
}
