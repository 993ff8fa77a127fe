import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { account, type Emulator, startEmulator, user, world } from "../../lib/emulator/index.js";
import type { RequiredAction } from "../../lib/facts/actions.js";
import { describeSandbox } from "./describeSandbox.js";
import { sandboxPath } from "./openSandbox.js";
import type { SandboxReport } from "./SandboxReport.js";

/*
 * The suite that `npm run test:live` runs against a real account, against the emulator: so it is known to work the day that
 * somebody has one. Once with all seven actions enforced, once with those that published cases show to be.
 */

const accountId = "111122223333";
const seen: RequiredAction[] = [
  "backup:CreateBackupVault",
  "backup-storage:MountCapsule",
  "kms:CreateGrant",
  "kms:DescribeKey",
];

for (const { title, enforce, openQuestions } of [
  {
    title: "all seven actions",
    enforce: "all" as const,
    openQuestions: { "kms:RetireGrant": "enforced", "kms:Decrypt": "enforced", "kms:GenerateDataKey": "enforced" },
  },
  {
    title: "the four actions that published cases show to be",
    enforce: seen,
    openQuestions: {
      "kms:RetireGrant": "not enforced",
      "kms:Decrypt": "not enforced",
      "kms:GenerateDataKey": "not enforced",
    },
  },
]) {
  describe(`An account that enforces ${title}`, () => {
    let emulator: Emulator;
    let told: SandboxReport | null = null;
    const folder = mkdtempSync(join(tmpdir(), "sandbox-"));

    before(async () => {
      emulator = await startEmulator({
        enforce,
        world: world({
          region: "us-west-2",
          caller: { arn: `arn:aws:iam::${accountId}:user/admin` },
          accounts: [
            account({
              id: accountId,
              users: [user({ name: "admin", attachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] })],
            }),
          ],
        }),
      });
    });

    describeSandbox("The sandbox's journeys", {
      connect: async () => emulator.clientConfig(),
      reportFile: join(folder, "report.json"),
      onReport: (report) => {
        told = report;
      },
    });

    after(async () => {
      const { roles = [], policies = [], vaults = [], keys = [] } = emulator.world.accounts[0] ?? {};
      await emulator.stop();
      rmSync(folder, { recursive: true });
      expect(told?.openQuestions, "what was learnt").to.deep.equal(openQuestions);
      expect([roles, policies, vaults], "what is left").to.deep.equal([[], [], []]);
      const ours = keys.filter(({ manager }) => manager === "CUSTOMER");
      expect(new Set(ours.map(({ state }) => state)), "the keys").to.deep.equal(new Set(["PendingDeletion"]));
      const paths = emulator.requests.filter(({ operation }) => operation === "CreateRole").length;
      expect(paths, sandboxPath).to.be.greaterThan(10);
    });
  });
}
