import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { account, user, world } from "../../lib/emulator/index.js";
import { useEmulator } from "../../lib/testing/index.js";

/*
 * The emulator driven by boto3 as Debian packages it (python3-boto3 1.26, of 2022). Not part of `npm test`, because it
 * needs the package; a missing one fails. What must be answered stands in journey.py.
 */

const run = promisify(execFile);
const managementId = "111122223333";

describe("With boto3 alone", () => {
  const emulator = useEmulator({
    world: world({
      region: "eu-west-1",
      caller: { arn: `arn:aws:iam::${managementId}:user/admin` },
      accounts: [
        account({
          id: managementId,
          users: [user({ name: "admin", attachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] })],
        }),
      ],
    }),
  });

  it("a world is built, a vault is refused for each layer, and created once each is mended", async function () {
    this.timeout(60_000);
    const { credentials, region } = emulator().clientConfig();
    const script = fileURLToPath(new URL("journey.py", import.meta.url));
    const env = {
      PATH: process.env.PATH,
      HOME: "/nonexistent",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    };

    const { stdout } = await run("/usr/bin/python3", [script, emulator().url, region], { env });

    expect(stdout.trim()).to.equal("created");
  });
});
