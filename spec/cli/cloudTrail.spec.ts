import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { inEnvironment } from "../../scripts/demonstration/inEnvironment.js";
import { rejection } from "../client/refusals.js";
import { served } from "../emulator/served.js";
import { allow, keyArn, memberWorld } from "../emulator/worlds.js";
import { cli } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

const example = fileURLToPath(new URL("../examples/allowed.snapshot.json", import.meta.url));

/** A refused kms:Decrypt that AWS Backup forwarded for the example's caller. */
async function refusedDecrypt(): Promise<string> {
  const snapshot = JSON.parse(await readFile(example, "utf8")) as {
    capturedAt: string;
    caller: { arn: string };
    request: { encryptionKeyArn: string };
  };
  const { caller, request } = snapshot;
  const record = {
    userIdentity: { arn: caller.arn, invokedBy: "backup.amazonaws.com" },
    eventTime: snapshot.capturedAt,
    eventSource: "kms.amazonaws.com",
    eventName: "CreateGrant",
    errorCode: "AccessDenied",
    errorMessage: `User: ${caller.arn} is not authorized to perform: kms:CreateGrant on resource: ${request.encryptionKeyArn} with an explicit deny in a service control policy`,
    eventID: "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    resources: [{ ARN: request.encryptionKeyArn, type: "AWS::KMS::Key" }],
  };
  return JSON.stringify({ Records: [record] });
}

// specification, section 6
describe("--cloudtrail", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "cloudtrail-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("lets explain hear the events of a file, or of stdin, beside the snapshot", async () => {
    const file = join(folder, "events.json");
    const text = await refusedDecrypt();
    await writeFile(file, text);

    const plain = await cli(["explain", "--snapshot", example]);
    const heard = await cli(["explain", "--snapshot", example, "--cloudtrail", file]);
    const piped = await cli(["explain", "--snapshot", example, "--cloudtrail", "-"], { stdin: text });

    expect(plain.code).to.equal(0);
    expect(heard.code).to.equal(1);
    expect(heard.stdout).to.contain("service control policy").and.contain("kms:CreateGrant");
    expect(piped).to.deep.equal(heard);
  });

  const refused: { what: string; args: string[]; message: string }[] = [
    {
      what: "no snapshot beside it",
      args: ["explain", "--cloudtrail", "-"],
      message: "expected --snapshot FILE beside it",
    },
    {
      what: "a file without events",
      args: ["explain", "--snapshot", example, "--cloudtrail", example],
      message: "expected CloudTrail events",
    },
    {
      what: "stdin twice",
      args: ["explain", "--snapshot", "-", "--cloudtrail", "-"],
      message: "stdin can be read only once",
    },
    {
      what: "a wait without it",
      args: ["check", "--vault", "prod-vault", "--wait", "5"],
      message: "expected --cloudtrail beside it",
    },
    {
      what: "a wait that is none",
      args: ["check", "--vault", "prod-vault", "--cloudtrail", "--wait", "soon"],
      message: "a number of minutes",
    },
  ];
  for (const { what, args, message } of refused) {
    it(`ends with 3 where there is ${what}, and says what was expected`, async () => {
      const { code, stderr } = await cli(args, { stdin: "{}" });

      expect(code).to.equal(3);
      expect(stderr).to.contain(message);
    });
  }

  it("lets check look into CloudTrail, live, after AWS's opaque refusal", () =>
    served(
      {
        world: memberWorld({
          identity: allow("backup:*", "kms:*", "backup-storage:MountCapsule"),
          boundary: allow("backup:*", "backup-storage:*"),
        }),
      },
      async (emulator) => {
        const client = new BackupClient(emulator.clientConfig());
        const input = { BackupVaultName: "prod-vault", EncryptionKeyArn: keyArn };
        const { message } = (await rejection(client.send(new CreateBackupVaultCommand(input)))) as Error;
        emulator.inject({ effect: "error", service: "iam", code: "AccessDenied", status: 403 });
        const env = environmentOf(emulator);

        const { code, stdout } = await inEnvironment(env, () =>
          cli(["check", "--vault", "prod-vault", "--key", keyArn, "--cloudtrail", "--error", "-", "--format", "json"], {
            env,
            stdin: `An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: ${message}`,
          }),
        );

        expect(code).to.equal(1);
        const { blockers } = JSON.parse(stdout) as { blockers: { layer: string; actions: string[] }[] };
        expect(blockers[0]).to.deep.include({ layer: "permissions-boundary" });
        expect(blockers[0]?.actions[0]).to.match(/^kms:/);
      },
    ));
});
