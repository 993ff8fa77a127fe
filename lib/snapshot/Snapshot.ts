import type { InferOutput } from "valibot";
import type {
  callerSchema,
  grantSchema,
  keySchema,
  organizationSchema,
  organizationTargetSchema,
  policySchema,
  simulationCallSchema,
  snapshotRequestSchema,
  snapshotSchema,
  trailEventSchema,
} from "./snapshotSchema.js";

/** One CreateBackupVault request and all the evidence about it (specification, section 2). JSON, without credentials. */
export type Snapshot = InferOutput<typeof snapshotSchema>;

/** The CreateBackupVault call that was, or would be, made. */
export type SnapshotRequest = InferOutput<typeof snapshotRequestSchema>;

/** Who makes the call, and the IAM user or role behind it. */
export type Caller = InferOutput<typeof callerSchema>;

/** A policy with its document and what is known of where it hangs. */
export type Policy = InferOutput<typeof policySchema>;

/** A root, organizational unit or account with the policies of one type that are attached directly to it. */
export type OrganizationTarget = InferOutput<typeof organizationTargetSchema>;

/** A KMS grant, as ListGrants answers it. */
export type Grant = InferOutput<typeof grantSchema>;

/** What was read of the key that the vault would be encrypted with. */
export type Key = InferOutput<typeof keySchema>;

/** An organization, seen from one of its accounts. */
export type Organization = InferOutput<typeof organizationSchema>;

/** A whole SimulatePrincipalPolicy input with the raw EvaluationResults of all its pages. */
export type SimulationCall = InferOutput<typeof simulationCallSchema>;

/** What CloudTrail recorded of a call that AWS Backup forwarded, or of the call itself. */
export type TrailEvent = InferOutput<typeof trailEventSchema>;

/** The refusal that was seen. */
export type Denial = NonNullable<Snapshot["denial"]>;
