import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import type { Emulator } from "../../lib/emulator/index.js";
import { built } from "../built.js";
import { served } from "../emulator/served.js";
import { memberWorld } from "../emulator/worlds.js";
import { doors } from "./doors.js";
import { asked, lacksMountCapsule } from "./refusals.js";

interface Account {
  outcome: string;
  /** Modules of this package loaded, and timers set by it, from the call on. */
  modules: string[];
  timers: string[];
}

const run = promisify(execFile);
const child = built("spec/client/success.child.ts");

/** Creates a vault in a process of its own. */
async function createdElsewhere(door: string, emulator: Emulator): Promise<Account> {
  const folder = await mkdtemp(join(tmpdir(), "backup-vault-access-"));
  try {
    const { stdout } = await run(process.execPath, [child], {
      env: {
        ...process.env,
        MODULE_LOG: join(folder, "modules"),
        DOOR: door,
        ENDPOINT: emulator.url,
        CREDENTIALS: JSON.stringify(emulator.clientConfig().credentials),
      },
    });
    return JSON.parse(stdout) as Account;
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("A vault that is created costs nothing more", function () {
  this.timeout(60_000);

  for (const { name } of doors) {
    it(`by ${name}: no module is loaded, no timer set, nothing else asked`, () =>
      served({ world: memberWorld() }, async (emulator) => {
        const account = await createdElsewhere(name, emulator);

        expect(account).to.deep.equal({ outcome: "created", modules: [], timers: [] });
        expect(asked(emulator)).to.deep.equal(["backup:CreateBackupVault"]);
      }));
  }

  it("while a refusal loads the diagnosis and sets its timer, so the account above would show them", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const account = await createdElsewhere("DenialAwareBackupClient", emulator);

      expect(account.outcome).to.equal("AccessDeniedException");
      expect(account.modules.join("\n")).to.contain("/lib/client/errorForDenial.js");
      expect(account.timers).to.not.have.length(0);
    }));
});
