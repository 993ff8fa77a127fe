/*
 * What AWS publishes tells nothing of a user, and a reader needs it. Lists are closed on purpose: a text that is not
 * listed counts as the user's.
 */

/** Error names that may stay before a reason; of others nothing stays. */
export const errorNames: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "AWSOrganizationsNotInUseException",
  "DependencyTimeoutException",
  "ExpiredToken",
  "ExpiredTokenException",
  "InternalFailure",
  "InternalServerError",
  "InvalidArnException",
  "InvalidClientTokenId",
  "InvalidInput",
  "InvalidInputException",
  "KMSInternalException",
  "NoSuchEntity",
  "NoSuchEntityException",
  "NotAuthorized",
  "NotFoundException",
  "PolicyNotFoundException",
  "ServiceUnavailable",
  "SignatureDoesNotMatch",
  "TargetNotFoundException",
  "Throttling",
  "ThrottlingException",
  "TimeoutError",
  "TooManyRequestsException",
  "UnauthorizedOperation",
  "Unknown",
  "UnrecognizedClientException",
  "ValidationError",
  "ValidationException",
]);

/** Values that AWS fixes, wherever they stand. */
export const publishedValues: ReadonlySet<string> = new Set([
  // Simulator results and inputs.
  "allowed",
  "explicitDeny",
  "implicitDeny",
  "IAM Policy",
  "VPC Endpoint Policy",
  "Resource Policy",
  "Permissions Boundary Policy",
  "aws-managed",
  "user-managed",
  "group",
  "inline",
  "permission-boundary",
  "rcp",
  "resource",
  "role",
  "scp",
  "user",
  "boolean",
  "booleanList",
  "date",
  "dateList",
  "ip",
  "ipList",
  "numeric",
  "numericList",
  "string",
  "stringList",
  "binary",
  "binaryList",
  "none",
  // Condition values.
  "true",
  "false",
  "Account",
  "AssumedRole",
  "FederatedUser",
  "User",
  "Anonymous",
  "aws:backup:backup-vault",
  "EncryptionContextEquals",
  "EncryptionContextSubset",
  // Keys and grants, as KMS names them.
  "AWS_CLOUDHSM",
  "AWS_KMS",
  "ENCRYPT_DECRYPT",
  "EXTERNAL",
  "EXTERNAL_KEY_STORE",
  "GENERATE_VERIFY_MAC",
  "KEY_AGREEMENT",
  "PRIMARY",
  "REPLICA",
  "SIGN_VERIFY",
  "SYMMETRIC_DEFAULT",
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "ECC_NIST_P256",
  "ECC_NIST_P384",
  "ECC_NIST_P521",
  "ECC_SECG_P256K1",
  "HMAC_224",
  "HMAC_256",
  "HMAC_384",
  "HMAC_512",
  "SM2",
  "CreateGrant",
  "Decrypt",
  "DeriveSharedSecret",
  "DescribeKey",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyPair",
  "GenerateDataKeyPairWithoutPlaintext",
  "GenerateDataKeyWithoutPlaintext",
  "GenerateMac",
  "GetPublicKey",
  "ReEncryptFrom",
  "ReEncryptTo",
  "RetireGrant",
  "Sign",
  "Verify",
  "VerifyMac",
  // Policies that AWS names.
  "AdministratorAccess",
  "AWSBackupFullAccess",
  "AWSBackupOperatorAccess",
  "default",
  "FullAWSAccess",
  "PowerUserAccess",
  "RCPFullAWSAccess",
  "ReadOnlyAccess",
  // Identity providers that everybody shares.
  "accounts.google.com",
  "graph.facebook.com",
  "token.actions.githubusercontent.com",
  "www.amazon.com",
]);

/** States of a KMS key; another one is told as "Other". */
export const keyStates: ReadonlySet<string> = new Set([
  "Creating",
  "Disabled",
  "Enabled",
  "PendingDeletion",
  "PendingImport",
  "PendingReplicaDeletion",
  "Unavailable",
  "Updating",
]);

/** Services as ARNs name them: those that stand in policies about backups most; of others the name goes, too. */
export const services: ReadonlySet<string> = new Set([
  "",
  "*",
  "apigateway",
  "autoscaling",
  "backup",
  "backup-gateway",
  "backup-search",
  "backup-storage",
  "cloudformation",
  "cloudtrail",
  "cloudwatch",
  "codebuild",
  "codepipeline",
  "cognito-idp",
  "dynamodb",
  "ec2",
  "ecr",
  "ecs",
  "eks",
  "elasticache",
  "elasticfilesystem",
  "elasticloadbalancing",
  "es",
  "events",
  "execute-api",
  "firehose",
  "fsx",
  "glacier",
  "glue",
  "guardduty",
  "iam",
  "kinesis",
  "kms",
  "lambda",
  "logs",
  "organizations",
  "ram",
  "rds",
  "redshift",
  "route53",
  "s3",
  "sagemaker",
  "secretsmanager",
  "securityhub",
  "sns",
  "sqs",
  "ssm",
  "sso",
  "states",
  "storagegateway",
  "sts",
  "timestream",
]);

/** First segments of an ARN's resource, and of `attachedTo`. */
export const resourceTypes: ReadonlySet<string> = new Set([
  "account",
  "alias",
  "assumed-role",
  "backup-vault",
  "federated-user",
  "group",
  "instance-profile",
  "key",
  "mfa",
  "oidc-provider",
  "organization",
  "ou",
  "policy",
  "role",
  "root",
  "saml-provider",
  "user",
]);

/** Segments further on that AWS fixes. */
export const resourceSegments: ReadonlySet<string> = new Set([
  "aws-reserved",
  "aws-service-role",
  "resource_control_policy",
  "service-role",
  "service_control_policy",
]);

const area = "(?:us|eu|eusc|ap|sa|ca|me|af|il|mx|cn)";
const part = "(?:gov|iso[a-z]?|de)";
const direction = "(?:north|south)?(?:east|west)|north|south|central";
const region = `${area}(?:-${part})?-(?:${direction})-[0-9]`;
/** A Region with wildcards: what stands between them is still a Region's own. */
const regions = `(?:${area}(?:-(?:${part}|${direction}|[0-9]|[*?]))*)?[*?]*`;

const wholeRegion = new RegExp(`^${region}$`);
const somePattern = new RegExp(`^${regions}$`);
const servicePrincipal = new RegExp(`^[a-z0-9-]+(?:\\.(?:${region}|${regions}))?\\.amazonaws\\.com(?:\\.cn)?$`);
const time = /^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{0,18}(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?$/;

/** Whether a text in the place of a Region is one, or a pattern of some. */
export function isRegionPattern(text: string): boolean {
  return wholeRegion.test(text) || somePattern.test(text);
}

/** Whether the whole text is AWS's own word, or a Region, a time or a service principal. */
export function isPublished(text: string): boolean {
  return publishedValues.has(text) || wholeRegion.test(text) || time.test(text) || servicePrincipal.test(text);
}
