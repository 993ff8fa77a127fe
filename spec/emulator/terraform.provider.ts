import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { account, user, world } from "../../lib/emulator/index.js";
import { useEmulator } from "../../lib/testing/index.js";

/*
 * Terraform itself and its AWS provider (5.100.0) against the emulator: `npm run test:terraform`. The provider is hundreds of
 * megabytes, so that CI does not run it: TERRAFORM_PLUGINS names a folder that holds it, as `terraform providers mirror`
 * makes one.
 */

const run = promisify(execFile);
const id = "444455556666";

describe("With Terraform alone", () => {
  const plugins = process.env.TERRAFORM_PLUGINS;
  const emulator = useEmulator({
    world: world({
      region: "eu-west-1",
      caller: { arn: `arn:aws:iam::${id}:user/admin` },
      accounts: [
        account({
          id,
          users: [user({ name: "admin", attachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] })],
        }),
      ],
    }),
  });

  it("a vault with its key, roles and organization is made, found unchanged, and taken down", async function () {
    if (plugins === undefined) throw new Error("TERRAFORM_PLUGINS: expected a folder with Terraform's AWS provider");
    this.timeout(600_000);
    const folder = await mkdtemp(join(tmpdir(), "terraform-"));
    try {
      await copyFile(fileURLToPath(new URL("terraform/main.tf", import.meta.url)), join(folder, "main.tf"));
      const settings = join(folder, "settings.tfrc");
      await writeFile(
        settings,
        `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(plugins)} }\n}\n`,
      );
      const { credentials } = emulator().clientConfig();
      const env = {
        PATH: process.env.PATH,
        HOME: folder,
        CHECKPOINT_DISABLE: "1",
        TF_CLI_CONFIG_FILE: settings,
        TF_VAR_url: emulator().url,
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      };
      const terraform = async (...args: string[]) =>
        (await run("terraform", [...args, "-no-color"], { cwd: folder, env, maxBuffer: 2 ** 26 })).stdout;

      await terraform("init");
      expect(await terraform("apply", "-auto-approve")).to.match(/Apply complete! Resources: 26 added/);
      // Fails with status 2 where anything is to be changed.
      expect(await terraform("plan", "-detailed-exitcode")).to.match(/No changes/);
      expect(await terraform("destroy", "-auto-approve")).to.match(/Destroy complete! Resources: 26 destroyed/);

      const [own] = emulator().world.accounts;
      expect(own?.vaults).to.deep.equal([]);
      expect(own?.roles).to.deep.equal([]);
      expect(own?.keys.map(({ state }) => state)).to.deep.equal(["PendingDeletion"]);
      expect(emulator().world.organizations).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
