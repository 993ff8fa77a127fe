/*
 * What every condition key is on the caller's own call and on the calls that AWS Backup forwards: section 3 of the
 * specification, a row a key. No logic: a cell names where its state comes from, and lib/question looks there.
 *
 * Sources, unless a row names another:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */

/** What is assumed of the context. A verdict that would be another without one is told to rest on it. */
export const assumptions = {
  // aws-behaviour, caller-session-tags
  "session-tags":
    "The session's own tags were not read: no session tag is taken to override a tag of the principal (aws:PrincipalTag).",
  // aws-behaviour, forwarded-mount-capsule
  "storage-account":
    "backup-storage:MountCapsule is taken to carry the caller's account and organization as aws:ResourceAccount, aws:ResourceOrgID and aws:ResourceOrgPaths; AWS does not document it.",
  // aws-behaviour, forwarded-called-via
  "called-via":
    "The calls that AWS Backup forwards are taken to carry backup.amazonaws.com in aws:CalledVia; AWS does not document it for AWS Backup.",
  // aws-behaviour, forwarded-encryption-context-value
  "encryption-context":
    "The encryption context of the forwarded KMS calls is taken to hold aws:backup:backup-vault and no other key; AWS documents that key, not that it is the only one.",
  "request-alias":
    "The forwarded KMS calls are taken to name the key by its ARN and to carry no attestation (kms:RequestAlias and kms:RecipientAttestation absent); AWS does not document it.",
  // aws-behaviour, mcp-keys-absent
  "no-mcp":
    "The call is taken to come neither through an AWS MCP service nor through a chat application (aws:ViaAWSMCPService false; aws:CalledViaAWSMCP, aws:IsMcpServiceAction and aws:ChatbotSourceArn absent).",
  "no-grants": "The key's grants were not read and are taken as none.",
} as const;

/** One thing that is assumed. */
export type Assumption = keyof typeof assumptions;

/** Where a key's state comes from. */
export type Origin =
  | "absent"
  | "unknown"
  /** There, with a value that is not known. */
  | "present"
  | "true"
  | "false"
  /** Absent for users and root, unknown for sessions. */
  | "session"
  | "principalArn"
  | "accountId"
  | "principalType"
  | "userId"
  | "userName"
  | "principalTag"
  | "principalOrgId"
  | "principalOrgPaths"
  | "ownerAccount"
  | "ownerOrgId"
  | "ownerOrgPaths"
  | "keyAccount"
  | "keyOrgId"
  | "keyOrgPaths"
  | "region"
  | "currentTime"
  | "epochTime"
  | "requestTag"
  | "tagKeys"
  | "calledVia"
  | "calledViaFirst"
  | "calledViaLast"
  /** The services of the caller's own chain, with others behind them that are not known. */
  | "calledViaBefore"
  | "calledViaFirstBefore"
  | "endpoint"
  | "sourceVpce"
  | "sourceIp"
  | "tokenIssueTime"
  | "mfaPresent"
  | "viaService"
  | "vaultContextKeys"
  /** aws:backup:backup-vault, and perhaps others. */
  | "vaultContextKeysAmongOthers"
  | "symmetricDefault"
  | "keyOrigin"
  | "keySpec"
  | "keyUsage"
  | "multiRegion"
  | "multiRegionKeyType"
  | "keyAliases"
  | "keyTag";

/** A cell; where an assumption is made, also what the key is without it. */
export type Cell = Origin | { assumed: Origin; assumption: Assumption; otherwise: Origin };

/** The forwarded KMS calls by operation; `other` is every operation that is not listed. */
export type KmsCell =
  | Cell
  | { CreateGrant?: Cell; Decrypt?: Cell; GenerateDataKey?: Cell; RetireGrant?: Cell; DescribeKey?: Cell; other: Cell };

export interface ConditionKeyRow {
  /** As AWS spells it; one that ends in "/" or ":" stands for every key that begins so. */
  key: string;
  own: Cell;
  storage: Cell;
  kms: KmsCell;
  /** Always a list, even with one value. */
  list?: true;
  /** What a VPC endpoint adds to the caller's own call; a forwarded call loses it. */
  endpoint?: true;
  /** The snapshot's own context does not hold for forwarded calls. */
  ownOnly?: true;
  /** There for temporary credentials alone. */
  temporary?: true;
  /** The policy simulator fills it in by itself (aws-behaviour, simulator-principal-arn). */
  simulatorFills?: true;
  source?: string;
}

