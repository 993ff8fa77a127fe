import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import type { Emulator } from "../../lib/emulator/index.js";
import type { SurveySummary } from "../../lib/survey/SurveySummary.js";
import { served } from "../emulator/served.js";
import { type Planted, plantedOrganization, sharedKeyArn } from "../survey/plantedOrganization.js";
import { cliProcess, command } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

const root = new URL("../../", import.meta.url);
const accounts = 200;
const each = 100;
const planted = plantedOrganization(accounts, each);
const stopped = (by: Planted) => planted.principals.filter(({ stoppedBy }) => stoppedBy.includes(by)).length;
const rows = (text: string) => text.trim().split("\n").slice(0, -1).sort();

describe("An organization of 200 accounts with 20,000 principals", function () {
  this.timeout(1_200_000);
  let folder: string;
  let asked: string[];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "organization-"));
    await mkdir(join(folder, "dumps"));
    const files = [...planted.dumps.keys()].map((id) => join(folder, "dumps", `${id}.json`));
    await Promise.all([...planted.dumps].map(([id, text]) => writeFile(join(folder, "dumps", `${id}.json`), text)));
    asked = ["check", "--vault", "prod-vault", "--key", sharedKeyArn, "--account-file", ...files];
  });
  after(() => rm(folder, { recursive: true }));

  const shardFile = (n: number) => join(folder, `shard-${n}.ndjson`);
  /** Its code is asked for at once: one that has ended tells it to nobody any more. */
  const shard = (emulator: Emulator, n: number): { child: ChildProcess; code: Promise<number | null> } => {
    const own = ["--shard", `${n}/4`, "--format", "ndjson", "--resume", shardFile(n)];
    const env = Object.entries({ ...process.env, NODE_NO_WARNINGS: "1", ...environmentOf(emulator) });
    const child = spawn(process.execPath, [...command, ...asked, ...own], {
      cwd: root,
      env: Object.fromEntries(env.filter(([, value]) => value)),
      stdio: "ignore",
    });
    return { child, code: once(child, "exit").then(([code]) => code as number | null) };
  };
  /** Waits until a file has grown so far. */
  const grown = async (file: string, bytes: number): Promise<void> => {
    for (;;) {
      const { size } = await stat(file).catch(() => ({ size: 0 }));
      if (size >= bytes) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it("is swept by four shards side by side, two of them interrupted and resumed: every principal once, the planted causes exactly", () =>
    served({ world: planted.world }, async (emulator) => {
      const shards = [1, 2, 3, 4].map((n) => shard(emulator, n));
      const [, second, third] = shards;
      await Promise.all([
        grown(shardFile(2), 1_000_000).then(() => second?.child.kill("SIGKILL")),
        grown(shardFile(3), 1_000_000).then(() => third?.child.kill("SIGINT")),
      ]);
      const codes = await Promise.all(shards.map(({ code }) => code));
      expect(codes).to.deep.equal([1, null, 130, 1]);
      // As where it is killed while it writes.
      const { size } = await stat(shardFile(2));
      await truncate(shardFile(2), size - 100);

      expect(await Promise.all([2, 3].map((n) => shard(emulator, n).code))).to.deep.equal([1, 1]);

      const merged = join(folder, "merged.ndjson");
      for (const n of [1, 2, 3, 4]) await appendFile(merged, await readFile(shardFile(n)));
      const lines = (await readFile(merged, "utf8")).trim().split("\n");
      const told = lines.map((line) => (JSON.parse(line) as Diagnosis).subject.principalArn);
      expect(told).to.have.length(accounts * each);
      expect(new Set(told)).to.deep.equal(new Set(planted.principals.map(({ arn }) => arn)));

      const env = environmentOf(emulator);
      const table = async (name: string, ...more: string[]) => {
        await cliProcess([...asked, ...more, "--output", join(folder, name)], env);
        return rows(await readFile(join(folder, name), "utf8"));
      };
      const whole = await table("whole.txt");
      expect(whole).to.have.length(accounts * each);
      expect(await table("joined.txt", "--resume", merged)).to.deep.equal(whole);

      const { stdout } = await cliProcess([...asked, "--resume", merged, "--summary", "--format", "json"], env);
      const summary = JSON.parse(stdout) as SurveySummary;
      expect(
        summary.causes.map(({ layer, effect, stops, proven }) => ({ layer, effect, stops, proven })),
      ).to.deep.equal(
        (
          [
            ["service-control-policy", "explicitDeny", "organization"],
            ["identity-policy", "explicitDeny", "group"],
            ["permissions-boundary", "implicitDeny", "boundary"],
            ["identity-policy", "implicitDeny", "silence"],
          ] as const
        ).map(([layer, effect, by]) => ({ layer, effect, stops: stopped(by), proven: stopped(by) })),
      );
      const refused = planted.principals.filter(({ stoppedBy }) => stoppedBy.length > 0).length;
      expect(summary).to.include({ principals: accounts * each, blocked: refused, unfreed: 0 });
      expect(summary.steps.at(-1)?.freed).to.equal(refused);
    }));
});
