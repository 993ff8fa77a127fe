/*
 * Forms of names and ids, each as AWS documents it. Whoever checks a name imports its form from here.
 */

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html (backupVaultName) */
export const vaultName = /^[a-zA-Z0-9_-]{2,50}$/;

/** Stands in a request for a name that nobody knows: AWS gives no vault, role or Region this one. */
export const notNamed = "*";

/** Stands for an account that is not known; AWS gives no account this id. */
export const noAccount = "000000000000";

/** Stands for the name of a caller that is not known. */
export const nobody = "unknown";

/** How AWS Backup refuses another name. */
export const vaultNameRefusal = "Invalid vault name. Vault name must match regex ^[a-zA-Z0-9\\-\\_]{2,50}$";

/** @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
export const accountId = /^\d{12}$/;

/** An account id somewhere in a text, as in a grant's issuing account, which is an ARN or an id. */
export const accountIdWithin = /\d{12}/;

/** aws, aws-cn, aws-us-gov, ... @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const partition = /^aws[a-z-]*$/;

/** us-west-2, us-gov-east-1, ... @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const region = /^[a-z]{2,}(-[a-z0-9]+)+$/;

/** A key's or an alias's ARN. @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id */
export const keyArn = /^arn:[^:\s]+:kms:[^:\s]*:\d{12}:(key|alias)\/\S+$/;

/** A caller, as sts:GetCallerIdentity answers it, or a role. */
export const callerArn =
  /^arn:[^:\s]+:(iam|sts)::\d{12}:(root|user\/.+|role\/.+|assumed-role\/[^/]+\/.+|federated-user\/.+)$/;

/** The IAM user or role behind a caller; for root and federated users the caller itself. */
export const principalArn = /^arn:[^:\s]+:(iam|sts)::\d{12}:(root|user\/.+|role\/.+|federated-user\/.+)$/;

/** The name of a service as a principal, as backup.amazonaws.com. */
export const servicePrincipal = /^[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+$/;

/**
 * Unique ids: AIDA... of a user, AROA... of a role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export const uniqueId = /^A(IDA|ROA)/;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html (path) */
export const serviceLinkedPath = /^\/aws-service-role\//;

/** Roles of IAM Identity Center, which only AWS changes. @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html */
export const reservedPath = /^\/aws-reserved\//;
