import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { CliError } from "./CliError.js";

/** How a command is run. */
export interface ChildOptions {
  stdio: StdioOptions;
  env: Record<string, string | undefined>;
  /** Handed the process once it is there, to watch what it prints. */
  onStart?: (child: ChildProcess) => void;
}

/** Also those by which Node.js would end, or begin to listen for a debugger. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const;
/** What a terminal sends to both. */
const ofTerminal: ReadonlySet<string> = new Set(["SIGINT", "SIGHUP", "SIGQUIT"]);

/**
 * Runs a command and gives its exit code, as a shell tells it: 128 and the signal's number where a signal ended it. Signals
 * are passed on, but for what the terminal itself sends to both: twice would be once too often.
 *
 * @throws CliError where it cannot be started
 */
export async function runChild(
  program: string,
  args: readonly string[],
  { stdio, env, onStart }: ChildOptions,
): Promise<number> {
  const child = spawn(program, args, { stdio, env });
  onStart?.(child);
  const forward = (signal: NodeJS.Signals) => {
    if (!ofTerminal.has(signal) || process.stdin.isTTY !== true) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, forward);
  try {
    // Not "close": what it left in the background may keep its output open for ever.
    const ended = once(child, "exit").catch((error: unknown) => {
      throw new CliError(`${program} could not be run (${error instanceof Error ? error.message : String(error)})`, 4);
    });
    const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}
