import { readFileSync } from "node:fs";

const key = "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const vault = "arn:aws:backup:us-west-2:444455556666:backup-vault:prod-vault";
const role = "arn:aws:iam::444455556666:role/team/Deployer";
const session = "arn:aws:sts::444455556666:assumed-role/Deployer/ci";

const allowAll = { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" };
const statement = {
  Sid: "Guard",
  Effect: "Deny",
  NotPrincipal: { AWS: [role], Service: "backup.amazonaws.com", Federated: "cognito-identity.amazonaws.com" },
  NotAction: ["s3:GetObject", "kms:Decrypt*"],
  NotResource: [key, "arn:aws:s3:::acme/*"],
  Condition: {
    StringNotLike: { "aws:PrincipalTag/team": ["platform", "$" + "{aws:username}-*"], "s3:prefix": "home/" },
    NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] },
    DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
    NumericLessThan: { "aws:MultiFactorAuthAge": 3600 },
    "ForAllValues:StringEquals": { "aws:TagKeys": ["team"], "kms:EncryptionContext:project": "x" },
  },
};
const document = (...statements: object[]) => ({ Version: "2012-10-17", Id: "acme-policy", Statement: statements });
const policy = (name: string, more: object = {}) => ({
  name,
  arn: `arn:aws:iam::444455556666:policy/team/${name}`,
  id: "p-acme1234",
  attachedTo: "role/Deployer",
  document: document(allowAll, { ...statement, NotPrincipal: undefined }),
  ...more,
});
const target = (id: string, type: string) => ({
  id,
  type,
  name: "Platform unit",
  policies: [
    policy("FullAWSAccess", {
      arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
      document: document(allowAll),
    }),
    policy("guardrail", {
      arn: "arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-x1y2",
    }),
  ],
  unreadable: "AccessDeniedException: for acme",
});
const read = (value: unknown) => ({ status: "read", value });
const organization = {
  id: "o-a1b2c3d4e5",
  managementAccountId: "111122223333",
  path: "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/",
};

