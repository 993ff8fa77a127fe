// Every entrance of the packed package, as a user's own program imports it. scripts/check-package.mjs compiles and runs it.
import { deepEqual, equal, ok } from "node:assert/strict";
import {
  BackupVaultAccessDeniedError,
  checkBackupVaultAccess,
  createBackupVault,
  type Diagnosis,
  diagnose,
  getDenialDiagnosisPlugin,
} from "backup-vault-access";
import { Backup, BackupClient, CreateBackupVaultCommand } from "backup-vault-access/client-backup";
import { account, role, startEmulator, world } from "backup-vault-access/emulator";
import { evaluatePolicies } from "backup-vault-access/policy";
import { report, reportFormats } from "backup-vault-access/report";
import { assertBackupVaultBlocked, assertBackupVaultRejected } from "backup-vault-access/testing";

const accountId = "444455556666";
const emulator = await startEmulator({
  world: world({
    region: "us-west-2",
    caller: { arn: `arn:aws:iam::${accountId}:role/Deployer` },
    accounts: [
      account({
        id: accountId,
        roles: [
          role({
            name: "Deployer",
            attachedPolicies: ["arn:aws:iam::aws:policy/PowerUserAccess"],
            inlinePolicies: [
              {
                name: "NoCapsules",
                document: {
                  Version: "2012-10-17",
                  Statement: { Sid: "NoCapsules", Effect: "Deny", Action: "backup-storage:*", Resource: "*" },
                },
              },
            ],
          }),
        ],
      }),
    ],
  }),
});
try {
  const { url, auditor } = emulator;
  const evidence = { credentials: auditor, endpoints: { iam: url, sts: url, kms: url, organizations: url } };
  // What is not set is undefined, as in the SDK's own types, also where TypeScript tells that from left out.
  const { CONTEXT_NOT_SET: notSet } = process.env;
  // A busy machine is no reason to fail: a diagnosis may take as long as it needs.
  const options = {
    evidence: { ...evidence, region: notSet },
    deadline: 60_000,
    probe: undefined,
    onFailure: undefined,
  };
  const input = { BackupVaultName: "prod-vault" };

  const client = new BackupClient(emulator.clientConfig(), options);
  const refused = await client.send(new CreateBackupVaultCommand(input)).catch((error: unknown) => error);
  ok(BackupVaultAccessDeniedError.isInstance(refused));
  equal(refused.name, "AccessDeniedException");
  equal(refused.blockingLayer, "identity-policy");
  deepEqual(refused.blockers[0]?.statement, { sid: "NoCapsules", index: 0 });
  ok(refused.diagnosis.fixes[0]?.verified);

  const byFunction = await createBackupVault(new Backup(emulator.clientConfig(), options), input).catch(
    (error: unknown) => error,
  );
  ok(BackupVaultAccessDeniedError.isInstance(byFunction));

  const diagnosis: Diagnosis = await checkBackupVaultAccess(
    { backupVaultName: "prod-vault", region: "us-west-2", encryptionKeyArn: notSet, principalArn: notSet },
    { client: undefined, abortSignal: undefined, credentials: emulator.clientConfig().credentials, ...options },
  );
  equal(diagnosis.outcome, "blocked");
  // Without chai, its types included: the plain assertions.
  await assertBackupVaultBlocked(diagnosis, "identity-policy", {
    sid: "NoCapsules",
    policy: notSet,
    allowInconclusive: undefined,
  });
  await assertBackupVaultRejected(client.send(new CreateBackupVaultCommand(input)), { layer: "identity-policy" });
  for (const format of reportFormats) {
    ok(report(diagnosis, format, { width: undefined, file: notSet }).includes("NoCapsules"));
  }
  equal(typeof diagnose, "function");
  ok(getDenialDiagnosisPlugin().applyToStack);

  const evaluation = evaluatePolicies(
    [{ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "backup:*", Resource: "*" } }],
    {
      action: "backup:CreateBackupVault",
      resource: "arn:aws:backup:us-west-2:444455556666:backup-vault:prod-vault",
      principal: notSet,
      context: undefined,
    },
  );
  equal(evaluation.verdict, "allowed");
} finally {
  await emulator.stop();
}
console.log("import: every entrance works");
