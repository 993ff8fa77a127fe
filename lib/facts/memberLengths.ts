/**
 * How many letters the members of requests have at most, by service; tags and the quotas of policies stand elsewhere.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html
 */
export const memberLengths: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  iam: {
    AssumeRolePolicyDocument: 131_072,
    ClientID: 255,
    ClientIDList: 255,
    Description: 1000,
    GroupName: 128,
    OpenIDConnectProviderArn: 2048,
    Path: 512,
    PathPrefix: 512,
    PermissionsBoundary: 2048,
    PermissionsBoundaryPolicyInputList: 131_072,
    PolicyArn: 2048,
    PolicyDocument: 131_072,
    PolicyInputList: 131_072,
    PolicyName: 128,
    PolicySourceArn: 2048,
    ResourceArns: 2048,
    ResourcePolicy: 131_072,
    RoleName: 64,
    Url: 255,
    UserName: 64,
  },
  sts: { ExternalId: 1224, RoleArn: 2048, RoleSessionName: 64, SerialNumber: 256, SourceIdentity: 64, TokenCode: 6 },
  kms: {
    AliasName: 256,
    Description: 8192,
    GrantId: 128,
    GrantName: 256,
    GranteePrincipal: 256,
    KeyId: 2048,
    Policy: 131_072,
    RetiringPrincipal: 256,
    TargetKeyId: 2048,
  },
  organizations: { AccountName: 50, Content: 1_000_000, Description: 512, Email: 64, Name: 128 },
};
