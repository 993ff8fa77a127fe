import type { ResourceChange } from "./terraformPlanSchema.js";

/** Resources that are KMS keys, each with what it calls its policy. */
export const policyFields: Readonly<Record<string, string>> = {
  aws_kms_key: "policy",
  aws_kms_external_key: "policy",
  aws_kms_replica_key: "policy",
  aws_kms_replica_external_key: "policy",
  awscc_kms_key: "key_policy",
  awscc_kms_replica_key: "key_policy",
};

/** One that the plan manages: a data source of the same type is some key that is there, and not what the plan makes. */
export function isKey({ mode, type }: ResourceChange): boolean {
  return mode === "managed" && Object.hasOwn(policyFields, type);
}
