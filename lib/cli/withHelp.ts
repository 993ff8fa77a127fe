import type { Command } from "commander";

/** What the exit codes of the commands that answer a question say. */
export const answerCodes = {
  0: "allowed",
  1: "blocked",
  2: "it cannot be told",
} as const;

const commonCodes = {
  3: "bad usage or bad input",
  4: "could not run: no credentials, no network, no such principal",
  70: "a fault of this program",
} as const;

/** Adds examples and exit codes to a command's help, and gives the command back. */
export function withHelp(
  command: Command,
  examples: readonly string[],
  codes: Readonly<Record<number, string>> = { 0: "done" },
): Command {
  const lines = [
    "",
    "Examples:",
    ...examples.map((example) => `  $ ${example}`),
    "",
    "Exit codes:",
    ...Object.entries({ ...codes, ...commonCodes }).map(([code, meaning]) => `  ${code.padStart(2)}  ${meaning}`),
  ];
  return command.addHelpText("after", lines.join("\n"));
}
