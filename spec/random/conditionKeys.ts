import { accounts, organizationPath, type Scene } from "./drawScene.js";

export type Family = "string" | "arn" | "bool" | "numeric" | "date" | "ip" | "binary";

/** A context key that policies test, with a small pool of values, so that tests often hold. */
export interface ConditionKey {
  name: string;
  family: Family;
  values: [string, ...string[]];
  multi?: boolean;
}

const key = (name: string, family: Family, ...values: [string, ...string[]]): ConditionKey => ({
  name,
  family,
  values,
});
const multi = (name: string, ...values: [string, ...string[]]): ConditionKey => ({
  ...key(name, "string", ...values),
  multi: true,
});

/**
 * The keys of the specification's table that a policy about vaults may test, in the letter case of AWS's pages or not.
 */
export function conditionKeys(scene: Scene): [ConditionKey, ...ConditionKey[]] {
  const { network } = scene;
  return [
    key("aws:PrincipalArn", "arn", scene.principalArn, `arn:${scene.partition}:iam::${accounts.caller}:role/ops/*`),
    key("aws:PrincipalAccount", "string", accounts.caller, accounts.other),
    key("aws:PrincipalType", "string", "AssumedRole", "User", "Account", "FederatedUser"),
    key("aws:userid", "string", scene.userId, "AIDAEXAMPLEOTHER"),
    key("aws:username", "string", "ana", "carla"),
    key("aws:PrincipalTag/team", "string", "team-a", "Team-A", "team-b"),
    key("aws:principaltag/LEVEL", "numeric", "3", "3.0", "7", "many"),
    key("aws:PrincipalTag/stamp", "binary", "QmluYXJ5", "T3RoZXI="),
    key("aws:PrincipalOrgID", "string", "o-a1b2c3d4e5", "o-zzzzzzzzzz"),
    multi("aws:PrincipalOrgPaths", organizationPath, "o-a1b2c3d4e5/*"),
    key("aws:ResourceAccount", "string", accounts.caller, accounts.other),
    key("aws:ResourceOrgID", "string", "o-a1b2c3d4e5", "o-zzzzzzzzzz"),
    multi("aws:ResourceOrgPaths", organizationPath, "o-zzzzzzzzzz/*"),
    key("aws:RequestedRegion", "string", scene.region, "us-east-1"),
    key("aws:CurrentTime", "date", "2026-11-20T12:00:00Z", "2026-06-01", "2027-01-01T00:00:00+02:00"),
    key("aws:EpochTime", "numeric", "1795176000", "1700000000", "1900000000"),
    key("aws:SecureTransport", "bool", "true", "false"),
    key("aws:RequestTag/cost", "string", "42", "43"),
    multi("aws:TagKeys", "cost", "owner"),
    key("aws:ViaAWSService", "bool", "true", "false", "TRUE"),
    multi("aws:CalledVia", "backup.amazonaws.com", "cloudformation.amazonaws.com"),
    key("aws:CalledViaFirst", "string", "backup.amazonaws.com", "cloudformation.amazonaws.com"),
    key("aws:CalledViaLast", "string", "backup.amazonaws.com", "cloudformation.amazonaws.com"),
    key("aws:PrincipalIsAWSService", "bool", "false", "true"),
    key("aws:SourceAccount", "string", accounts.caller),
    key("aws:SourceIdentity", "string", "ana", "carla"),
    key("aws:TokenIssueTime", "date", "2026-11-20T11:00:00Z", "2026-11-19T23:00:00Z"),
    key("aws:MultiFactorAuthPresent", "bool", "true", "false"),
    key("aws:MultiFactorAuthAge", "numeric", "100", "3600", "7200"),
    key("aws:UserAgent", "string", "aws-cli/2.30", "terraform"),
    key("aws:ViaAWSMCPService", "bool", "true", "false"),
    key("aws:CalledViaAWSMCP", "string", "aws-mcp.amazonaws.com"),
    key("aws:ChatbotSourceArn", "arn", "arn:aws:chatbot::111122223333:chat-configuration/slack-channel/ops"),
    key("saml:sub", "string", "ana", "carla"),
    key("s3:prefix", "string", "home/"),
    ...(network === "endpoint"
      ? [
          key("aws:SourceVpce", "string", "vpce-0aaa", "vpce-0bbb"),
          key("aws:SourceVpc", "string", "vpc-0aaa", "vpc-0bbb"),
        ]
      : [
          key("aws:SourceVpc", "string", "vpc-0aaa", "vpc-0bbb"),
          key("aws:SourceIp", "ip", "203.0.113.7", "203.0.113.0/24", "2001:db8::/32", "10.0.0.0/8"),
        ]),
    key("kms:ViaService", "string", `backup.${scene.region}.amazonaws.com`, "s3.eu-west-1.amazonaws.com"),
    key("kms:CallerAccount", "string", accounts.caller, accounts.other),
    multi("kms:EncryptionContextKeys", "aws:backup:backup-vault", "department"),
    key("kms:EncryptionContext:aws:backup:backup-vault", "string", "vault-prod", "team-a-vault"),
    key("kms:EncryptionContext:department", "string", "finance"),
    key("kms:GrantIsForAWSResource", "bool", "true", "false"),
    multi("kms:GrantOperations", "Decrypt", "GenerateDataKey", "CreateGrant"),
    key("kms:GrantConstraintType", "string", "EncryptionContextSubset", "EncryptionContextEquals"),
    key("kms:GranteePrincipal", "string", scene.principalArn, "backup.amazonaws.com"),
    key("kms:EncryptionAlgorithm", "string", "SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_256"),
    key("kms:KeySpec", "string", "SYMMETRIC_DEFAULT", "RSA_2048"),
    key("kms:KeyUsage", "string", "ENCRYPT_DECRYPT", "SIGN_VERIFY"),
    key("kms:KeyOrigin", "string", "AWS_KMS", "EXTERNAL"),
    key("kms:MultiRegion", "bool", "true", "false"),
    multi("kms:ResourceAliases", "alias/backups", "alias/aws/backup", "alias/*"),
    key("aws:ResourceTag/env", "string", "prod", "dev"),
    key("kms:RequestAlias", "string", "alias/backups"),
  ];
}
