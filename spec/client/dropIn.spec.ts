import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as sdk from "@aws-sdk/client-backup";
import { expect } from "chai";
import * as dropIn from "../../lib/client/client-backup.js";
import { DenialAwareBackup, DenialAwareBackupClient } from "../../lib/index.js";
import { built } from "../built.js";
import { served } from "../emulator/served.js";
import { memberWorld } from "../emulator/worlds.js";
import { asked, input, lacksMountCapsule } from "./refusals.js";

const run = promisify(execFile);

/** Addresses of all modules that are loaded for one. */
async function loadedFor(module: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "backup-vault-access-"));
  const log = join(folder, "modules");
  try {
    await run(process.execPath, [built("spec/client/moduleList.child.ts")], {
      env: { ...process.env, MODULE_LOG: log, MODULE: pathToFileURL(built(module)).href },
    });
    return (await readFile(log, "utf8")).trim().split("\n");
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("The drop-in import", () => {
  it("exports everything that @aws-sdk/client-backup does, the same but for its two clients", () => {
    const names = Object.keys(sdk).filter((name) => name !== "default" && name !== "module.exports");

    const replaced = names.filter(
      (name) => (dropIn as Record<string, unknown>)[name] !== (sdk as Record<string, unknown>)[name],
    );

    expect(names).to.not.have.length(0);
    expect(replaced.sort()).to.deep.equal(["Backup", "BackupClient"]);
  });

  it("gives the clients that go by their own names elsewhere", () => {
    expect(dropIn.BackupClient).to.equal(DenialAwareBackupClient);
    expect(dropIn.Backup).to.equal(DenialAwareBackup);
  });

  it("keeps instanceof: a client is one of the SDK's, an aggregated client is one of the drop-in's", () => {
    const config = { region: "us-west-2" };

    expect(new dropIn.BackupClient(config)).to.be.instanceOf(sdk.BackupClient);
    expect(new dropIn.Backup(config)).to.be.instanceOf(sdk.BackupClient).and.instanceOf(dropIn.BackupClient);
  });

  it("has every method of the SDK's aggregated client", () => {
    const backup = new dropIn.Backup({ region: "us-west-2" });

    for (const name of Object.getOwnPropertyNames(sdk.Backup.prototype)) {
      expect(backup, name).to.have.property(name);
    }
  });

  it("sends every other command untouched", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const backup = new dropIn.Backup(emulator.clientConfig());

      const { BackupVaultList } = await backup.listBackupVaults({});
      const { BackupVaultList: again } = await backup.send(new dropIn.ListBackupVaultsCommand({}));

      expect([BackupVaultList, again]).to.deep.equal([[], []]);
      expect(asked(emulator)).to.deep.equal(["backup:ListBackupVaults", "backup:ListBackupVaults"]);
    }));

  it("serves callbacks as the SDK does", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const backup = new dropIn.Backup(emulator.clientConfig());

      const made = await new Promise<unknown>((resolve) => {
        backup.createBackupVault(input, (error: unknown, data?: sdk.CreateBackupVaultCommandOutput) =>
          resolve(error ?? data?.BackupVaultName),
        );
      });

      expect(made).to.equal("prod-vault");
    }));

  it("loads neither the policy engine nor another AWS client until there is a denial", async () => {
    const loaded = await loadedFor("lib/client/client-backup.ts");

    const ours = loaded.map((url) => /\/lib\/(\w+)\//.exec(url)?.[1]).filter((folder) => folder !== undefined);
    expect([...new Set(ours)].sort()).to.deep.equal(["client", "denial", "facts", "options"]);
    const packages = loaded.map((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]);
    expect(packages).to.include("@aws-sdk/client-backup");
    for (const name of ["@aws-sdk/client-iam", "@aws-sdk/client-kms", "p-retry", "valibot", "cosmiconfig"]) {
      expect(packages, name).to.not.include(name);
    }
  }).timeout(60_000);
});

describe("The root entry", () => {
  it("loads neither what reads evidence nor any service's client before something is to be read", async () => {
    const loaded = await loadedFor("lib/index.ts");

    expect(loaded.some((url) => url.endsWith("/lib/diagnose.js"))).to.equal(true);
    expect(
      loaded.filter((url) =>
        /lib\/evidence\/(collect|read|open)|client-(iam|kms|sts|organizations|cloudtrail)/.test(url),
      ),
    ).to.deep.equal([]);
  });
});
