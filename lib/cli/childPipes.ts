import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A command's stdout and stderr: what they are for it, and where what it prints is read. */
export interface ChildPipes {
  /** For the command; to be closed here once it has them. */
  ends: readonly [stdout: number, stderr: number];
  read: readonly [stdout: Socket, stderr: Socket];
  close: () => void;
}

/**
 * Pipes as a shell makes them. Node.js's own are sockets: a command that goes on writing when nobody reads any more is then
 * told of a connection that was reset, and /dev/stdout cannot be opened. Null where the system has no mkfifo.
 */
export function childPipes(): ChildPipes | null {
  const folder = mkdtempSync(join(tmpdir(), "backup-vault-access-"));
  try {
    const files = [join(folder, "stdout"), join(folder, "stderr")] as const;
    if (spawnSync("mkfifo", [...files], { stdio: "ignore" }).status !== 0) return null;
    // Who only reads does not wait for somebody who writes; the other way round there is one already.
    const reader = (file: string) =>
      new Socket({ fd: openSync(file, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false });
    const read = [reader(files[0]), reader(files[1])] as const;
    const ends = [openSync(files[0], "w"), openSync(files[1], "w")] as const;
    return {
      ends,
      read,
      close: () => {
        for (const end of ends) closeSync(end);
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
