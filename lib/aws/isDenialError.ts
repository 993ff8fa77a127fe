/** Whether a diagnostic call was refused for lack of rights, told by the error's name or, without one, its status. */
export function isDenialError(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { name, $metadata: metadata } = error as { name?: unknown; $metadata?: { httpStatusCode?: number } };
  if (
    typeof name === "string" &&
    /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized)$/.test(name)
  ) {
    return true;
  }
  return name === "Unknown" && metadata?.httpStatusCode === 403;
}
