import * as v from "valibot";
import * as names from "../facts/names.js";
import { worldOrganizationSchema } from "./organizationSchema.js";
import {
  accountIdField,
  contextValue,
  documentSchema,
  keyArnField,
  managedPolicyArn,
  name,
  path,
  tags,
  text,
  texts,
  time,
} from "./worldForms.js";

/*
 * The one source of a world's shape: the types (World.ts), the builders (worldParts.ts) and config/schemas/world.schema.json
 * come from it. Lists that are empty and what has a usual value may be left out. A field that it does not know is refused, so
 * that a slip of the pen does not pass for an empty list. Nothing is derived that a reader could not see in the file.
 */

export const inlinePolicySchema = v.strictObject({ name, document: documentSchema });

const holder = {
  name,
  path,
  /** AIDA..., AROA... or AGPA...; left out: made from the ARN. */
  id: text,
  inlinePolicies: v.optional(v.array(inlinePolicySchema), []),
  /** ARNs of managed policies. */
  attachedPolicies: v.optional(v.array(managedPolicyArn), []),
};

const principal = {
  ...holder,
  /** ARN of a managed policy. */
  permissionsBoundary: v.optional(managedPolicyArn),
  tags,
};

export const accessKeySchema = v.strictObject({
  accessKeyId: v.pipe(v.string(), v.regex(/^\w{16,128}$/, "Expected an access key id, as AKIAIOSFODNN7EXAMPLE")),
  secretAccessKey: v.pipe(v.string(), v.nonEmpty("Expected a secret access key")),
  status: v.optional(v.picklist(["Active", "Inactive"]), "Active"),
});

export const groupSchema = v.strictObject(holder);
export const principalSchema = v.strictObject(principal);

export const userSchema = v.strictObject({
  ...principal,
  /** Names of groups of the same account. */
  groups: v.optional(v.array(v.string()), []),
  accessKeys: v.optional(v.array(accessKeySchema), []),
});

export const roleSchema = v.strictObject({
  ...principal,
  /** Left out: every principal of the account may assume the role. */
  trustPolicy: v.optional(documentSchema),
  description: text,
  /** Seconds. */
  maxSessionDuration: v.optional(v.number()),
});

/** An OpenID Connect provider, whose tokens sts:AssumeRoleWithWebIdentity takes. */
export const oidcProviderSchema = v.strictObject({
  url: v.pipe(v.string(), v.regex(/^https:\/\/[^\s?#]+$/, "Expected an issuer's URL, as https://idp.example.com")),
  /** Audiences. */
  clientIds: v.optional(v.array(v.string()), []),
  thumbprints: v.optional(v.array(v.string()), []),
  tags,
  /** Its public keys (JWK); left out: the emulator signs its tokens (`webIdentityToken`). */
  keys: v.optional(v.array(v.record(v.string(), v.unknown()))),
});

export const managedPolicySchema = v.strictObject({
  name,
  arn: managedPolicyArn,
  /** ANPA...; left out: made from the ARN. */
  id: text,
  path,
  description: text,
  tags: v.optional(texts),
  /** Version "v1", or all versions. */
  versions: v.array(v.strictObject({ id: v.string(), document: documentSchema, isDefault: v.boolean() })),
});

export const worldGrantSchema = v.strictObject({
  grantId: v.string(),
  granteePrincipal: text,
  retiringPrincipal: text,
  /** ARN of an account's root, or its id; left out: the key owner's account. */
  issuingAccount: text,
  operations: v.array(v.string()),
  constraints: v.optional(
    v.strictObject({ encryptionContextSubset: v.optional(texts), encryptionContextEquals: v.optional(texts) }),
  ),
  name: text,
});

export const worldKeySchema = v.strictObject({
  arn: keyArnField,
  manager: v.optional(v.picklist(["AWS", "CUSTOMER"]), "CUSTOMER"),
  /** A KMS KeyState. */
  state: v.optional(v.string(), "Enabled"),
  /** Left out: the one that KMS gives, which delegates to the account; of alias/aws/backup the published one. */
  policy: v.optional(documentSchema),
  /** The key has no policy, as only a snapshot can tell: it lets nobody in. */
  withoutPolicy: v.optional(v.boolean()),
  grants: v.optional(v.array(worldGrantSchema), []),
  keySpec: text,
  keyUsage: text,
  origin: text,
  multiRegion: v.optional(v.boolean()),
  multiRegionKeyType: text,
  description: text,
  /** Keys in PendingDeletion. */
  deletionDate: v.optional(time),
  /** Days between rotations; left out: the key is not rotated. */
  rotationPeriod: v.optional(v.number()),
  aliases: v.optional(v.array(v.pipe(v.string(), v.startsWith("alias/", "Expected an alias, as alias/prod"))), []),
  tags,
});

export const vaultSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(names.vaultName, "Expected a vault name")),
  region: v.string(),
  encryptionKeyArn: keyArnField,
  creatorRequestId: text,
  creationDate: v.optional(time, "2026-01-01T00:00:00.000Z"),
  tags,
  type: v.optional(v.picklist(["BACKUP_VAULT", "LOGICALLY_AIR_GAPPED_BACKUP_VAULT"])),
  /** How many, or their ARNs; a vault with any cannot be deleted. */
  recoveryPoints: v.optional(
    v.union([v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)), v.array(v.string())]),
  ),
  accessPolicy: v.optional(documentSchema),
  notifications: v.optional(v.strictObject({ topicArn: v.string(), events: v.array(v.string()) })),
  /** Days; `lockDate`: from then on nobody can lift the lock. */
  lock: v.optional(
    v.strictObject({
      minRetentionDays: v.optional(v.number()),
      maxRetentionDays: v.optional(v.number()),
      lockDate: v.optional(time),
    }),
  ),
});