const alike = (key: string, origin: Cell, more: Partial<ConditionKeyRow> = {}): ConditionKeyRow => ({
  key,
  own: origin,
  storage: origin,
  kms: origin,
  ...more,
});
const endpoint = (key: string, own: Origin = "endpoint", more: Partial<ConditionKeyRow> = {}): ConditionKeyRow => ({
  key,
  own,
  storage: "absent",
  kms: "absent",
  endpoint: true,
  ownOnly: true,
  ...more,
});
const kmsOnly = (key: string, kms: KmsCell, more: Partial<ConditionKeyRow> = {}): ConditionKeyRow => ({
  key,
  own: "absent",
  storage: "absent",
  kms,
  ...more,
});
const forwardedVia = (key: string, own: Origin, otherwise: Origin, more: Partial<ConditionKeyRow> = {}) => {
  const forwarded: Cell = { assumed: own, assumption: "called-via", otherwise };
  return { key, own, storage: forwarded, kms: forwarded, ownOnly: true as const, ...more };
};
const ofOwner = (key: string, own: Origin, kms: Origin, more: Partial<ConditionKeyRow> = {}): ConditionKeyRow => ({
  key,
  own,
  storage: { assumed: own, assumption: "storage-account", otherwise: "unknown" },
  kms,
  ...more,
});
const noMcp = (origin: Origin): Cell => ({ assumed: origin, assumption: "no-mcp", otherwise: "unknown" });
const noAlias: Cell = { assumed: "absent", assumption: "request-alias", otherwise: "unknown" };
const noOtherContext: Cell = { assumed: "absent", assumption: "encryption-context", otherwise: "unknown" };
const vaultContext: Cell = {
  assumed: "vaultContextKeys",
  assumption: "encryption-context",
  otherwise: "vaultContextKeysAmongOthers",
};
const withContext = (cell: Cell): KmsCell => ({
  CreateGrant: cell,
  Decrypt: cell,
  GenerateDataKey: cell,
  RetireGrant: "unknown",
  other: "absent",
});
const ofCreateGrant = (cell: Cell): KmsCell => ({ CreateGrant: cell, other: "absent" });
const list = { list: true } as const;
const fills = { simulatorFills: true } as const;
const temporary = { temporary: true } as const;

/** The table. The first row that fits a key counts; keys that begin with another one's stand before it. */
export const conditionKeys: readonly ConditionKeyRow[] = [
  alike("aws:PrincipalArn", "principalArn", fills),
  alike("aws:PrincipalAccount", "accountId", fills),
  alike("aws:PrincipalType", "principalType", fills),
  alike("aws:PrincipalIsAWSService", "false"),
  alike("aws:userid", "userId"),
  alike("aws:username", "userName", fills),
  alike("aws:PrincipalTag/", "principalTag", {
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html",
  }),
  alike("aws:PrincipalOrgID", "principalOrgId", fills),
  alike("aws:PrincipalOrgPaths", "principalOrgPaths", { ...list, ...fills }),
  ofOwner("aws:ResourceAccount", "ownerAccount", "keyAccount"),
  ofOwner("aws:ResourceOrgID", "ownerOrgId", "keyOrgId"),
  ofOwner("aws:ResourceOrgPaths", "ownerOrgPaths", "keyOrgPaths", list),
  alike("aws:RequestedRegion", "region"),
  alike("aws:CurrentTime", "currentTime"),
  alike("aws:EpochTime", "epochTime"),
  alike("aws:SecureTransport", "true"),
  { key: "aws:RequestTag/", own: "requestTag", storage: "absent", kms: "absent", ownOnly: true },
  { key: "aws:TagKeys", own: "tagKeys", storage: "absent", kms: "absent", ownOnly: true, list: true },
  { key: "aws:ViaAWSService", own: "false", storage: "true", kms: "true", ownOnly: true },
  forwardedVia("aws:CalledVia", "calledVia", "calledViaBefore", list),
  forwardedVia("aws:CalledViaFirst", "calledViaFirst", "calledViaFirstBefore"),
  forwardedVia("aws:CalledViaLast", "calledViaLast", "unknown"),
  endpoint("aws:SourceVpc"),
  endpoint("aws:SourceVpcArn"),
  endpoint("aws:SourceVpce", "sourceVpce"),
  endpoint("aws:VpcSourceIp"),
  endpoint("aws:VpceAccount"),
  endpoint("aws:VpceOrgID"),
  endpoint("aws:VpceOrgPaths", "endpoint", list),
  alike("aws:SourceAccount", "absent"),
  alike("aws:SourceArn", "absent"),
  alike("aws:SourceOrgID", "absent"),
  alike("aws:SourceOrgPaths", "absent", list),
  alike("aws:PrincipalServiceName", "absent"),
  alike("aws:PrincipalServiceNamesList", "absent", list),
  alike("aws:AssumedRoot", "absent"),
  alike("aws:SourceIdentity", "session"),
  alike("aws:FederatedProvider", "session"),
  alike("ec2:SourceInstanceArn", "session"),
  alike("ec2:RoleDelivery", "session"),
  alike("aws:Ec2InstanceSourceVpc", "session"),
  alike("aws:Ec2InstanceSourcePrivateIPv4", "session"),
  alike("lambda:SourceFunctionArn", "session"),
  alike("ssm:SourceInstanceArn", "session"),
  alike("glue:RoleAssumedBy", "session"),
  alike("glue:CredentialIssuingService", "session"),
  alike("identitystore:", "session"),
  alike("saml:", "session"),
  alike("aws:TokenIssueTime", "tokenIssueTime", temporary),
  alike("aws:MultiFactorAuthPresent", "mfaPresent", temporary),
  alike("aws:MultiFactorAuthAge", "unknown", temporary),
  alike("aws:ViaAWSMCPService", noMcp("false"), {
    source: "https://docs.aws.amazon.com/agent-toolkit/latest/userguide/security_iam_id-based-policy-examples.html",
  }),
  alike("aws:CalledViaAWSMCP", noMcp("absent")),
  alike("aws:IsMcpServiceAction", noMcp("absent")),
  alike("aws:ChatbotSourceArn", noMcp("absent")),
  { key: "aws:SourceIp", own: "sourceIp", storage: "sourceIp", kms: "sourceIp" },
  alike("aws:UserAgent", "unknown"),
  alike("aws:Referer", "unknown"),
  kmsOnly("kms:ViaService", "viaService"),
  kmsOnly("kms:CallerAccount", "accountId"),
  kmsOnly("kms:EncryptionContextKeys", withContext(vaultContext), list),
  kmsOnly("kms:EncryptionContext:aws:backup:backup-vault", withContext("present"), {
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
  }),
  kmsOnly("kms:EncryptionContext:", withContext(noOtherContext)),
  kmsOnly("kms:GrantIsForAWSResource", ofCreateGrant("true")),
  kmsOnly("kms:GrantOperations", ofCreateGrant("present"), list),
  kmsOnly("kms:GrantConstraintType", { CreateGrant: "present", RetireGrant: "unknown", other: "absent" }),
  kmsOnly("kms:GranteePrincipal", ofCreateGrant("unknown")),
  kmsOnly("kms:GranteeServicePrincipal", ofCreateGrant("unknown")),
  kmsOnly("kms:RetiringPrincipal", ofCreateGrant("unknown")),
  kmsOnly("kms:RetiringServicePrincipal", ofCreateGrant("unknown")),
  kmsOnly("kms:GrantConstraintSourceArn", ofCreateGrant("unknown")),
  kmsOnly("kms:EncryptionAlgorithm", {
    Decrypt: "symmetricDefault",
    GenerateDataKey: "symmetricDefault",
    other: "absent",
  }),
  kmsOnly("kms:RequestAlias", noAlias),
  kmsOnly("kms:RecipientAttestation:", noAlias),
  kmsOnly("kms:KeyOrigin", "keyOrigin"),
  kmsOnly("kms:KeySpec", "keySpec"),
  kmsOnly("kms:KeyUsage", "keyUsage"),
  kmsOnly("kms:MultiRegion", "multiRegion"),
  kmsOnly("kms:MultiRegionKeyType", "multiRegionKeyType"),
  kmsOnly("kms:ResourceAliases", "keyAliases", list),
  kmsOnly("aws:ResourceTag/", "keyTag"),
  kmsOnly("kms:", "absent"),
  alike("aws:", "unknown"),
];

