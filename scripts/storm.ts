// What a storm of refusals costs: 1,000 and 2,000 at once through one client, every call 100 ms away, each refusal with ids of
// its own. Prints how long all took, the longest stall of the event loop and how many were explained. `npm run bench:storm`.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { startEmulator } from "../lib/emulator/index.js";
import { BackupVaultAccessDeniedError, createBackupVault } from "../lib/index.js";
import { allow, keyArn, memberWorld } from "../spec/emulator/worlds.js";

const away = 100;

interface Served {
  url: string;
  caller: { accessKeyId: string; secretAccessKey: string };
  auditor: { accessKeyId: string; secretAccessKey: string };
}

/** The vault of each refusal. The first is what the SDK alone costs. */
const kinds = {
  "one vault, not explained": () => "prod-vault",
  "one vault": () => "prod-vault",
  "as many vaults": (index: number) => `vault-${index}`,
};

/** The emulator in a process of its own, so that its work is not measured. */
async function serve(): Promise<void> {
  const emulator = await startEmulator({
    world: memberWorld({ identity: allow("backup:*", "kms:*") }),
    faults: [{ effect: "delay", milliseconds: away }],
  });
  const { url, auditor } = emulator;
  process.send?.({ url, auditor, caller: emulator.clientConfig().credentials } satisfies Served);
  process.once("disconnect", () => void emulator.stop());
}

async function storm({ url, caller, auditor }: Served, count: number, what: keyof typeof kinds): Promise<string> {
  const client = new BackupClient({ endpoint: url, region: "us-west-2", credentials: caller, maxAttempts: 1 });
  const endpoints = { iam: url, sts: url, kms: url, organizations: url, cloudtrail: url };
  const options = { evidence: { endpoints, credentials: auditor } };
  let stall = 0;
  let last = performance.now();
  const ticking = setInterval(() => {
    const now = performance.now();
    stall = Math.max(stall, now - last - 10);
    last = now;
  }, 10);
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const errors = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const input = { BackupVaultName: kinds[what](index), EncryptionKeyArn: keyArn };
      try {
        if (what === "one vault, not explained") return await client.send(new CreateBackupVaultCommand(input));
        return await createBackupVault(client, input, options);
      } catch (error) {
        return error;
      }
    }),
  );
  const took = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(ticking);
  client.destroy();
  const explained = errors.filter(
    (error) => BackupVaultAccessDeniedError.isInstance(error) && error.blockingLayer === "identity-policy",
  );
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  return `| ${count} | ${what} | ${explained.length} | ${seconds(took)} | ${stall.toFixed(0)} ms | ${seconds((user + system) / 1000)} |`;
}

if (process.argv[2] === "serve") await serve();
else {
  const child = fork(fileURLToPath(import.meta.url), ["serve"]);
  const [served] = (await once(child, "message")) as [Served];
  console.log("| refusals at once | of | explained | all done after | longest stall | CPU |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  try {
    // The first loads the modules, which is not the storm's.
    await storm(served, 1, "one vault");
    for (const count of [1000, 2000]) {
      console.log(await storm(served, count, "one vault, not explained"));
      console.log(await storm(served, count, "one vault"));
    }
    if (process.argv.includes("--vaults")) console.log(await storm(served, 1000, "as many vaults"));
  } finally {
    child.kill();
  }
}
