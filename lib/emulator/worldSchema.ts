import * as v from "valibot";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import { contextValueSchema } from "../snapshot/snapshotSchema.js";
import type {
  World,
  WorldAccessKey,
  WorldAccount,
  WorldDocument,
  WorldGrant,
  WorldInlinePolicy,
  WorldKey,
  WorldManagedPolicy,
  WorldOrganization,
  WorldOrganizationPolicy,
  WorldRole,
  WorldTarget,
  WorldUser,
  WorldVault,
  WorldVpcEndpoint,
} from "./World.js";
import { fullAccessPolicies } from "./worldParts.js";

/*
 * The shape of a world file: as World, but lists that are empty and what has a usual value may be left out. Fields that
 * it does not know are refused, so that a slip of the pen does not pass for an empty list.
 */

type Schema<T> = v.GenericSchema<unknown, T>;

const accountId = v.pipe(v.string(), v.regex(/^\d{12}$/, "Expected an account id of 12 digits"));
const name = v.pipe(v.string(), v.nonEmpty("Expected a name"));
const path = v.pipe(v.string(), v.regex(/^\/(?:.*\/)?$/, 'Expected a path that begins and ends with "/", as /team/'));
const texts = v.record(v.string(), v.string());
const list = <T>(item: Schema<T>) => v.optional(v.array(item), []);
const tags = v.optional(texts, {});
const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), "Expected an ISO 8601 time, as 2026-11-20T12:00:00Z"),
);
const arn = (service: string, example: string) =>
  v.pipe(v.string(), v.regex(new RegExp(`^arn:[^:]+:${service}:`), `Expected an ARN, as ${example}`));

const policyDocument: Schema<WorldDocument> = v.union(
  [
    v.string(),
    v.null(),
    v.custom<PolicyDocument>((input) => typeof input === "object" && input !== null && !Array.isArray(input)),
  ],
  "Expected a policy document: a JSON object, its text, or null",
);

const inlinePolicy: Schema<WorldInlinePolicy> = v.strictObject({ name, document: policyDocument });

const managedPolicyArn = arn("iam", "arn:aws:iam::444455556666:policy/CreateVault");

const holder = {
  name,
  path: v.optional(path),
  id: v.optional(v.string()),
  inlinePolicies: list(inlinePolicy),
  attachedPolicies: list(managedPolicyArn),
};

const principal = { ...holder, permissionsBoundary: v.optional(managedPolicyArn), tags };

const accessKey: Schema<WorldAccessKey> = v.strictObject({
  accessKeyId: v.pipe(v.string(), v.regex(/^\w{16,128}$/, "Expected an access key id, as AKIAIOSFODNN7EXAMPLE")),
  secretAccessKey: v.pipe(v.string(), v.nonEmpty("Expected a secret access key")),
  status: v.optional(v.picklist(["Active", "Inactive"]), "Active"),
});

const user: Schema<WorldUser> = v.strictObject({
  ...principal,
  groups: list(v.string()),
  accessKeys: list(accessKey),
});

const role: Schema<WorldRole> = v.strictObject({
  ...principal,
  trustPolicy: v.optional(policyDocument),
  description: v.optional(v.string()),
  maxSessionDuration: v.optional(v.number()),
});

const managedPolicy: Schema<WorldManagedPolicy> = v.strictObject({
  name,
  arn: managedPolicyArn,
  id: v.optional(v.string()),
  path: v.optional(path),
  description: v.optional(v.string()),
  tags: v.optional(texts),
  versions: v.array(v.strictObject({ id: v.string(), document: policyDocument, isDefault: v.boolean() })),
});

const grant: Schema<WorldGrant> = v.strictObject({
  grantId: v.string(),
  granteePrincipal: v.optional(v.string()),
  retiringPrincipal: v.optional(v.string()),
  issuingAccount: v.optional(v.string()),
  operations: v.array(v.string()),
  constraints: v.optional(
    v.strictObject({
      encryptionContextSubset: v.optional(texts),
      encryptionContextEquals: v.optional(texts),
    }),
  ),
  name: v.optional(v.string()),
});

const keyArn = arn("kms", "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab");