const exact = new Map(conditionKeys.map((row) => [row.key.toLowerCase(), row]));
const beginnings = conditionKeys
  .filter(({ key }) => /[/:]$/.test(key))
  .map((row) => ({ start: row.key.toLowerCase(), row }));

/** The row of a key, in any letter case; undefined for a key of another service than AWS Backup and KMS. */
export function conditionKeyRow(key: string): ConditionKeyRow | undefined {
  const lower = key.toLowerCase();
  return exact.get(lower) ?? beginnings.find(({ start }) => lower.startsWith(start))?.row;
}

const keysWith = (flag: "list" | "endpoint" | "temporary" | "simulatorFills"): ReadonlySet<string> =>
  new Set(conditionKeys.filter((row) => row[flag] === true).map(({ key }) => key.toLowerCase()));

/**
 * Keys that are always multi-valued, in lower case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export const listKeys: ReadonlySet<string> = keysWith("list");

/**
 * Keys that a VPC endpoint adds, in lower case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-network-properties
 */
export const endpointKeys: ReadonlySet<string> = keysWith("endpoint");

/** Keys that are there for temporary credentials alone, in lower case. */
export const temporaryKeys: ReadonlySet<string> = keysWith("temporary");

/**
 * Keys whose values are times, in lower case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export const timeKeys: ReadonlySet<string> = new Set(["aws:currenttime", "aws:epochtime", "aws:tokenissuetime"]);

/**
 * Keys, in lower case, whose value another call of the same principal may have otherwise: from where, how and with which tags
 * it is made.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (properties of the network and
 *   of the request, aws:MultiFactorAuth*)
 */
export const callKeys =
  /^aws:(sourceip|multifactorauth\w+|requestedregion|useragent|securetransport|referer|requesttag\/.*|tagkeys|resourcetag\/.*)$/;

/** Keys that the policy simulator fills in by itself, in lower case. */
export const simulatorFilledKeys: ReadonlySet<string> = keysWith("simulatorFills");

/** What the simulator takes for aws:RequestedRegion where nobody gives it (aws-behaviour, simulator-region). */
export const simulatorRegion = "us-east-1";
