import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { CallEvent } from "../aws/callEvent.js";
import { printable } from "../report/printable.js";
import type { CliIo } from "./CliIo.js";
import { say } from "./tell.js";

/** What the work is told, and tells. */
export interface OngoingReading {
  /** Aborts when the person does not want to wait longer: what was read by then is the answer. */
  signal: AbortSignal;
  /** One of several is done. */
  done: () => void;
}

/** So long nobody wonders what happens. */
const quietFor = 500;

/**
 * Does work that reads from AWS. On a terminal that can take back a line it says after half a second what is being read, and how many are done; Ctrl-C
 * ends the reading, and what was read by then is answered; a second one ends the program.
 *
 * @param total how many are to be checked; null: nobody knows beforehand
 */
export async function whileReading<T>(
  io: CliIo,
  { quiet, total = 1 }: { quiet?: boolean | undefined; total?: number | null },
  work: (reading: OngoingReading) => Promise<T>,
): Promise<T> {
  const giveUp = new AbortController();
  const isShown = io.isErrorTerminal === true && io.env.TERM !== "dumb" && quiet !== true;
  const open = new Set<string>();
  const state = { answered: 0, done: 0, isDrawn: false };

  const clear = () => {
    if (state.isDrawn) io.stderr("\r\u001B[2K");
    state.isDrawn = false;
  };
  const draw = () => {
    const many = total === null ? `${state.done} checked, ` : `${state.done} of ${total} checked, `;
    const of = total === 1 ? "" : many;
    const [call = "the answers"] = [...open].slice(-1);
    clear();
    io.stderr(printable(`${of}${state.answered} calls answered, reading ${call}`).slice(0, 78));
    state.isDrawn = true;
  };
  const onCall = (message: unknown) => {
    const { type, call } = message as CallEvent;
    if (type === "asked") open.add(call);
    else {
      open.delete(call);
      state.answered += 1;
    }
    if (state.isDrawn) draw();
  };
  const onInterrupt = () => {
    process.off("SIGINT", onInterrupt);
    clear();
    say(io, quiet, "interrupted: this is what was read by now; once more ends at once");
    giveUp.abort();
  };

  const timer = isShown ? setTimeout(draw, quietFor) : undefined;
  timer?.unref();
  if (isShown) subscribe("backup-vault-access:call", onCall);
  process.on("SIGINT", onInterrupt);
  try {
    return await work({
      signal: giveUp.signal,
      done: () => {
        state.done += 1;
        if (state.isDrawn) draw();
      },
    });
  } finally {
    clearTimeout(timer);
    unsubscribe("backup-vault-access:call", onCall);
    process.off("SIGINT", onInterrupt);
    clear();
  }
}
