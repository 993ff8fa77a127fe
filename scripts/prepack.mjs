// Before npm packs: what is packed is compiled from what is here, on a fresh clone, too.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const steps = [
  ...(existsSync(new URL("../node_modules/typescript", import.meta.url)) ? [] : [["npm", "ci", "--silent"]]),
  ["npm", "run", "--silent", "build"],
];
for (const [command, ...args] of steps) {
  // What npm itself prints on stdout may be read by a program: `npm pack --json`.
  const { status } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) {
    console.error(`${[command, ...args].join(" ")} failed: nothing is packed`);
    process.exit(1);
  }
}
