import * as v from "valibot";
import { accountId, callerArn, keyArn, partition, principalArn, region, vaultName } from "../facts/names.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import type { Evidence } from "./Evidence.js";

/*
 * The one source of the snapshot's shape (specification, section 2): the TypeScript types are inferred from it and
 * config/schemas/snapshot.schema.json is generated from it.
 */

type Schema<T> = v.GenericSchema<unknown, T>;

const evidence = <T>(value: Schema<T>): Schema<Evidence<T>> =>
  v.variant("status", [
    v.object({ status: v.literal("read"), value }),
    v.object({ status: v.literal("none") }),
    v.object({ status: v.literal("unreadable"), reason: v.string() }),
    v.object({ status: v.literal("notRead") }),
  ]) as unknown as Schema<Evidence<T>>;

const text = v.pipe(v.string(), v.nonEmpty("Expected text that is not empty"));
const account = v.pipe(v.string(), v.regex(accountId, "Expected an account id of 12 digits"));
const texts = v.record(v.string(), v.string());

const policyDocument = v.custom<PolicyDocument>(
  (input) => typeof input === "object" && input !== null && !Array.isArray(input),
  "Expected a policy document: a JSON object, its text, or null",
);

/** A policy with its document: an object, its text as AWS returned it (also URL-encoded), or null where unreadable. */
export const policySchema = v.object({
  name: v.string(),
  arn: v.optional(v.string()),
  id: v.optional(v.string()),
  attachedTo: v.optional(v.string()),
  document: v.union(
    [v.string(), v.null(), policyDocument],
    "Expected a policy document: a JSON object, its text, or null",
  ),
  unreadable: v.optional(v.string()),
});

export const organizationTargetSchema = v.object({
  id: text,
  type: v.picklist(["ROOT", "ORGANIZATIONAL_UNIT", "ACCOUNT"]),
  name: v.optional(v.string()),
  policies: v.array(policySchema),
  unreadable: v.optional(v.string()),
});

export const grantSchema = v.object({
  grantId: v.string(),
  granteePrincipal: v.optional(v.string()),
  retiringPrincipal: v.optional(v.string()),
  issuingAccount: v.optional(v.string()),
  operations: v.array(v.string()),
  constraints: v.optional(
    v.object({
      encryptionContextSubset: v.optional(texts),
      encryptionContextEquals: v.optional(texts),
    }),
  ),
});

export const organizationSchema = v.object({
  id: text,
  managementAccountId: account,
  path: v.nullable(v.string()),
});

export const contextValueSchema = v.union(
  [v.string(), v.array(v.string()), v.null(), v.strictObject({ present: v.literal(true) })],
  "Expected text, a list of texts, null (known to be absent) or { present: true }",
);

export const simulationCallSchema = v.object({
  input: v.custom<object>((input) => typeof input === "object" && input !== null, "Expected the call's input object"),
  results: v.array(
    v.custom<object>((input) => typeof input === "object" && input !== null, "Expected an evaluation result object"),
  ),
});

/** The key that the vault would be encrypted with. `manager` and `state` are null where they were not read. */
export const keySchema = v.object({
  arn: text,
  accountId: account,
  manager: v.nullable(v.picklist(["AWS", "CUSTOMER"])),
  state: v.nullable(v.string()),
  policy: evidence(policySchema),
  grants: evidence(v.array(grantSchema)),
  keySpec: v.optional(v.string()),
  keyUsage: v.optional(v.string()),
  origin: v.optional(v.string()),
  multiRegion: v.optional(v.boolean()),
  multiRegionKeyType: v.optional(v.string()),
  aliases: v.optional(evidence(v.array(v.string()))),
  tags: v.optional(evidence(texts)),
  organization: v.optional(evidence(organizationSchema)),
});

/** What KMS answered to a dry run by the caller itself; `keyState`: it refused for the key's state. */
const dryRunSchema = v.object({
  action: v.string(),
  allowed: v.boolean(),
  keyState: v.optional(v.literal("refused")),
});

/** What CloudTrail recorded of a call that AWS Backup forwarded, or of the call itself. */
export const trailEventSchema = v.object({
  eventId: v.string(),
  eventTime: v.string(),
  eventSource: v.string(),
  eventName: v.string(),
  errorCode: v.optional(v.string()),
  errorMessage: v.optional(v.string()),
  userArn: v.optional(v.string()),
  invokedBy: v.optional(v.string()),
  keyArn: v.optional(v.string()),
  backupVaultName: v.optional(v.string()),
  encryptionContext: v.optional(texts),
});

export const snapshotRequestSchema = v.object({
  operation: v.literal("CreateBackupVault"),
  partition: v.pipe(v.string(), v.regex(partition, "Expected a partition, as aws, aws-cn or aws-us-gov")),
  region: v.pipe(v.string(), v.regex(region, "Expected a Region, as us-west-2")),
  accountId: account,
  backupVaultName: v.pipe(
    v.string(),
    v.regex(vaultName, "Expected a vault name: 2 to 50 letters, digits, hyphens or underscores"),
  ),
  encryptionKeyArn: v.nullable(
    v.pipe(
      v.string(),
      v.regex(
        keyArn,
        "Expected a KMS key ARN, as arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab, or null",
      ),
    ),
  ),
  backupVaultTags: texts,
});

export const callerSchema = v.object({
  arn: v.pipe(
    v.string(),
    v.regex(
      callerArn,
      "Expected the ARN of a user, role session, federated user or root, as sts:GetCallerIdentity answers",
    ),
  ),
  principalArn: v.pipe(
    v.string(),
    v.regex(
      principalArn,
      "Expected the ARN of the IAM user or role behind the caller (root, federated user: the same as caller.arn)",
    ),
  ),
  issuerArn: v.optional(v.string()),
  userId: v.optional(v.string()),
  tags: evidence(texts),
  sessionTags: v.optional(evidence(texts)),
});

const policies = evidence(v.array(policySchema));
const organizationTargets = evidence(v.array(organizationTargetSchema));

export const snapshotSchema = v.object({
  snapshotVersion: v.literal(1, "Expected snapshotVersion 1"),
  capturedAt: v.pipe(
    v.string(),
    v.check(
      (value) => /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value)),
      "Expected an ISO 8601 time, as 2026-11-20T12:00:00.000Z",
    ),
  ),
  request: snapshotRequestSchema,
  caller: callerSchema,
  context: v.record(v.string(), contextValueSchema),
  policies: v.object({
    identity: policies,
    permissionsBoundary: evidence(policySchema),
    session: policies,
    serviceControl: organizationTargets,
    resourceControl: organizationTargets,
    vpcEndpoint: evidence(policySchema),
  }),
  key: evidence(keySchema),
  organization: evidence(organizationSchema),
  simulation: evidence(v.array(simulationCallSchema)),
  dryRun: v.optional(evidence(v.array(dryRunSchema))),
  cloudTrail: v.optional(evidence(v.array(trailEventSchema))),
  denial: v.nullable(v.object({ name: v.string(), message: v.string(), requestId: v.optional(v.string()) })),
});
