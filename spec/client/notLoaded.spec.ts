import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "chai";
import { built } from "../built.js";
import { served } from "../emulator/served.js";
import { lacksMountCapsule } from "./refusals.js";

const run = promisify(execFile);
const child = built("spec/client/notLoaded.child.ts");

/** A file that Node.js cannot load, as one that a bundler left out. */
const hooks = `export async function load(url, context, next) {
  if (url.endsWith("/errorForDenial.js")) throw new Error("left out of the bundle");
  return next(url, context);
}`;
const module = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
const register = module(`import { register } from "node:module"; register(${JSON.stringify(module(hooks))});`);

describe("A refusal whose diagnosis cannot be loaded", () => {
  it("arrives as AWS sent it; onFailure and the diagnostics channel are told why", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const { stdout } = await run(process.execPath, ["--import", register, child], {
        env: {
          ...process.env,
          ENDPOINT: emulator.url,
          CREDENTIALS: JSON.stringify(emulator.clientConfig().credentials),
        },
      });

      expect(JSON.parse(stdout)).to.deep.equal({
        thrown: ["AccessDeniedException", "AccessDeniedException"],
        told: ["Error: left out of the bundle", "Error: left out of the bundle"],
        published: [
          ["started", 1, "prod-vault"],
          ["failed", 1, "prod-vault", "Error: left out of the bundle"],
          ["started", 2, "test-vault"],
          ["failed", 2, "test-vault", "Error: left out of the bundle"],
        ],
      });
    }));
});
