export {
  BackupVaultAccessDeniedError,
  type BackupVaultAccessDeniedJson,
  type RefusedError,
} from "./client/BackupVaultAccessDeniedError.js";
export { checkBackupVaultAccess } from "./client/checkBackupVaultAccess.js";
export { collectSnapshot } from "./client/collectSnapshot.js";
export { type CreateBackupVaultOptions, createBackupVault } from "./client/createBackupVault.js";
export { DenialAwareBackup } from "./client/DenialAwareBackup.js";
export { DenialAwareBackupClient } from "./client/DenialAwareBackupClient.js";
export type { DiagnosisEvent } from "./client/diagnosisEvent.js";
export { explainDenial } from "./client/explainDenial.js";
export { getDenialDiagnosisPlugin } from "./client/getDenialDiagnosisPlugin.js";
export type { LiveOptions } from "./client/LiveOptions.js";
export { type SurveyOptions, surveyAccount } from "./client/surveyAccount.js";
export { type DiagnoseOptions, diagnose } from "./diagnose.js";
export type {
  ActionVerdict,
  Blocker,
  Diagnosis,
  Disagreement,
  EvidenceCall,
  Fix,
  LayerVerdict,
  Suspect,
} from "./diagnosis/Diagnosis.js";
export type { TrailOptions, TrailProgress } from "./evidence/CollectOptions.js";
export type { Layer, Source, Verdict } from "./facts/layers.js";
export { type Judge, newJudge } from "./newJudge.js";
export type { Credentials, DiagnosisOptions, EvidenceOptions } from "./options/DiagnosisOptions.js";
export { InvalidRequestError } from "./options/InvalidRequestError.js";
export type { ContextValue } from "./policy/ContextValue.js";
export type { PolicyDocument } from "./policy/PolicyDocument.js";
export type { StatementRef } from "./policy/StatementRef.js";
export type { VaultRequest } from "./question/VaultRequest.js";
export { type Redaction, redact } from "./redaction/redact.js";
export type { Evidence } from "./snapshot/Evidence.js";
export { parseSnapshot } from "./snapshot/parseSnapshot.js";
export type {
  Caller,
  Denial,
  Grant,
  Key,
  Organization,
  OrganizationTarget,
  Policy,
  SimulationCall,
  Snapshot,
  SnapshotRequest,
} from "./snapshot/Snapshot.js";
export { SnapshotFormatError } from "./snapshot/SnapshotFormatError.js";
