import type { Call, ServiceName } from "../../lib/emulator/Call.js";
import { operations } from "../../lib/emulator/operations.js";
import { signIn } from "../../lib/emulator/signIn.js";
import { newTokenIssuer } from "../../lib/emulator/tokenIssuer.js";
import { requiredActions } from "../../lib/facts/actions.js";
import { accountId, allow, keyArn, managementId, memberWorld, vaultArn } from "./worlds.js";

const document = JSON.stringify(allow("backup:*"));
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: accountId }, Action: "sts:AssumeRole" }],
});
const deployer = `arn:aws:iam::${accountId}:role/team/Deployer`;

/** One input that every operation finds what it needs in. */
const everything = {
  RoleName: "Deployer",
  VpcEndpointId: "vpce-1",
  UserName: "alice",
  GroupName: "Admins",
  PolicyName: "Some",
  PolicyArn: `arn:aws:iam::${accountId}:policy/Boundary`,
  PolicyDocument: document,
  AssumeRolePolicyDocument: trust,
  PermissionsBoundary: `arn:aws:iam::${accountId}:policy/Boundary`,
  AccessKeyId: "AKIAIOSFODNN7EXAMPLE",
  AWSServiceName: "backup.amazonaws.com",
  DeletionTaskId: "task/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup/1",
  VersionId: "v1",
  PolicySourceArn: deployer,
  ActionNames: ["backup:CreateBackupVault"],
  PolicyInputList: [document],
  RoleArn: deployer,
  RoleSessionName: "session",
  Name: "name",
  BackupVaultName: "prod-vault",
  EncryptionKeyArn: keyArn,
  ResourceArn: vaultArn,
  KeyId: keyArn,
  TargetKeyId: keyArn,
  AliasName: "alias/some",
  GranteePrincipal: deployer,
  RetiringPrincipal: deployer,
  Operations: ["Decrypt"],
  GrantId: "g1",
  Plaintext: "AAAA",
  Policy: document,
  PolicyId: "p-guard0001",
  TargetId: accountId,
  RootId: "r-ab12",
  ParentId: "r-ab12",
  ChildId: accountId,
  OrganizationalUnitId: "ou-ab12-11111111",
  ResourceId: accountId,
  AccountId: accountId,
  AccountName: "name",
  Email: "a@example.com",
  PolicyType: "SERVICE_CONTROL_POLICY",
  Filter: "SERVICE_CONTROL_POLICY",
  ChildType: "ACCOUNT",
  ServicePrincipal: "backup.amazonaws.com",
  CreateAccountRequestId: "car-1",
  SourceParentId: "r-ab12",
  DestinationParentId: "r-ab12",
  Url: "https://idp.example.com",
  OpenIDConnectProviderArn: `arn:aws:iam::${accountId}:oidc-provider/idp.example.com`,
  ClientID: "client",
  RecoveryPointArn: `arn:aws:backup:us-west-2:${accountId}:recovery-point:1`,
};

/** A call of an operation by somebody who may do everything, with all that it takes. */
export function wholeCall(service: ServiceName, operation: string): Call {
  const world = memberWorld({ identity: allow("*"), boundary: allow("*"), serviceControl: allow("*") });
  const [account] = world.accounts;
  const { keys = [], users = [], vaults = [] } = account ?? {};
  for (const vault of vaults)
    vault.recoveryPoints = operation === "DeleteBackupVault" ? [] : [everything.RecoveryPointArn];
  for (const user of users) user.inlinePolicies = [{ name: "All", document: allow("*") }];
  for (const key of keys) {
    if (operation !== "CreateAlias") key.aliases.push(everything.AliasName);
    key.grants.push({
      grantId: "g1",
      granteePrincipal: deployer,
      retiringPrincipal: deployer,
      operations: ["Decrypt"],
    });
  }
  const caller =
    service === "organizations" ? `arn:aws:iam::${managementId}:role/Admin` : `arn:aws:iam::${accountId}:user/alice`;
  const isKms = service === "kms";
  const issuer = newTokenIssuer();
  if (account !== undefined && !operation.startsWith("Create")) {
    account.oidcProviders = [{ url: everything.Url, clientIds: ["client"], thumbprints: [], tags: {} }];
  }
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: everything.Url,
    aud: "client",
    sub: "ci",
    iat: now,
    exp: now + 60,
    "https://aws.amazon.com/tags": { principal_tags: { team: ["storage"] } },
    "https://aws.amazon.com/source_identity": "alice",
  };
  for (const role of operation === "AssumeRoleWithWebIdentity" ? (account?.roles ?? []) : []) {
    const Principal = { Federated: everything.OpenIDConnectProviderArn };
    const Action = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:SetSourceIdentity"];
    role.trustPolicy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action }] };
  }
  return {
    state: {
      world,
      sessions: new Map(),
      lastUsed: new Map(),
      tokenIssuer: issuer,
      enforced: new Set(requiredActions),
      trail: [],
      deletionTasks: new Set([everything.DeletionTaskId]),
      trailDelay: 0,
    },
    session: signIn(world, operation === "RetireGrant" ? deployer : caller),
    service,
    operation,
    input: {
      ...everything,
      ...(isKms && operation !== "CreateKey" && { KeySpec: "AES_256" }),
      ...(service === "sts" && {
        Tags: [{ Key: "team", Value: "storage" }],
        SourceIdentity: "alice",
        WebIdentityToken: issuer().issue(claims),
      }),
    },
    requestId: "1",
    decisions: [],
    region: "us-west-2",
    now: new Date(),
    sourceIp: "127.0.0.1",
    userAgent: "spec",
  };
}

/** Which actions an operation asks the policies for, as it runs for somebody who may do everything. */
export function askedActions(service: ServiceName, operation: string): string[] {
  const call = wholeCall(service, operation);
  try {
    operations[service][operation]?.(call);
  } catch {
    // What was asked until then is what counts.
  }
  return [...new Set(call.decisions.map(({ action }) => action))];
}
