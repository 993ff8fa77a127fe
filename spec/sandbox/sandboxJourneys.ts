import { requiredActions } from "../../lib/facts/actions.js";
import type { SandboxJourney } from "./SandboxJourney.js";

/** Whether AWS enforces these at the creation of a vault is not documented; published cases show that it does not. */
const open: ReadonlySet<string> = new Set(["kms:RetireGrant", "kms:Decrypt", "kms:GenerateDataKey"]);

/** What is asked of AWS itself and of the emulator: each layer that one account can refuse by. */
export const sandboxJourneys: SandboxJourney[] = [
  { title: "everything is allowed, with a key of the account", expected: "created" },
  { title: "everything is allowed, with the AWS managed key", isDefaultKey: true, expected: "created" },
  ...requiredActions.map(
    (action): SandboxJourney => ({
      title: `the identity policy lacks ${action}`,
      without: action,
      expected: open.has(action) ? "open" : "identity-policy",
    }),
  ),
  {
    title: "the identity policy denies backup-storage:MountCapsule",
    denied: "backup-storage:MountCapsule",
    expected: "identity-policy",
  },
  {
    title: "a permissions boundary lacks backup-storage:MountCapsule",
    boundaryWithout: "backup-storage:MountCapsule",
    expected: "permissions-boundary",
  },
  {
    title: "a session policy lacks backup:CreateBackupVault",
    sessionWithout: "backup:CreateBackupVault",
    expected: "session-policy",
  },
  { title: "the key policy names nobody but the administrator", keyStatements: () => [], expected: "key-policy" },
  {
    title: "the key policy denies kms:CreateGrant to the role",
    keyStatements: (roleArn) => [
      { Sid: "NoGrants", Effect: "Deny", Principal: { AWS: roleArn }, Action: "kms:CreateGrant", Resource: "*" },
    ],
    expected: "key-policy",
  },
  { title: "the key is disabled", isKeyDisabled: true, expected: "key-state" },
];
