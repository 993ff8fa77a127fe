#!/usr/bin/env node
import { text } from "node:stream/consumers";
import { run } from "./run.js";

// Whoever reads our output may stop, as head does: the exit code answers all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  stdout: (written) => process.stdout.write(written),
  stderr: (written) => process.stderr.write(written),
  stdin: () => text(process.stdin),
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
  isErrorTerminal: process.stderr.isTTY === true,
});
