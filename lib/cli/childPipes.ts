import { spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { temporaryFolder } from "./temporaryFolder.js";

/** A command's stdout and stderr: what they are for it, and where what it prints is read. */
export interface ChildPipes {
  /** For the command; to be closed here once it has them. */
  ends: readonly [stdout: number, stderr: number];
  /** One where both go to the same place, as by `2>&1`: in two, nobody could tell what came first. */
  read: readonly Socket[];
  close: () => void;
}

/**
 * Pipes as a shell makes them. Node.js's own are sockets: a command that goes on writing when nobody reads any more is then
 * told of a connection that was reset, and /dev/stdout cannot be opened. Null where the system has no mkfifo, or no folder
 * for them that can be written.
 */
export function childPipes(): ChildPipes | null {
  const folder = temporaryFolder();
  if (folder === null) return null;
  try {
    const files = (isOne() ? ["both"] : ["stdout", "stderr"]).map((name) => join(folder, name));
    if (spawnSync("mkfifo", files, { stdio: "ignore" }).status !== 0) return null;
    // Who only reads does not wait for somebody who writes; the other way round there is one already.
    const reader = (file: string) =>
      new Socket({ fd: openSync(file, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false });
    const read = files.map(reader);
    const opened = files.map((file) => openSync(file, "w"));
    const [stdout = 1, stderr = stdout] = opened;
    const close = () => {
      for (const end of opened) closeSync(end);
    };
    return { ends: [stdout, stderr], read, close };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isOne(): boolean {
  const [out, err] = [fstatSync(1), fstatSync(2)];
  return out.dev === err.dev && out.ino === err.ino;
}
