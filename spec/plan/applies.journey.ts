import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import {
  CreateKeyCommand,
  DisableKeyCommand,
  KMSClient,
  PutKeyPolicyCommand,
  TagResourceCommand,
} from "@aws-sdk/client-kms";
import { expect } from "chai";
import type { CheckedCall } from "../../lib/cli/CheckedCall.js";
import { forecastOf } from "../../lib/cli/forecastOf.js";
import { notAsPlanned } from "../../lib/cli/notAsPlanned.js";
import { callsFor } from "../../lib/cli/plannedCalls.js";
import { plannedFiles, vaultsIn } from "../../lib/cli/plannedFiles.js";
import { templateParameters } from "../../lib/cli/templateParameters.js";
import { newVaultAccessCheck } from "../../lib/client/newVaultAccessCheck.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { type Emulator, role, startEmulator } from "../../lib/emulator/index.js";
import type { PlannedVault } from "../../lib/plan/PlannedVault.js";
import { liveOptionsFor } from "../../lib/testing/emulator/liveOptionsFor.js";
import { accountId, allow, allSeven, type Changes, memberWorld } from "../emulator/worlds.js";

/** A plan, the calls that applying it makes, written down by hand, and what is to be forecast of each vault. */
interface Apply {
  file: string;
  parameters?: string[];
  /** Of the world in which Deployer may create vaults. */
  changes?: Changes;
  /** Who applies, where it is not the caller; the plan must say so itself. */
  principal?: string;
  /** What CloudFormation adds to the calls that it makes on the caller's behalf. */
  calledVia?: string[];
  /** What the session is given besides its role. */
  session?: Record<string, string>;
  apply: Record<string, unknown>[];
  outcomes: Record<string, Diagnosis["outcome"]>;
  why?: string;
}

const applies = JSON.parse(readFileSync(new URL("applies.json", import.meta.url), "utf8")) as Apply[];
const place = { partition: "aws", accountId, region: "us-west-2" };
const io = { stdout: () => {}, stderr: () => {}, stdin: async () => "", env: {}, isTerminal: false };

describe("The forecast of a plan is what AWS then answers to the apply's calls", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());

  for (const one of applies) {
    const given = [...(one.parameters ?? []), ...Object.keys(one.changes ?? {}).map((what) => `other ${what}`)];
    it(`${one.file}${given.length === 0 ? "" : ` (${given.join(", ")})`}: ${Object.values(one.outcomes).join(", ")}`, async () => {
      emulator.reset(world(one.changes));

      const forecast = await forecasts(emulator, one);
      const created = await apply(emulator, one);

      expect(Object.fromEntries(forecast.map((each) => [each.planned?.address, each.outcome]))).to.deep.equal(
        one.outcomes,
      );
      for (const { planned, outcome, blockingLayer, summary } of forecast) {
        if (outcome !== "inconclusive")
          expect(created.get(planned?.address ?? ""), summary).to.equal(outcome === "allowed");
        if (outcome === "blocked") expect(blockingLayer, summary).to.equal(one.why);
      }
    });
  }
});

function world(changes: Changes = {}) {
  const made = memberWorld(changes);
  made.accounts[0]?.roles.push(
    role({
      name: "Pipeline",
      inlinePolicies: [{ name: "Vaults", document: allow("backup:*", "backup-storage:*", "kms:CreateKey") }],
    }),
    role({ name: "BackupRole" }),
    role({
      name: `cdk-hnb659fds-cfn-exec-role-${accountId}-us-west-2`,
      inlinePolicies: [{ name: "All", document: allSeven }],
    }),
  );
  return made;
}

function called(vault: PlannedVault): CheckedCall[] {
  const calls = callsFor(vault, [], "us-west-2");
  if (typeof calls === "string") throw new Error(calls);
  return calls;
}

async function forecasts(emulator: Emulator, { file, parameters = [], principal }: Apply): Promise<Diagnosis[]> {
  const files = await plannedFiles(fileURLToPath(new URL(`data/${file}`, import.meta.url)), io);
  const { vaults, changes } = vaultsIn(files, place, await templateParameters(parameters, io));
  const asked = { env: {}, here: "us-west-2", accountId, callerArn: emulator.world.caller.arn, changes };
  const client = new BackupClient({ ...emulator.clientConfig(), requestHandler: emulator.requestHandler });
  const check = newVaultAccessCheck({ ...liveOptionsFor(emulator), client });
  return Promise.all(
    vaults.flatMap(called).map(async ({ request, plan }) => {
      expect(request.principalArn).to.equal(principal);
      if (plan === null) throw new Error("of no plan");
      const other = notAsPlanned(plan.vault, {}, asked);
      return forecastOf(await check(request, plan.context, plan.parts), plan.vault, other);
    }),
  );
}

/** Makes the calls one after the other, as the tool would; which vaults AWS made, by their addresses. */
async function apply(
  emulator: Emulator,
  { apply: calls, principal, calledVia, session }: Apply,
): Promise<Map<string, boolean>> {
  const caller =
    principal === undefined
      ? emulator.world.caller.arn
      : `${principal.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/apply`;
  const via = calledVia !== undefined && { "aws:CalledVia": calledVia, "aws:ViaAWSService": "true" };
  const credentials = emulator.credentialsFor(caller, { context: { ...via, ...session } });
  const config = { ...emulator.clientConfig(), requestHandler: emulator.requestHandler, maxAttempts: 1 };
  // Whoever makes the keys may; in question is the vault.
  const kmsIn = (region: unknown) =>
    new KMSClient({ ...config, credentials: emulator.auditor, ...(typeof region === "string" && { region }) });
  const created = new Map<string, boolean>();
  let key: string | undefined;
  const filled = <T extends object>(input: T): T =>
    JSON.parse(JSON.stringify(input).replaceAll('"the new key"', JSON.stringify(key ?? "")));
  for (const call of calls) {
    const [[operation, given] = ["", {}]] = Object.entries(call);
    const input = filled(given as never) as never;
    const kms = kmsIn(call.region);
    if (operation === "CreateKey") key = (await kms.send(new CreateKeyCommand(input))).KeyMetadata?.Arn;
    else if (operation === "DisableKey") await kms.send(new DisableKeyCommand(input));
    else if (operation === "TagResource") await kms.send(new TagResourceCommand(input));
    else if (operation === "PutKeyPolicy") await kms.send(new PutKeyPolicyCommand(input));
    else {
      const { region = "us-west-2", ...vault } = input as { region?: string; BackupVaultName: string };
      const backup = new BackupClient({ ...config, region, credentials });
      const answer = await backup.send(new CreateBackupVaultCommand(vault)).then(
        () => true,
        (error: Error) => error.name === "AlreadyExistsException",
      );
      created.set(String(call.address), answer);
    }
  }
  return created;
}
