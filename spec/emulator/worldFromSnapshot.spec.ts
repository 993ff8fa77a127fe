import { readdirSync, readFileSync } from "node:fs";
import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { GetRoleCommand, GetRolePolicyCommand, IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { redact } from "../../lib/redaction/redact.js";
import { worldFromSnapshot } from "../../lib/replay/index.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { failureOf, served } from "./served.js";

const examples = new URL("../examples/", import.meta.url);
const names = readdirSync(examples)
  .filter((file) => file.endsWith(".snapshot.json"))
  .map((file) => file.replace(".snapshot.json", ""));
const read = (name: string): Snapshot =>
  parseSnapshot(readFileSync(new URL(`${name}.snapshot.json`, examples), "utf8"));
const outcomeOf = (name: string): string =>
  (JSON.parse(readFileSync(new URL(`${name}.expected.json`, examples), "utf8")) as { outcome: string }).outcome;

function pick(denial: Snapshot["denial"]) {
  if (denial === null) throw new Error("the example has a denial");
  return { name: denial.name, message: denial.message };
}

describe("A world made from a snapshot", () => {
  for (const name of names) {
    const outcome = outcomeOf(name);
    // What a snapshot does not know, no world can serve.
    if (outcome === "inconclusive") continue;
    it(`${name}: its request is ${outcome}`, () => {
      const snapshot = read(name);
      const { backupVaultName, encryptionKeyArn, backupVaultTags } = snapshot.request;
      return served({ world: worldFromSnapshot(snapshot) }, async (emulator) => {
        const client = new BackupClient({ ...emulator.clientConfig(), maxAttempts: 1 });
        const call = client.send(
          new CreateBackupVaultCommand({
            BackupVaultName: backupVaultName,
            ...(encryptionKeyArn !== null && { EncryptionKeyArn: encryptionKeyArn }),
            BackupVaultTags: backupVaultTags,
          }),
        );
        if (outcome === "allowed") expect((await call).BackupVaultName).to.equal(backupVaultName);
        else expect((await failureOf(call)).name).to.equal("AccessDeniedException");
      });
    });
  }

  for (const name of names) {
    it(`${name}: is served, too, once it is redacted, and with ids and fields that nobody knows`, async () => {
      const odd = read(name);
      const { serviceControl } = odd.policies;
      for (const target of serviceControl.status === "read" ? serviceControl.value : []) {
        for (const policy of target.policies) policy.id = `guard ${policy.name}`;
      }
      if (odd.organization.status === "read") odd.organization.value.id = "ours";
      if (odd.key.status === "read") {
        const grant = {
          grantId: "one",
          operations: ["Decrypt"],
          constraints: { encryptionContextSubset: {}, addedLater: 1 },
          addedLater: 1,
        };
        odd.key.value.grants = { status: "read", value: [grant] };
      }

      for (const snapshot of [redact(read(name)).snapshot, odd]) {
        await served({ world: worldFromSnapshot(snapshot) }, async (emulator) => {
          const { Arn } = await new STSClient(emulator.clientConfig()).send(new GetCallerIdentityCommand({}));
          expect(Arn).to.equal(snapshot.caller.arn);
        });
      }
    });
  }

  it("repeats the refusal that was seen where it may come from what is not known", () => {
    const snapshot = read("denial-message-names-policy");
    return served({ world: worldFromSnapshot(snapshot) }, async (emulator) => {
      const asked = { BackupVaultName: "prod-vault", EncryptionKeyArn: snapshot.request.encryptionKeyArn ?? "" };
      const client = new BackupClient({ ...emulator.clientConfig(), maxAttempts: 1 });

      const failure = await failureOf(client.send(new CreateBackupVaultCommand(asked)));

      expect(failure).to.deep.equal({ ...pick(snapshot.denial), status: 403 });
      const other = new CreateBackupVaultCommand({ ...asked, BackupVaultName: "another" });
      expect((await client.send(other)).BackupVaultName).to.equal("another");
    });
  });

  for (const layer of ["identity", "permissionsBoundary", "serviceControl"] as const) {
    it(`lets the request pass where ${layer} is not known, and simulates nothing`, () => {
      const snapshot = read("allowed");
      snapshot.policies[layer] = { status: "notRead" };
      return served({ world: worldFromSnapshot(snapshot) }, async (emulator) => {
        const { backupVaultName, encryptionKeyArn } = snapshot.request;
        const client = new BackupClient({ ...emulator.clientConfig(), maxAttempts: 1 });
        const auditor = new IAMClient({ ...emulator.clientConfig(), credentials: emulator.auditor, maxAttempts: 1 });
        const simulated = auditor.send(
          new SimulatePrincipalPolicyCommand({
            PolicySourceArn: snapshot.caller.principalArn,
            ActionNames: ["backup:CreateBackupVault"],
          }),
        );

        expect((await failureOf(simulated)).name).to.equal("AccessDenied");
        const made = await client.send(
          new CreateBackupVaultCommand({
            BackupVaultName: backupVaultName,
            EncryptionKeyArn: encryptionKeyArn ?? undefined,
          }),
        );
        expect(made.BackupVaultName).to.equal(backupVaultName);
      });
    });
  }

  it("has the snapshot's caller, with its path and id", () => {
    const snapshot = read("allowed");
    return served({ world: worldFromSnapshot(snapshot) }, async (emulator) => {
      const identity = await new STSClient(emulator.clientConfig()).send(new GetCallerIdentityCommand({}));
      expect(identity).to.include({ Arn: snapshot.caller.arn, UserId: snapshot.caller.userId });
      const auditor = new IAMClient({ ...emulator.clientConfig(), credentials: emulator.auditor });
      const { Role } = await auditor.send(new GetRoleCommand({ RoleName: "Deployer" }));
      expect(Role?.Arn).to.equal(snapshot.caller.principalArn);
    });
  });

  it("serves a policy's text as it was, also damaged, and refuses one that could not be read", () => {
    const snapshot = read("allowed");
    const text = '{"Version": "2012-10-17", "Statement": [';
    snapshot.policies.identity = {
      status: "read",
      value: [
        { name: "Damaged", document: text },
        { name: "Unreadable", document: null, unreadable: "AccessDenied" },
      ],
    };
    return served({ world: worldFromSnapshot(snapshot) }, async (emulator) => {
      const auditor = new IAMClient({ ...emulator.clientConfig(), credentials: emulator.auditor });
      const policy = (PolicyName: string) =>
        auditor.send(new GetRolePolicyCommand({ RoleName: "Deployer", PolicyName }));
      expect(decodeURIComponent((await policy("Damaged")).PolicyDocument ?? "")).to.equal(text);
      expect((await failureOf(policy("Unreadable"))).name).to.equal("AccessDenied");
    });
  });
});
