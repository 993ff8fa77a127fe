import type { ContextValue } from "../policy/ContextValue.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";

/*
 * What the emulator serves, as plain JSON. Lists are looked up by name, ARN or id; nothing is derived that a reader
 * could not see in the file.
 */

/** A policy document as an object, or its text, which is served as it is, also where it is malformed; null: refused to every reader. */
export type WorldDocument = string | PolicyDocument | null;

/** Accounts, principals, keys and organizations that the emulator serves. */
export interface World {
  /** aws, aws-cn, aws-us-gov, ... */
  partition: string;
  /** The Region of `clientConfig`. */
  region: string;
  /** The user, role, role session, federated user or root whose credentials are handed out where none are asked for. */
  caller: WorldCaller;
  accounts: WorldAccount[];
  organizations: WorldOrganization[];
  vpcEndpoints: WorldVpcEndpoint[];
  /** A stopped clock for aws:CurrentTime (ISO 8601). Left out: the system's clock. Signatures always go by the latter. */
  time?: string;
  /** Reads that are refused to everybody, also to the auditor, so that a world can hold what nobody can look at. */
  refusedReads?: WorldRefusedRead[];
  /** A refusal of CreateBackupVault that was seen, for worlds that do not know which policy it came from. */
  seenDenial?: WorldSeenDenial;
}

/** What the caller's creation of this vault is refused with where everything that the world knows lets it pass. */
export interface WorldSeenDenial {
  backupVaultName: string;
  code: string;
  message: string;
}

export interface WorldRefusedRead {
  /** As "iam:ListRolePolicies". */
  operation: string;
  /** Only where the input holds these; left out: always. */
  input?: Record<string, string>;
  /** Members that the answer leaves out, as "KeyMetadata.KeyState", instead of refusing the read. */
  without?: string[];
}

export interface WorldCaller extends SessionOptions {
  arn: string;
}

/** What credentials carry beside the principal. */
export interface SessionOptions {
  /** Role sessions: default "session". */
  sessionName?: string;
  sessionPolicies?: WorldDocument[];
  sessionTags?: Record<string, string>;
  /** Federated users: the IAM user who asked for the session. */
  issuerArn?: string;
  /** Id of the VPC endpoint that requests with these credentials pass (AWS Backup's own). */
  vpcEndpoint?: string;
  /** Context keys that requests with these credentials carry; they win over the emulator's own. */
  context?: Record<string, ContextValue>;
  /** Users and root: temporary credentials, as GetSessionToken gives. Default: long-term ones. */
  temporary?: boolean;
  /** ISO 8601. Default: never. */
  expiration?: string;
}

export interface WorldAccount {
  id: string;
  name?: string;
  users: WorldUser[];
  groups: WorldGroup[];
  roles: WorldRole[];
  /** Customer managed policies. */
  policies: WorldManagedPolicy[];
  keys: WorldKey[];
  vaults: WorldVault[];
}

export interface WorldInlinePolicy {
  name: string;
  document: WorldDocument;
}

export interface WorldPolicyHolder {
  name: string;
  /** As "/" (default) or "/team/". */
  path?: string;
  /** AIDA..., AROA... or AGPA...; default: made from the ARN. */
  id?: string;
  inlinePolicies: WorldInlinePolicy[];
  /** ARNs of managed policies. */
  attachedPolicies: string[];
}

export interface WorldPrincipal extends WorldPolicyHolder {
  /** ARN of a managed policy. */
  permissionsBoundary?: string;
  tags: Record<string, string>;
}

export interface WorldUser extends WorldPrincipal {
  /** Names of groups of the same account. */
  groups: string[];
  accessKeys: WorldAccessKey[];
}

export interface WorldAccessKey {
  accessKeyId: string;
  secretAccessKey: string;
  status: "Active" | "Inactive";
}

export interface WorldRole extends WorldPrincipal {
  /** The trust policy; left out: every principal of the account may assume the role. */
  trustPolicy?: WorldDocument;
  description?: string;
  maxSessionDuration?: number;
}

export type WorldGroup = WorldPolicyHolder;

export interface WorldManagedPolicy {
  name: string;
  arn: string;
  /** ANPA...; default: made from the ARN. */
  id?: string;
  path?: string;
  description?: string;
  tags?: Record<string, string>;
  /** Version "v1", or all versions. */
  versions: { id: string; document: WorldDocument; isDefault: boolean }[];
}

export interface WorldKey {
  arn: string;
  manager: "AWS" | "CUSTOMER";
  /** A KMS KeyState. */
  state: string;
  /** Left out: a key without a policy, which lets nobody in. */
  policy?: WorldDocument;
  grants: WorldGrant[];
  keySpec?: string;
  keyUsage?: string;
  origin?: string;
  multiRegion?: boolean;
  multiRegionKeyType?: string;
  description?: string;
  /** ISO 8601; keys in PendingDeletion. */
  deletionDate?: string;
  /** As "alias/prod". */
  aliases: string[];
  tags: Record<string, string>;
}

export interface WorldGrant {
  grantId: string;
  granteePrincipal?: string;
  retiringPrincipal?: string;
  /** ARN of an account's root, or its id; left out: the key owner's account. */
  issuingAccount?: string;
  operations: string[];
  constraints?: {
    encryptionContextSubset?: Record<string, string>;
    encryptionContextEquals?: Record<string, string>;
  };
  name?: string;
}

export interface WorldVault {
  name: string;
  region: string;
  encryptionKeyArn: string;
  creatorRequestId?: string;
  /** ISO 8601. */
  creationDate: string;
  tags: Record<string, string>;
}

export interface WorldOrganization {
  id: string;
  managementAccountId: string;
  /** Whether each type of policy is in force. */
  policyTypes: { serviceControl: boolean; resourceControl: boolean };
  /** The root, the organizational units and the accounts. */
  targets: WorldTarget[];
  policies: WorldOrganizationPolicy[];
  /** Accounts that may read the organization beside the management account. */
  delegatedAdministrators: string[];
}

export interface WorldTarget {
  /** r-..., ou-..., or an account id. */
  id: string;
  type: "ROOT" | "ORGANIZATIONAL_UNIT" | "ACCOUNT";
  name?: string;
  /** Null for the root. */
  parentId: string | null;
  /** Ids of the policies that are attached directly. */
  policies: string[];
}

export interface WorldOrganizationPolicy {
  id: string;
  name: string;
  arn?: string;
  type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";
  description?: string;
  document: WorldDocument;
}

/** An endpoint for com.amazonaws.REGION.backup. */
export interface WorldVpcEndpoint {
  id: string;
  vpcId?: string;
  accountId?: string;
  document: WorldDocument;
}
