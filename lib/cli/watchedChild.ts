import { spawnSync } from "node:child_process";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { childPipes } from "./childPipes.js";
import { runChild } from "./runChild.js";
import { shellWord } from "./shellWord.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** Tools say last what went wrong: so much of what they printed is kept, in characters. */
const kept = 1_000_000;

/** In milliseconds; two of them are left to what a command started and did not wait for, as bash's `> >(tee log)`. */
const interval = 1000;

/** How a command ended, and the end of what it printed, both streams in the order in which they came. */
export interface Watched {
  code: number;
  printed: string;
}

/**
 * Runs a command as if it ran alone, and keeps what it prints. On a terminal it gets one of its own, by `script` where the
 * system has it, so that it asks, colours and wraps as always; else its output is handed on byte by byte.
 */
export async function watchedChild(
  program: string,
  args: readonly string[],
  env: Record<string, string | undefined>,
): Promise<Watched> {
  const isTerminal = [process.stdin, process.stdout, process.stderr].every(({ isTTY }) => isTTY === true);
  const folder = isTerminal && hasScript() ? temporaryFolder() : null;
  return folder === null ? throughPipes(program, args, env) : onTerminal(folder, program, args, env);
}

async function throughPipes(
  program: string,
  args: readonly string[],
  env: Record<string, string | undefined>,
): Promise<Watched> {
  const chunks: Buffer[] = [];
  let length = 0;
  const keep = (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    while (chunks.length > 1 && length - (chunks[0]?.length ?? 0) > kept) length -= chunks.shift()?.length ?? 0;
  };
  const off: (() => void)[] = [];
  const ways: { from: Readable; to: Writable }[] = [];
  const pipes = childPipes();
  try {
    const code = await runChild(program, args, {
      stdio: ["inherit", ...(pipes?.ends ?? (["pipe", "pipe"] as const))],
      env,
      onStart: (child) => {
        pipes?.close();
        const [stdout = null, stderr = null] = pipes?.read ?? [child.stdout, child.stderr];
        for (const [from, to] of [
          [stdout, process.stdout],
          [stderr, process.stderr],
        ] as const) {
          if (from === null) continue;
          ways.push({ from, to });
          from.on("data", keep);
          from.pipe(to, { end: false });
          // Whoever reads our output may stop, as head does: then the command is to learn it as it would alone.
          const stop = () => from.destroy();
          to.once("error", stop);
          off.push(() => to.off("error", stop));
        }
      },
    });
    await Promise.all(ways.map(({ from, to }) => restOf(from, to)));
    return { code, printed: Buffer.concat(chunks).toString("utf8") };
  } finally {
    for (const stop of off) stop();
  }
}

/**
 * Waits for the rest of an output whose command has ended: to its end, or until it had its time while whoever reads ours
 * kept nobody waiting. What holds an output longer is a service that the command left in the background.
 */
async function restOf(from: Readable, to: Writable): Promise<void> {
  for (let free = 0; free < 2; ) {
    const signal = AbortSignal.timeout(interval);
    await finished(from, { signal }).catch(() => {});
    if (from.destroyed || from.readableEnded) return;
    free = to.writableNeedDrain ? 0 : free + 1;
  }
  from.destroy();
}

/** util-linux's `script`; that of the BSDs takes other options, and does without. */
function hasScript(): boolean {
  const { stdout } = spawnSync("script", ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return /util-linux/.test(stdout ?? "");
}

async function onTerminal(
  folder: string,
  program: string,
  args: readonly string[],
  env: Record<string, string | undefined>,
): Promise<Watched> {
  try {
    const file = join(folder, "printed");
    const line = `exec ${[program, ...args].map(shellWord).join(" ")}`;
    const code = await runChild("script", ["--quiet", "--return", "--flush", "--command", line, file], {
      stdio: "inherit",
      // It starts the line with this shell, whose quoting must be the one above.
      env: { ...env, SHELL: "/bin/sh" },
    });
    return { code, printed: await endOf(file) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function endOf(file: string): Promise<string> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(Math.min(size, kept)),
      position: Math.max(0, size - kept),
    });
    return buffer.subarray(0, bytesRead).toString("utf8");
  } finally {
    await handle.close();
  }
}
