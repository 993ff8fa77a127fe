import type { BackupClient } from "@aws-sdk/client-backup";

/** Keeps what the SDK itself throws, below the door's own middleware. */
export function watchErrors(client: BackupClient): unknown[] {
  const thrown: unknown[] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        thrown.push(error);
        throw error;
      }
    },
    { step: "initialize", priority: "low", name: "watchErrors" },
  );
  return thrown;
}
