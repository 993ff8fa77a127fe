#!/usr/bin/env node
import { printable } from "../report/printable.js";
import { boundedBytes } from "./boundedBytes.js";
import { decoded } from "./decoded.js";
import { isOwnFault } from "./isOwnFault.js";
import { run } from "./run.js";

let isWritten = true;

// Whoever reads our output may stop, as head does: the exit code answers all the same. Another fault is told: what
// nobody can read is no answer.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  isWritten = false;
  process.exitCode = 4;
  process.stderr.write(`error: stdout could not be written (${error.message})\n`);
});
process.stderr.on("error", () => {});

// What nobody caught is ours: one line, and a code of its own, never Node.js's, which would say "blocked".
process.on("uncaughtException", (error) => {
  process.stderr.write(`error: a fault of backup-vault-access itself, please report it: ${printable(String(error))}\n`);
  process.exit(70);
});

// A promise that nobody waits for, as the SDK leaves one behind where another way to credentials has failed already: what
// came of it is told by whoever does wait.
process.on("unhandledRejection", (error) => {
  if (isOwnFault(error)) throw error;
});

// Node.js would end without a word, and with a code of its own.
const neverAnswered = () => {
  process.stderr.write(
    "error: ended without an answer: what was waited for, as a configuration file, never came or ended it\n",
  );
  process.exit(70);
};
process.once("beforeExit", neverAnswered);
// Nor may a configuration file end us as if all were allowed.
const endedByAnother = (code: number) => {
  if (code === 0) neverAnswered();
};
process.once("exit", endedByAnother);

const code = await run(process.argv.slice(2), {
  stdout: (written) => process.stdout.write(written),
  stderr: (written) => process.stderr.write(written),
  stdin: async () => decoded(await boundedBytes(process.stdin)),
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
  ...(process.stdout.columns > 0 && { columns: process.stdout.columns }),
  isErrorTerminal: process.stderr.isTTY === true,
  ...(process.stderr.columns > 0 && { errorColumns: process.stderr.columns }),
});
process.off("beforeExit", neverAnswered).off("exit", endedByAnother);
if (isWritten) process.exitCode = code;
