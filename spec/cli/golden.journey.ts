import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { folder, golden, typed } from "./goldens.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const execute = promisify(execFile);

/** The built program, as it is published. */
async function built(args: string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  const env = { PATH: process.env.PATH ?? "", NODE_NO_WARNINGS: "1" };
  try {
    const { stdout, stderr } = await execute(process.execPath, ["dist/cli/main.js", ...args], { cwd: root, env });
    return { stdout, stderr, code: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { stdout, stderr, code };
  }
}

describe("What the built program prints", function () {
  this.timeout(120_000);

  before(() => execute("npm", ["run", "--silent", "build"], { cwd: root }));

  for (const [name, args] of Object.entries(typed)) {
    it(`${name} is what its source prints`, async () => {
      expect(golden(await built(args))).to.equal(readFileSync(new URL(`${name}.golden`, folder), "utf8"));
    });
  }
});
