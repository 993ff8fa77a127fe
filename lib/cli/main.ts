#!/usr/bin/env node
import { text } from "node:stream/consumers";
import { run } from "./run.js";

process.exitCode = await run(process.argv.slice(2), {
  stdout: (written) => process.stdout.write(written),
  stderr: (written) => process.stderr.write(written),
  stdin: () => text(process.stdin),
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
});
