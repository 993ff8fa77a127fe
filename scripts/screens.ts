// npm run screens: the HTML page of a refusal by each layer, of one that cannot be told, of none, and of sixty answers,
// photographed into spec/report/screens for people to look at.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { diagnose } from "../lib/diagnose.js";
import type { Diagnosis } from "../lib/diagnosis/Diagnosis.js";
import { report } from "../lib/report/index.js";
import { buildSnapshot, type SnapshotPatch } from "../spec/verdict/cases/buildSnapshot.js";
import { photograph } from "./pictures/photograph.js";

const silent = "Allow kms:CreateGrant kms:DescribeKey kms:RetireGrant kms:Decrypt kms:GenerateDataKey";
const deny = (action: string) => ({ Sid: "NotHere", Effect: "Deny", Principal: "*", Action: action, Resource: "*" });
const guard = { Sid: "NoVaults", Effect: "Deny", Action: "backup:CreateBackupVault", Resource: "*" };

/** What differs from a vault that may be created. */
const worlds: Readonly<Record<string, SnapshotPatch>> = {
  "identity-policy": { "policies.identity": [silent] },
  "permissions-boundary": { "policies.permissionsBoundary": [silent] },
  "session-policy": { "policies.session": [silent] },
  "service-control-policy": { "policies.serviceControl.1.policies+": [{ name: "Guard", statements: [guard] }] },
  "resource-control-policy": {
    "policies.resourceControl.1.policies": [{ name: "Fence", statements: [deny("kms:CreateGrant")] }],
  },
  "key-policy": { "key.policy": [deny("kms:*")] },
  "key-state": { "key.state": "PendingDeletion" },
  "vpc-endpoint-policy": {
    "policies.vpcEndpoint": [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }],
  },
  inconclusive: { "policies.identity": "unreadable", "policies.serviceControl": "unreadable" },
  allowed: {},
};

const screens = fileURLToPath(new URL("../spec/report/screens/", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "screens-"));
mkdirSync(screens, { recursive: true });
try {
  const diagnoses = Object.entries(worlds).map(([name, patch]): [string, Diagnosis] => [name, diagnosed(patch)]);
  for (const [name, diagnosis] of diagnoses) screen(name, [diagnosis]);
  const vaults = Array.from({ length: 6 }, (_, index) => `vault-${index + 1}`);
  screen(
    "sixty",
    vaults.flatMap((vault) =>
      Object.values(worlds).map((patch) => diagnosed({ ...patch, "request.backupVaultName": vault })),
    ),
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function diagnosed(patch: SnapshotPatch): Diagnosis {
  return diagnose(buildSnapshot(["resourceControlOfAccount"], patch));
}

function screen(name: string, diagnoses: Diagnosis[]): void {
  const page = join(scratch, `${name}.html`);
  writeFileSync(page, report(diagnoses, "html"));
  photograph(page, join(screens, `${name}.png`), 1000, 1200);
  console.log(`spec/report/screens/${name}.png`);
}
