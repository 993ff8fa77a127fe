"""A world is built, a vault is refused for one layer after another, and created once all are mended: by boto3 alone.

Called with the emulator's URL and Region; the credentials are the environment's. Ends with status 1 at the first answer
that is not AWS's.
"""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

URL, REGION = sys.argv[1:3]
CONFIG = Config(retries={"total_max_attempts": 1})
OPAQUE = "Insufficient privileges to create a backup vault."


def session_of(credentials=None):
    if credentials is None:
        return boto3.Session(region_name=REGION)
    return boto3.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
        region_name=REGION,
    )


def client(session, service):
    return session.client(service, endpoint_url=URL, config=CONFIG)


def refusal(call, **given):
    try:
        call(**given)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    raise AssertionError(f"{call.__name__} was expected to be refused")


def policy(effect, *actions, **more):
    statement = {"Effect": effect, "Action": list(actions), "Resource": "*", **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def expect(told, code, text):
    assert told[0] == code and text in told[1], f"expected {code}: {text}; found {told}"


management = session_of()
organizations = client(management, "organizations")

# An organization with a member account in a unit of its own
organizations.create_organization(FeatureSet="ALL")
root = organizations.list_roots()["Roots"][0]["Id"]
organizations.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
unit = organizations.create_organizational_unit(ParentId=root, Name="Workloads")["OrganizationalUnit"]["Id"]
begun = organizations.create_account(Email="prod@example.com", AccountName="prod")["CreateAccountStatus"]["Id"]
done = organizations.describe_create_account_status(CreateAccountRequestId=begun)
account = done["CreateAccountStatus"]["AccountId"]
organizations.move_account(AccountId=account, SourceParentId=root, DestinationParentId=unit)
for kind in ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"):
    try:
        organizations.enable_policy_type(RootId=root, PolicyType=kind)
    except organizations.exceptions.PolicyTypeAlreadyEnabledException:
        pass
names = [one["Name"] for page in organizations.get_paginator("list_accounts").paginate() for one in page["Accounts"]]
assert "prod" in names, names

sts = client(management, "sts")
administrator = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
admin = session_of(sts.assume_role(RoleArn=administrator, RoleSessionName="build")["Credentials"])
iam, kms = client(admin, "iam"), client(admin, "kms")

# A role that shall create the vault, and a key
account_root = f"arn:aws:iam::{account}:root"
trust = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": account_root}, "Action": "sts:AssumeRole"}],
    }
)
nobody = trust.replace(account_root, f"arn:aws:iam::{account}:role/Nobody")
expect(
    refusal(iam.create_role, RoleName="Deployer", AssumeRolePolicyDocument=nobody),
    "MalformedPolicyDocument",
    'Invalid principal in policy: "AWS":',
)
made = iam.create_role(RoleName="Deployer", Path="/team/", AssumeRolePolicyDocument=trust, Description="deploys")["Role"]
assert made["AssumeRolePolicyDocument"]["Statement"][0]["Action"] == "sts:AssumeRole"
assert "MaxSessionDuration" not in made
deployer = made["Arn"]
key = kms.create_key(Tags=[{"TagKey": "env", "TagValue": "prod"}])["KeyMetadata"]["Arn"]


def assumed(**given):
    credentials = client(admin, "sts").assume_role(RoleArn=deployer, RoleSessionName="deploy", **given)["Credentials"]
    return client(session_of(credentials), "backup")


backup = assumed()
wanted = {"BackupVaultName": "prod", "EncryptionKeyArn": key, "BackupVaultTags": {"env": "prod"}}


def refused(text, by=backup):
    expect(refusal(by.create_backup_vault, **wanted), "AccessDeniedException", text)


# Identity policy
refused("because no identity-based policy allows the backup:CreateBackupVault action")
for document, text in (
    ("{", "Syntax errors in policy."),
    (policy("Allow", "backup"), "Actions/Conditions must be prefaced by a vendor"),
    (policy("Allow", "backup:*").replace('"*"', '"vault"'), "Resource vault must be in ARN format"),
):
    told = refusal(iam.put_role_policy, RoleName="Deployer", PolicyName="CreateVault", PolicyDocument=document)
    expect(told, "MalformedPolicyDocument", text)
put = {"RoleName": "Deployer", "PolicyName": "CreateVault"}
iam.put_role_policy(**put, PolicyDocument=policy("Allow", "backup:*", "kms:*"))
refused(OPAQUE)
iam.put_role_policy(**put, PolicyDocument=policy("Allow", "backup:*", "kms:*", "backup-storage:MountCapsule"))

# Permissions boundary
boundary = iam.create_policy(PolicyName="Boundary", PolicyDocument=policy("Allow", "kms:*"))["Policy"]["Arn"]
iam.put_role_permissions_boundary(RoleName="Deployer", PermissionsBoundary=boundary)
refused("because no permissions boundary allows")
iam.delete_role_permissions_boundary(RoleName="Deployer")
iam.get_waiter("role_exists").wait(RoleName="Deployer")


def controlled(kind, content, target, text):
    made = organizations.create_policy(Name=kind, Description="", Type=kind, Content=content)["Policy"]["PolicySummary"]
    organizations.attach_policy(PolicyId=made["Id"], TargetId=target)
    refused(text)
    organizations.detach_policy(PolicyId=made["Id"], TargetId=target)


# Service and resource control policies
denied = policy("Deny", "backup:CreateBackupVault")
controlled("SERVICE_CONTROL_POLICY", denied, unit, "with an explicit deny in a service control policy")
fence = policy("Deny", "kms:CreateGrant", Principal="*")
controlled("RESOURCE_CONTROL_POLICY", fence, account, OPAQUE)

# Key policy
kept = kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
expect(
    refusal(kms.put_key_policy, KeyId=key, PolicyName="default", Policy=kept.replace(account_root, deployer + "Not")),
    "MalformedPolicyDocumentException",
    "invalid principals",
)
kms.put_key_policy(
    KeyId=key,
    PolicyName="default",
    Policy=policy("Allow", "kms:*", Principal={"AWS": administrator}),
)
refused(OPAQUE)
kms.put_key_policy(KeyId=key, PolicyName="default", Policy=kept)

# Key state, session policy
kms.disable_key(KeyId=key)
refused(OPAQUE)
kms.enable_key(KeyId=key)
refused("because no session policy allows", assumed(Policy=policy("Allow", "kms:*")))

# Mended
vault = backup.create_backup_vault(**wanted)["BackupVaultArn"]
assert vault == f"arn:aws:backup:{REGION}:{account}:backup-vault:prod", vault
described = backup.describe_backup_vault(BackupVaultName="prod")
assert described["EncryptionKeyArn"] == key and described["NumberOfRecoveryPoints"] == 0
assert backup.list_tags(ResourceArn=vault)["Tags"] == {"env": "prod"}
expect(refusal(backup.create_backup_vault, **wanted), "AlreadyExistsException", "already exists")
used = iam.get_role(RoleName="Deployer")["Role"]
assert used["RoleLastUsed"]["Region"] == REGION and used["Description"] == "deploys"
backup.put_backup_vault_access_policy(
    BackupVaultName="prod", Policy=policy("Deny", "backup:DeleteBackupVault", Principal="*")
)
expect(
    refusal(backup.delete_backup_vault, BackupVaultName="prod"),
    "AccessDeniedException",
    "explicit deny in a resource-based policy",
)
backup.delete_backup_vault_access_policy(BackupVaultName="prod")
backup.delete_backup_vault(BackupVaultName="prod")
print("created")
