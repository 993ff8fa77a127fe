# What a suite around a vault makes; terraform.journey.ts applies it to the emulator.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0" }
  }
}
variable "url" {}
provider "aws" {
  region                  = "eu-west-1"
  skip_metadata_api_check = true
  endpoints {
    backup        = var.url
    iam           = var.url
    kms           = var.url
    sts           = var.url
    organizations = var.url
    cloudtrail    = var.url
  }
  default_tags { tags = { owner = "me" } }
}
data "aws_caller_identity" "me" {}
data "aws_partition" "p" {}
resource "aws_kms_key" "k" {
  description             = "vaults"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}
resource "aws_kms_alias" "a" {
  name          = "alias/vaults"
  target_key_id = aws_kms_key.k.key_id
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["backup.amazonaws.com"]
    }
  }
}
resource "aws_iam_role" "r" {
  name                 = "backup"
  path                 = "/team/"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  description          = "d"
  max_session_duration = 7200
}
resource "aws_iam_role_policy" "rp" {
  role   = aws_iam_role.r.name
  name   = "inline"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "backup:*", Resource = "*" }] })
}
resource "aws_iam_policy" "p" {
  name   = "managed"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*" }] })
}
resource "aws_iam_role_policy_attachment" "att" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.p.arn
}
resource "aws_iam_user" "u" { name = "bob" }
resource "aws_iam_access_key" "ak" { user = aws_iam_user.u.name }
resource "aws_iam_group" "g" { name = "admins" }
resource "aws_iam_group_policy_attachment" "gp" {
  group      = aws_iam_group.g.name
  policy_arn = "arn:aws:iam::aws:policy/AWSBackupFullAccess"
}
resource "aws_iam_user_group_membership" "m" {
  user   = aws_iam_user.u.name
  groups = [aws_iam_group.g.name]
}
resource "aws_iam_user_policy" "up" {
  user   = aws_iam_user.u.name
  name   = "up"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*" }] })
}
resource "aws_iam_openid_connect_provider" "o" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}
resource "aws_iam_service_linked_role" "slr" { aws_service_name = "backup.amazonaws.com" }
resource "aws_backup_vault" "v" {
  name        = "prod"
  kms_key_arn = aws_kms_key.k.arn
}
resource "aws_backup_vault_policy" "vp" {
  backup_vault_name = aws_backup_vault.v.name
  policy            = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "backup:DeleteRecoveryPoint", Resource = "*" }] })
}
resource "aws_backup_vault_lock_configuration" "vl" {
  backup_vault_name  = aws_backup_vault.v.name
  min_retention_days = 7
  max_retention_days = 30
}
resource "aws_backup_vault_notifications" "vn" {
  backup_vault_name   = aws_backup_vault.v.name
  sns_topic_arn       = "arn:aws:sns:eu-west-1:444455556666:t"
  backup_vault_events = ["BACKUP_JOB_COMPLETED"]
}
resource "aws_backup_logically_air_gapped_vault" "lag" {
  name               = "gapped"
  min_retention_days = 7
  max_retention_days = 30
}
resource "aws_kms_grant" "gr" {
  key_id            = aws_kms_key.k.key_id
  grantee_principal = aws_iam_role.r.arn
  operations        = ["Decrypt", "GenerateDataKey"]
}
resource "aws_kms_key_policy" "kp" {
  key_id = aws_kms_key.k.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::444455556666:root" }, Action = "kms:*", Resource = "*" }] })
}
resource "aws_organizations_organization" "org" {
  feature_set                   = "ALL"
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY"]
  aws_service_access_principals = ["backup.amazonaws.com"]
}
resource "aws_organizations_organizational_unit" "ou" {
  name      = "w"
  parent_id = aws_organizations_organization.org.roots[0].id
}
resource "aws_organizations_account" "acc" {
  name              = "prod"
  email             = "a@example.com"
  parent_id         = aws_organizations_organizational_unit.ou.id
  close_on_deletion = false
}
resource "aws_organizations_policy" "scp" {
  depends_on = [aws_organizations_organization.org]
  name       = "scp"
  content    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "s3:*", Resource = "*" }] })
}
resource "aws_organizations_policy_attachment" "scpa" {
  policy_id = aws_organizations_policy.scp.id
  target_id = aws_organizations_organizational_unit.ou.id
}
data "aws_kms_alias" "da" {
  name = aws_kms_alias.a.name
}
data "aws_backup_vault" "dv" {
  name = aws_backup_vault.v.name
}
data "aws_iam_role" "dr" {
  name = aws_iam_role.r.name
}
data "aws_iam_policy" "dp" {
  name = aws_iam_policy.p.name
}
data "aws_iam_policy" "daws" {
  name = "AWSBackupFullAccess"
}