/** A snapshot in which every field of the specification is filled in, many in more than one way. */
export function everyPlace(): Record<string, unknown> {
  const allowed = JSON.parse(
    readFileSync(new URL("../examples/allowed.snapshot.json", import.meta.url), "utf8"),
  ) as Record<string, object>;
  const snapshot = {
    ...allowed,
    request: { ...allowed.request, encryptionKeyArn: key, backupVaultTags: { team: "platform", cost: "42" } },
    caller: {
      arn: session,
      principalArn: role,
      issuerArn: "arn:aws:iam::444455556666:user/issuer",
      userId: "AROAEXAMPLEID:ci",
      tags: read({ team: "platform" }),
      sessionTags: read({ run: "17" }),
    },
    context: {
      "aws:SourceIp": "203.0.113.7",
      "aws:PrincipalTag/team": "platform",
      "aws:TagKeys": ["team", "cost"],
      "aws:CurrentTime": "2026-11-20T12:00:00Z",
      "aws:UserAgent": "acme-deploy/1.2",
      "ec2:SourceInstanceArn": { present: true },
    },
    policies: {
      identity: read([
        policy("deploy"),
        policy("text", { document: JSON.stringify(document(allowAll, { ...statement, NotPrincipal: undefined })) }),
        policy("encoded", { document: encodeURIComponent(JSON.stringify(document(allowAll))) }),
        policy("damaged", { document: "{ not JSON" }),
        policy("unread", { document: null, unreadable: "AccessDenied: acme may not" }),
        policy("AdministratorAccess", { arn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
        policy("odd", {
          document: {
            ...document({ ...allowAll, Comment: { by: ["somebody", 7, { at: "desk" }] } }),
            Comment: "of acme",
          },
        }),
      ]),
      permissionsBoundary: read(policy("boundary")),
      session: read([policy("session")]),
      serviceControl: read([target("r-ab12", "ROOT"), target("444455556666", "ACCOUNT")]),
      resourceControl: { status: "unreadable", reason: "AccessDeniedException: acme may not" },
      vpcEndpoint: read(policy("endpoint", { attachedTo: "vpce-0a1b2c3d", document: document(statement, allowAll) })),
    },
    key: read({
      arn: key,
      accountId: "444455556666",
      manager: "CUSTOMER",
      state: "Enabled",
      policy: read(policy("default", { document: document({ ...allowAll, Principal: { AWS: "*" } }, statement) })),
      grants: read([
        {
          grantId: "0c237476b39f8bc44e45212e08498fbe3151305030726c0590dd8d3e9f3d6a60",
          granteePrincipal: role,
          retiringPrincipal: "backup.us-west-2.amazonaws.com",
          issuingAccount: "arn:aws:iam::444455556666:root",
          operations: ["Decrypt", "DescribeKey"],
          constraints: {
            encryptionContextSubset: { "aws:backup:backup-vault": vault, project: "falcon" },
            encryptionContextEquals: { project: "falcon" },
          },
        },
      ]),
      keySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
      origin: "AWS_KMS",
      multiRegion: false,
      multiRegionKeyType: "PRIMARY",
      aliases: read(["alias/vaults", "alias/aws/backup"]),
      tags: read({ team: "platform" }),
      organization: read(organization),
    }),
    organization: read(organization),
    simulation: read([
      {
        input: {
          PolicySourceArn: role,
          ActionNames: ["backup:CreateBackupVault"],
          ResourceArns: [vault],
          PolicyInputList: [JSON.stringify(document(allowAll)), "not JSON"],
          PermissionsBoundaryPolicyInputList: [JSON.stringify(document(allowAll))],
          ResourcePolicy: JSON.stringify(document(statement)),
          ResourceOwner: "arn:aws:iam::444455556666:root",
          CallerArn: role,
          ContextEntries: [
            { ContextKeyName: "aws:PrincipalTag/team", ContextKeyValues: ["platform"], ContextKeyType: "string" },
          ],
          ResourceHandlingOption: "EC2-VPC-InstanceStore",
          PolicyExclusionList: [
            { PolicyType: "user-managed", PolicyArn: "arn:aws:iam::444455556666:policy/x", PolicyName: "x" },
          ],
        },
        results: [
          {
            EvalActionName: "backup:CreateBackupVault",
            EvalResourceName: vault,
            EvalDecision: "allowed",
            MatchedStatements: [
              {
                SourcePolicyId: "role_Deployer_deploy",
                SourcePolicyType: "IAM Policy",
                StartPosition: { Line: 3, Column: 17 },
                EndPosition: { Line: 9, Column: 2 },
              },
            ],
            MissingContextValues: ["aws:PrincipalTag/cost"],
            OrganizationsDecisionDetail: { AllowedByOrganizations: true },
            PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
            EvalDecisionDetails: { "IAM Policy": "allowed" },
            ResourceSpecificResults: [
              { EvalResourceName: vault, EvalResourceDecision: "allowed", MissingContextValues: ["s3:prefix"] },
            ],
          },
        ],
      },
    ]),
    dryRun: read([{ action: "kms:CreateGrant", allowed: true, keyState: "refused" }]),
    cloudTrail: read([
      {
        eventId: "5d3e8f1a-1111-4222-8333-944455556666",
        eventTime: "2026-11-20T12:00:01Z",
        eventSource: "kms.amazonaws.com",
        eventName: "CreateGrant",
        errorCode: "AccessDenied",
        errorMessage: `User: ${session} is not authorized to perform: kms:CreateGrant on resource: ${key} because no identity-based policy allows the kms:CreateGrant action`,
        userArn: session,
        invokedBy: "backup.amazonaws.com",
        keyArn: key,
        backupVaultName: "prod-vault",
        encryptionContext: { "aws:backup:backup-vault": vault, project: "falcon" },
      },
      {
        eventId: "6e",
        eventTime: "yesterday",
        eventSource: "acme.example.com",
        eventName: "AcmeSecret",
        note: "of acme",
      },
    ]),
    denial: {
      name: "AccessDeniedException",
      message: `User: ${session} is not authorized to perform: backup:CreateBackupVault on resource: ${vault} with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-x1y2`,
      requestId: "4c237476-b39f-8bc4-4e45-212e08498fbe",
    },
  };
  // A fresh copy without what is undefined.
  return JSON.parse(JSON.stringify(snapshot)) as Record<string, unknown>;
}
