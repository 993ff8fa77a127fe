/**
 * Whether an error is a fault of this program, and not of AWS, of the network or of the machine it runs on: those carry what
 * the SDK or the system put on them.
 */
export function isOwnFault(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  const { $metadata, code, name } = error as Error & { $metadata?: unknown; code?: unknown };
  const isOfMachine = typeof code === "string" && /^E[A-Z0-9]+$/.test(code);
  return (
    $metadata === undefined && !isOfMachine && !/Credentials|TokenProvider|Timeout|Abort|MalformedResponse/.test(name)
  );
}