const key: Schema<WorldKey> = v.strictObject({
  arn: keyArn,
  manager: v.optional(v.picklist(["AWS", "CUSTOMER"]), "CUSTOMER"),
  state: v.optional(v.string(), "Enabled"),
  policy: v.optional(policyDocument),
  grants: list(grant),
  keySpec: v.optional(v.string()),
  keyUsage: v.optional(v.string()),
  origin: v.optional(v.string()),
  multiRegion: v.optional(v.boolean()),
  multiRegionKeyType: v.optional(v.string()),
  deletionDate: v.optional(time),
  description: v.optional(v.string()),
  aliases: list(v.pipe(v.string(), v.startsWith("alias/", "Expected an alias, as alias/prod"))),
  tags,
});

const vault: Schema<WorldVault> = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9_-]{2,50}$/, "Expected a vault name")),
  region: v.string(),
  encryptionKeyArn: keyArn,
  creatorRequestId: v.optional(v.string()),
  creationDate: v.optional(time, "2026-01-01T00:00:00.000Z"),
  tags,
});

const account: Schema<WorldAccount> = v.strictObject({
  id: accountId,
  name: v.optional(v.string()),
  users: list(user),
  groups: list(v.strictObject(holder)),
  roles: list(role),
  policies: list(managedPolicy),
  keys: list(key),
  vaults: list(vault),
});

const target: Schema<WorldTarget> = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^(r-.+|ou-.+|\d{12})$/, "Expected the id of a root, organizational unit or account")),
  type: v.picklist(["ROOT", "ORGANIZATIONAL_UNIT", "ACCOUNT"]),
  name: v.optional(v.string()),
  parentId: v.optional(v.nullable(v.string()), null),
  policies: v.optional(v.array(v.string()), [...fullAccessPolicies]),
});

const organizationPolicy: Schema<WorldOrganizationPolicy> = v.strictObject({
  id: v.pipe(v.string(), v.startsWith("p-", "Expected a policy id, as p-examplepolicy")),
  name,
  arn: v.optional(v.string()),
  type: v.picklist(["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]),
  description: v.optional(v.string()),
  document: policyDocument,
});

const organization: Schema<WorldOrganization> = v.strictObject({
  id: v.pipe(v.string(), v.startsWith("o-", "Expected an organization id, as o-exampleorgid")),
  managementAccountId: accountId,
  policyTypes: v.optional(v.strictObject({ serviceControl: v.boolean(), resourceControl: v.boolean() }), {
    serviceControl: true,
    resourceControl: true,
  }),
  targets: v.array(target),
  policies: list(organizationPolicy),
  delegatedAdministrators: list(accountId),
});

const vpcEndpoint: Schema<WorldVpcEndpoint> = v.strictObject({
  id: v.string(),
  vpcId: v.optional(v.string()),
  accountId: v.optional(accountId),
  document: policyDocument,
});

const caller = v.strictObject({
  arn: v.pipe(
    v.string(),
    v.regex(
      /^arn:[^:\s]+:(iam|sts)::\d{12}:(root|user\/.+|role\/.+|assumed-role\/[^/]+\/.+|federated-user\/.+)$/,
      "Expected the ARN of a user, role, role session, federated user or root",
    ),
  ),
  sessionName: v.optional(v.string()),
  sessionPolicies: v.optional(v.array(policyDocument)),
  sessionTags: v.optional(texts),
  issuerArn: v.optional(v.string()),
  vpcEndpoint: v.optional(v.string()),
  context: v.optional(v.record(v.string(), contextValueSchema)),
  temporary: v.optional(v.boolean()),
  expiration: v.optional(time),
});

/** A world file (`--world FILE`); config/schemas/world.schema.json is generated from it. */
export const worldSchema: Schema<World> = v.strictObject({
  $schema: v.optional(v.string()),
  partition: v.optional(v.pipe(v.string(), v.regex(/^aws[a-z-]*$/, "Expected a partition, as aws or aws-cn")), "aws"),
  region: v.optional(v.pipe(v.string(), v.nonEmpty("Expected a Region, as us-west-2")), "us-east-1"),
  caller,
  accounts: v.pipe(v.array(account), v.minLength(1, "Expected at least one account")),
  organizations: list(organization),
  vpcEndpoints: list(vpcEndpoint),
  time: v.optional(time),
  refusedReads: v.optional(
    v.array(
      v.strictObject({ operation: v.string(), input: v.optional(texts), without: v.optional(v.array(v.string())) }),
    ),
  ),
  seenDenial: v.optional(v.strictObject({ backupVaultName: v.string(), code: v.string(), message: v.string() })),
});
