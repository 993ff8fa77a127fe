import type { Diagnosis, LayerVerdict } from "../../lib/diagnosis/Diagnosis.js";
import { layers } from "../../lib/facts/layers.js";

const allowed: LayerVerdict = { verdict: "allowed", sources: ["policies"], statements: [], dependsOn: [] };

/** A diagnosis by hand, with something in every section of a report. */
export function aDiagnosis(differences: Partial<Diagnosis> = {}): Diagnosis {
  return {
    diagnosisVersion: 1,
    outcome: "blocked",
    subject: {
      operation: "CreateBackupVault",
      principalArn: null,
      callerArn: null,
      accountId: null,
      region: null,
      backupVaultName: null,
      encryptionKeyArn: null,
    },
    blockingLayer: "service-control-policy",
    blockers: [
      {
        layer: "service-control-policy",
        effect: "explicitDeny",
        actions: ["backup:CreateBackupVault"],
        certainty: "confirmed",
        policy: { name: "Guardrail", arn: "arn:aws:organizations::111122223333:policy/o-1/service_control_policy/p-1" },
        statement: { sid: "NoVaults", index: 2 },
        target: "ou-ab12-11111111",
        reason: "The guardrail denies it.",
      },
      {
        layer: "identity-policy",
        effect: "implicitDeny",
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        certainty: "probable",
        policy: null,
        statement: null,
        target: null,
        reason: "Nobody allows it.",
      },
    ],
    suspects: [
      {
        layer: "session-policy",
        actions: ["kms:CreateGrant"],
        reason: "The session policy might block kms:CreateGrant.",
        dependsOn: ["policies.session"],
        statements: [],
      },
    ],
    actions: [
      {
        action: "backup:CreateBackupVault",
        resource: "arn:aws:backup:us-west-2:444455556666:backup-vault:prod-vault",
        verdict: "explicitDeny",
        layers: Object.fromEntries(layers.map((layer) => [layer, allowed])) as Diagnosis["actions"][number]["layers"],
      },
    ],
    fixes: [
      {
        blocker: 0,
        layer: "service-control-policy",
        owner: "organization",
        title: "Let NoVaults leave out the deployer",
        policy: "Guardrail",
        change: "edit-statement",
        statement: { Sid: "NoVaults", Effect: "Deny" },
        verified: true,
      },
      {
        blocker: 1,
        layer: "identity-policy",
        owner: "account",
        title: "Allow both",
        policy: null,
        change: "create-policy",
        statement: null,
        verified: false,
        note: "The boundary could not be read.",
      },
    ],
    assumptions: ["The session policy was not read and is taken to allow."],
    disagreements: [
      {
        layer: "permissions-boundary",
        action: "kms:CreateGrant",
        verdicts: { policies: "allowed", simulator: "implicitDeny" },
        note: "The policies count.",
      },
    ],
    evidence: [
      { call: "iam:GetRole", status: "answered", milliseconds: 12 },
      { call: "organizations:ListPoliciesForTarget", status: "refused", detail: "AccessDeniedException: no" },
      { call: "organizations:ListParents", status: "refused", detail: "AccessDeniedException: no" },
      { call: "kms:ListGrants", status: "skipped" },
    ],
    summary: "The guardrail denies it. Nobody allows it.",
    ...differences,
  };
}
