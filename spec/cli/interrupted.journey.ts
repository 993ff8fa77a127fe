import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { BackupClient, ListBackupVaultsCommand } from "@aws-sdk/client-backup";
import { expect } from "chai";
import type { Emulator } from "../../lib/emulator/index.js";
import { served } from "../emulator/served.js";
import { allow, keyArn, memberWorld } from "../emulator/worlds.js";
import { command } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

const root = new URL("../../", import.meta.url);
const world = () => memberWorld({ identity: allow("*") });

/** Before the emulator, a door that holds back the requests of some kinds until it is opened; held: one of each came. */
async function withDoor(
  emulator: Emulator,
  kinds: readonly ((incoming: IncomingMessage) => boolean)[],
  use: (door: { url: string; held: Promise<unknown>; open: () => void }) => Promise<void>,
): Promise<void> {
  const waiting: (() => void)[] = [];
  const awaited = new Set(kinds);
  let onHeld = () => {};
  const held = new Promise<void>((resolve) => {
    onHeld = resolve;
  });
  const pass = (incoming: IncomingMessage, answer: ServerResponse) => {
    const { hostname, port } = new URL(emulator.url);
    const onward = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
      (told) => told.pipe(answer.writeHead(told.statusCode ?? 500, told.headers)),
    );
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  };
  const server: Server = createServer((incoming, answer) => {
    const kind = kinds.find((is) => is(incoming));
    if (kind === undefined) return pass(incoming, answer);
    waiting.push(() => pass(incoming, answer));
    awaited.delete(kind);
    if (awaited.size === 0) onHeld();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await use({
      url,
      held,
      open: () => {
        for (const go of waiting.splice(0)) go();
      },
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const ofVault = ["--vault", "prod-vault", "--key", keyArn];

function started(emulator: Emulator, url: string, args: string[], name = "check", about = ofVault) {
  const env = { ...process.env, NODE_NO_WARNINGS: "1", ...environmentOf(emulator), AWS_ENDPOINT_URL: url };
  const variables = Object.entries(env).filter(([, value]) => value);
  const child = spawn(process.execPath, [...command, name, ...about, ...args], {
    cwd: root,
    env: Object.fromEntries(variables),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = Promise.all([buffer(child.stdout), buffer(child.stderr), once(child, "close")]);
  return {
    interrupt: (signal: NodeJS.Signals = "SIGINT") => child.kill(signal),
    said: (text: string) =>
      new Promise<void>((resolve) => {
        let all = "";
        child.stderr.on("data", (chunk) => {
          all += String(chunk);
          if (all.includes(text)) resolve();
        });
      }),
    ended: printed.then(([stdout, stderr, [code]]) => ({
      stdout: stdout.toString(),
      stderr: stderr.toString(),
      code: code as number | null,
    })),
  };
}

const vaults = async (emulator: Emulator) => {
  const client = new BackupClient(emulator.clientConfig());
  const { BackupVaultList = [] } = await client.send(new ListBackupVaultsCommand({}));
  return BackupVaultList.map(({ BackupVaultName }) => BackupVaultName);
};
/** Asked once it is known who calls. */
const isOrganizations = ({ headers }: IncomingMessage) =>
  String(headers["x-amz-target"]).endsWith(".ListPoliciesForTarget");
/** Nothing else that is read says what a key policy does. */
const isKeyPolicy = ({ headers }: IncomingMessage) => String(headers["x-amz-target"]).endsWith(".GetKeyPolicy");
/** Of STS nothing else is asked. */
const isWhoCalls = ({ headers }: IncomingMessage) => /\/sts\//.test(String(headers.authorization));
const isCreation = ({ method, url }: IncomingMessage) =>
  method === "PUT" && /\/backup-vaults\/prod-vault/.test(url ?? "");

describe("Interrupted", function () {
  this.timeout(120_000);

  it("check answers what was read by then, and says that it was interrupted", () =>
    served({ world: world() }, (emulator) =>
      withDoor(emulator, [isOrganizations, isKeyPolicy], async ({ url, held }) => {
        const child = started(emulator, url, ["--timeout", "60"]);
        await held;
        child.interrupt();

        const { stdout, stderr, code } = await child.ended;

        expect(stderr).to.match(/^interrupted: this is what was read by now/);
        expect(stdout).to.match(/outcome +inconclusive/);
        expect(stdout).to.match(/kms:GetKeyPolicy/);
        expect(code).to.equal(2);
      }),
    ));

  it("snapshot holds what was read by then, says what it does not hold, and ends with 130", () =>
    served({ world: world() }, (emulator) =>
      withDoor(emulator, [isOrganizations, isKeyPolicy], async ({ url, held }) => {
        const child = started(emulator, url, ["--timeout", "60"], "snapshot");
        await held;
        child.interrupt();

        const { stdout, stderr, code } = await child.ended;

        expect(stderr).to.match(/^interrupted: .*\nnot read, and may be read by asking again: .*kms:GetKeyPolicy.*\n$/);
        expect(JSON.parse(stdout)).to.have.nested.property("key.value.policy.status", "unreadable");
        expect(code).to.equal(130);
      }),
    ));

  it("snapshot writes nothing where it is not known yet who calls", () =>
    served({ world: world() }, (emulator) =>
      withDoor(emulator, [isWhoCalls], async ({ url, held }) => {
        const child = started(emulator, url, ["--timeout", "60"], "snapshot");
        await held;
        child.interrupt();

        const { stdout, stderr, code } = await child.ended;

        expect(stderr).to.match(
          /^interrupted: .*\nerror: (who calls is not known|could not read anything from AWS) \(/,
        );
        expect({ stdout, code }).to.deep.equal({ stdout: "", code: 4 });
      }),
    ));

  it("test reports what was answered by then and what was not, and ends with 130", () =>
    served({ world: world() }, (emulator) =>
      withDoor(emulator, [isKeyPolicy], async ({ url, held }) => {
        const folder = await mkdtemp(join(tmpdir(), "interrupted-"));
        const file = join(folder, "expectations.json");
        const expectations = [
          { name: "without a key", vault: "prod-vault", expect: "allowed" },
          { name: "with a key", vault: "prod-vault", key: keyArn, expect: "allowed" },
        ];
        await writeFile(file, JSON.stringify({ expectations }));
        try {
          const child = started(emulator, url, ["--parallel", "1"], "test", ["--config", file]);
          await held;
          child.interrupt();

          const { stdout, stderr, code } = await child.ended;

          expect(stderr).to.match(/^interrupted: this is what was read by now/);
          expect(stdout).to.match(/^met +without a key/m);
          expect(stdout).to.match(/2 expectations: 1 met, 0 not met, 1 inconclusive\n$/);
          expect(code).to.equal(130);
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      }),
    ));

  for (const [signal, what] of [
    ["SIGINT", "Ctrl-C"],
    ["SIGTERM", "kill"],
    ["SIGHUP", "a terminal that is closed"],
  ] as const) {
    it(`check --attempt, by ${what}, removes the vault that AWS creates all the same`, () =>
      served({ world: world() }, (emulator) =>
        withDoor(emulator, [isCreation], async ({ url, held, open }) => {
          const child = started(emulator, url, ["--attempt"]);
          const said = child.said("interrupted");
          await held;
          child.interrupt(signal);
          await said;
          open();

          const { stderr, code } = await child.ended;

          expect(stderr).to.match(/^interrupted: the vault prod-vault is removed first, should AWS create it\n/);
          expect(stderr).to.match(/AWS created arn:\S+prod-vault, and it was removed again\./);
          expect(await vaults(emulator)).to.deep.equal([]);
          expect(code).to.equal(130);
        }),
      ));
  }

  it("check --attempt says that the vault may be left, and what removes it, where AWS does not answer its creation", () =>
    served({ world: world() }, (emulator) =>
      withDoor(emulator, [isCreation], async ({ url, open }) => {
        const { stderr, code } = await started(emulator, url, ["--attempt", "--timeout", "2"]).ended;
        open();

        const command = /To look, and to remove it: backup-vault-access (sweep .*)\n$/.exec(stderr)?.[1] ?? "";
        expect(stderr).to.match(/^error: --attempt: AWS did not say whether it created the vault \(/);
        expect(command).to.match(/^sweep --older-than 0 --prefix 'prod-vault'/);
        expect(code).to.equal(4);
      }),
    ));

  it("check --attempt, interrupted twice, ends at once and says which vault may be left and how to remove it", () =>
    served({ world: world() }, (emulator) =>
      withDoor(emulator, [isCreation], async ({ url, held }) => {
        const child = started(emulator, url, ["--attempt"]);
        const said = child.said("interrupted");
        await held;
        child.interrupt();
        await said;
        child.interrupt();

        const { stderr, code } = await child.ended;

        expect(stderr).to.match(
          /the vault prod-vault may be left; to remove it: aws backup delete-backup-vault --backup-vault-name 'prod-vault' --region 'us-west-2'/,
        );
        expect(code).to.equal(130);
      }),
    ));
});
