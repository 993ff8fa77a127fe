import type { ClientSettings } from "../../lib/aws/ClientSettings.js";
import type { Emulator } from "../../lib/emulator/index.js";

type Handler = NonNullable<ClientSettings["requestHandler"]>;

/**
 * A request handler that lets requests through in rounds: only when nothing more comes without an answer are all that
 * wait answered together. The number of rounds is the length of the longest chain of calls that need one another.
 */
export function roundTrips(emulator: Emulator): { handler: Handler; rounds: string[][] } {
  const rounds: string[][] = [];
  let waiting: { name: string; release: () => void }[] = [];
  let turn = 0;

  const releaseWhenQuiet = (asked: number, idleTurns: number) => {
    if (asked !== turn) return;
    if (idleTurns > 0) {
      setImmediate(releaseWhenQuiet, asked, idleTurns - 1);
      return;
    }
    rounds.push(waiting.map(({ name }) => name).sort());
    const round = waiting;
    waiting = [];
    for (const { release } of round) release();
  };

  return {
    rounds,
    handler: {
      metadata: emulator.requestHandler.metadata,
      async handle(request, options) {
        const answer = await emulator.requestHandler.handle(request, options);
        await new Promise<void>((release) => {
          waiting.push({ name: operationOf(request), release });
          turn += 1;
          releaseWhenQuiet(turn, 20);
        });
        return answer;
      },
    },
  };
}

/** As each protocol names it: in a header, or in the form that is posted. */
export function operationOf({ headers, body }: { headers: Record<string, string>; body?: unknown }): string {
  const target = headers["x-amz-target"]?.split(".").at(-1);
  return target ?? new URLSearchParams(String(body)).get("Action") ?? "";
}