export const accountSchema = v.strictObject({
  id: accountIdField,
  name: text,
  users: v.optional(v.array(userSchema), []),
  groups: v.optional(v.array(groupSchema), []),
  roles: v.optional(v.array(roleSchema), []),
  /** Customer managed policies. */
  policies: v.optional(v.array(managedPolicySchema), []),
  keys: v.optional(v.array(worldKeySchema), []),
  oidcProviders: v.optional(v.array(oidcProviderSchema)),
  vaults: v.optional(v.array(vaultSchema), []),
});

/** An endpoint for com.amazonaws.REGION.backup. */
export const vpcEndpointSchema = v.strictObject({
  id: v.string(),
  vpcId: text,
  accountId: v.optional(accountIdField),
  document: documentSchema,
});

const session = {
  /** Role sessions: default "session". */
  sessionName: text,
  sessionPolicies: v.optional(v.array(documentSchema)),
  sessionTags: v.optional(texts),
  /** Federated users: the IAM user who asked for the session. */
  issuerArn: text,
  /** Id of the VPC endpoint that requests with these credentials pass (AWS Backup's own). */
  vpcEndpoint: text,
  /** Context keys that requests with these credentials carry; they win over the emulator's own. */
  context: v.optional(v.record(v.string(), contextValue)),
  /** Users and root: temporary credentials, as GetSessionToken gives. Default: long-term ones. */
  temporary: v.optional(v.boolean()),
  /** Default: never. */
  expiration: v.optional(time),
};

/** What credentials carry beside the principal. */
export const sessionSchema = v.strictObject(session);

export const worldCallerSchema = v.strictObject({
  arn: v.pipe(
    v.string(),
    v.regex(names.callerArn, "Expected the ARN of a user, role, role session, federated user or root"),
  ),
  ...session,
});

export const refusedReadSchema = v.strictObject({
  /** As "iam:ListRolePolicies". */
  operation: v.string(),
  /** Only where the input holds these; left out: always. */
  input: v.optional(texts),
  /** Members that the answer leaves out, as "KeyMetadata.KeyState", instead of refusing the read. */
  without: v.optional(v.array(v.string())),
});

/** A world (`--world FILE`, `useEmulator`, `startEmulator`); config/schemas/world.schema.json is generated from it. */
export const worldSchema = v.strictObject({
  $schema: text,
  /** aws, aws-cn, aws-us-gov, ... */
  partition: v.optional(v.pipe(v.string(), v.regex(names.partition, "Expected a partition, as aws or aws-cn")), "aws"),
  /** The Region of `clientConfig`. */
  region: v.optional(v.pipe(v.string(), v.regex(names.region, "Expected a Region, as us-west-2")), "us-east-1"),
  /** The user, role, role session, federated user or root whose credentials are handed out where none are asked for. */
  caller: worldCallerSchema,
  accounts: v.pipe(v.array(accountSchema), v.minLength(1, "Expected at least one account")),
  organizations: v.optional(v.array(worldOrganizationSchema), []),
  vpcEndpoints: v.optional(v.array(vpcEndpointSchema), []),
  /** A stopped clock for aws:CurrentTime. Left out: the system's clock. Signatures always go by the latter. */
  time: v.optional(time),
  /** Reads that are refused to everybody, also to the auditor, so that a world can hold what nobody can look at. */
  refusedReads: v.optional(v.array(refusedReadSchema)),
  /** What the caller's creation of this vault is refused with where everything that the world knows lets it pass. */
  seenDenial: v.optional(v.strictObject({ backupVaultName: v.string(), code: v.string(), message: v.string() })),
  /** Ids and names need not have AWS's form: a world that was made from a snapshot has the snapshot's. */
  anyNames: v.optional(v.boolean()),
});
