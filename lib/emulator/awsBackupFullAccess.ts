import type { PolicyDocument } from "../policy/PolicyDocument.js";

/** The AWS managed policy AWSBackupFullAccess, version 30 of February 2026. */
export const awsBackupFullAccess: PolicyDocument = {
  Statement: [
    {
      Action: ["backup:*"],
      Effect: "Allow",
      Resource: "*",
      Sid: "AwsBackupAllAccessPermissions",
    },
    {
      Action: ["backup-storage:*"],
      Effect: "Allow",
      Resource: "*",
      Sid: "AwsBackupStorageAllAccessPermissions",
    },
    {
      Action: [
        "rds:DescribeDBSnapshots",
        "rds:ListTagsForResource",
        "rds:DescribeDBInstances",
        "rds:describeDBEngineVersions",
        "rds:describeOptionGroups",
        "rds:describeOrderableDBInstanceOptions",
        "rds:describeDBSubnetGroups",
        "rds:describeDBClusterSnapshots",
        "rds:describeDBClusters",
        "rds:describeDBParameterGroups",
        "rds:DescribeDBClusterParameterGroups",
        "rds:DescribeDBInstanceAutomatedBackups",
        "rds:DescribeDBClusterAutomatedBackups",
      ],
      Effect: "Allow",
      Resource: "*",
      Sid: "RdsPermissions",
    },
    {
      Action: ["rds:DeleteDBSnapshot", "rds:DeleteDBClusterSnapshot"],
      Condition: {
        "ForAnyValue:StringEquals": {
          "aws:CalledVia": ["backup.amazonaws.com"],
        },
      },
      Effect: "Allow",
      Resource: "*",
      Sid: "RdsDeletePermissions",
    },
    {
      Action: ["dynamodb:ListBackups", "dynamodb:ListTables"],
      Effect: "Allow",
      Resource: "*",
      Sid: "DynamoDbPermissions",
    },
    {
      Action: ["dynamodb:DeleteBackup"],
      Condition: {
        "ForAnyValue:StringEquals": {
          "aws:CalledVia": ["backup.amazonaws.com"],
        },
      },
      Effect: "Allow",
      Resource: "*",
      Sid: "DynamoDbDeleteBackupPermissions",
    },
    {
      Action: ["elasticfilesystem:DescribeFilesystems"],
      Effect: "Allow",
      Resource: "arn:aws:elasticfilesystem:*:*:file-system/*",
      Sid: "EfsFileSystemPermissions",
    },
    {
      Action: [
        "ec2:DescribeSnapshots",
        "ec2:DescribeVolumes",
        "ec2:describeAvailabilityZones",
        "ec2:DescribeVpcs",
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeImages",
        "ec2:DescribeSubnets",
        "ec2:DescribePlacementGroups",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeVpcEndpoints",
        "ec2:DescribeAddresses",
      ],
      Effect: "Allow",
      Resource: "*",
      Sid: "Ec2Permissions",
    },
    {
      Action: ["ec2:DeleteSnapshot", "ec2:DeregisterImage"],
      Condition: {
        "ForAnyValue:StringEquals": {
          "aws:CalledVia": ["backup.amazonaws.com"],
        },
      },
      Effect: "Allow",
      Resource: "*",
      Sid: "Ec2DeletePermissions",
    },
    {
      Action: ["tag:GetTagKeys", "tag:GetTagValues", "tag:GetResources"],
      Effect: "Allow",
      Resource: "*",
      Sid: "ResourceGroupTaggingPermissions",
    },
    {
      Action: ["storagegateway:DescribeCachediSCSIVolumes", "storagegateway:DescribeStorediSCSIVolumes"],
      Effect: "Allow",
      Resource: "arn:aws:storagegateway:*:*:gateway/*/volume/*",
      Sid: "StorageGatewayVolumePermissions",
    },
    {
      Action: ["storagegateway:ListGateways"],
      Effect: "Allow",
      Resource: "arn:aws:storagegateway:*:*:*",
      Sid: "StorageGatewayPermissions",
    },
    {
      Action: ["storagegateway:DescribeGatewayInformation", "storagegateway:ListLocalDisks"],
      Effect: "Allow",
      Resource: "arn:aws:storagegateway:*:*:gateway/*",
      Sid: "StorageGatewayGatewayPermissions",
    },
    {
      Action: ["storagegateway:ListVolumes"],
      Effect: "Allow",
      Resource: "*",
      Sid: "StorageGatewayGatewayStarPermissions",
    },
    {
      Action: ["iam:ListRoles", "iam:GetRole"],
      Effect: "Allow",
      Resource: "*",
      Sid: "IamRolePermissions",
    },
    {
      Action: ["iam:PassRole"],
      Condition: {
        StringEquals: {
          "iam:PassedToService": ["backup.amazonaws.com", "restore-testing.backup.amazonaws.com"],
        },
      },
      Effect: "Allow",
      Resource: ["arn:aws:iam::*:role/*AwsBackup*", "arn:aws:iam::*:role/*AWSBackup*"],
      Sid: "IamPassRolePermissions",
    },
    {
      Action: ["organizations:DescribeOrganization"],
      Effect: "Allow",
      Resource: "*",
      Sid: "AwsOrganizationsPermissions",
    },
    {
      Action: ["kms:ListKeys", "kms:DescribeKey", "kms:GenerateDataKey", "kms:ListAliases"],
      Effect: "Allow",
      Resource: "*",
      Sid: "KmsPermissions",
    },
    {
      Action: ["kms:CreateGrant"],
      Condition: {
        Bool: {
          "kms:GrantIsForAWSResource": true,
        },
        "ForAnyValue:StringEquals": {
          "kms:EncryptionContextKeys": "aws:backup:backup-vault",
        },
        StringLike: {
          "kms:ViaService": "backup.*.amazonaws.com",
        },
      },
      Effect: "Allow",
      Resource: "*",
      Sid: "KmsCreateGrantPermissions",
    },
    {
      Action: ["ssm:CancelCommand", "ssm:GetCommandInvocation"],
      Effect: "Allow",
      Resource: "*",
      Sid: "SystemManagerCommandPermissions",
    },
    {
      Action: ["ssm:SendCommand"],
      Effect: "Allow",
      Resource: ["arn:aws:ssm:*:*:document/AWSEC2-CreateVssSnapshot", "arn:aws:ec2:*:*:instance/*"],
      Sid: "SystemManagerSendCommandPermissions",
    },
    {
      Action: [
        "fsx:DescribeFileSystems",
        "fsx:DescribeBackups",
        "fsx:DescribeVolumes",
        "fsx:DescribeStorageVirtualMachines",
      ],
      Effect: "Allow",
      Resource: "*",
      Sid: "FsxPermissions",
    },
    {
      Action: ["fsx:DeleteBackup"],
      Condition: {
        "ForAnyValue:StringEquals": {
          "aws:CalledVia": ["backup.amazonaws.com"],
        },
      },
      Effect: "Allow",
      Resource: "arn:aws:fsx:*:*:backup/*",
      Sid: "FsxDeletePermissions",
    },
    {
      Action: ["ds:DescribeDirectories"],
      Effect: "Allow",
      Resource: "*",
      Sid: "DirectoryServicePermissions",
    },
    {
      Action: ["iam:CreateServiceLinkedRole"],
      Condition: {
        StringEquals: {
          "iam:AWSServiceName": ["backup.amazonaws.com", "restore-testing.backup.amazonaws.com"],
        },
      },
      Effect: "Allow",
      Resource: "*",
      Sid: "IamCreateServiceLinkedRolePermissions",
    },
    {
      Action: [
        "backup-gateway:AssociateGatewayToServer",
        "backup-gateway:CreateGateway",
        "backup-gateway:DeleteGateway",
        "backup-gateway:DeleteHypervisor",
        "backup-gateway:DisassociateGatewayFromServer",
        "backup-gateway:ImportHypervisorConfiguration",
        "backup-gateway:ListGateways",
        "backup-gateway:ListHypervisors",
        "backup-gateway:ListTagsForResource",
        "backup-gateway:ListVirtualMachines",
        "backup-gateway:PutMaintenanceStartTime",
        "backup-gateway:TagResource",
        "backup-gateway:TestHypervisorConfiguration",
        "backup-gateway:UntagResource",
        "backup-gateway:UpdateGatewayInformation",
        "backup-gateway:UpdateHypervisor",
      ],
      Effect: "Allow",
      Resource: "*",
      Sid: "BackupGatewayPermissions",
    },
    {
      Action: [
        "backup-gateway:GetHypervisor",
        "backup-gateway:GetHypervisorPropertyMappings",
        "backup-gateway:PutHypervisorPropertyMappings",
        "backup-gateway:StartVirtualMachinesMetadataSync",
      ],
      Effect: "Allow",
      Resource: "arn:aws:backup-gateway:*:*:hypervisor/*",
      Sid: "BackupGatewayHypervisorPermissions",
    },
    {
      Action: ["backup-gateway:GetVirtualMachine"],
      Effect: "Allow",
      Resource: "arn:aws:backup-gateway:*:*:vm/*",
      Sid: "BackupGatewayVirtualMachinePermissions",
    },
    {
      Action: [
        "backup-gateway:GetBandwidthRateLimitSchedule",
        "backup-gateway:GetGateway",
        "backup-gateway:PutBandwidthRateLimitSchedule",
      ],
      Effect: "Allow",
      Resource: "arn:aws:backup-gateway:*:*:gateway/*",
      Sid: "BackupGatewayGatewayPermissions",
    },
    {
      Action: ["cloudwatch:GetMetricData"],
      Effect: "Allow",
      Resource: "*",
      Sid: "CloudWatchPermissions",
    },
    {
      Action: ["timestream:ListTables", "timestream:ListDatabases"],
      Effect: "Allow",
      Resource: ["arn:aws:timestream:*:*:database/*"],
      Sid: "TimestreamDatabasePermissions",
    },
    {
      Action: ["timestream:DescribeEndpoints"],
      Effect: "Allow",
      Resource: "*",
      Sid: "TimestreamPermissions",
    },
    {
      Action: ["s3:ListAllMyBuckets"],
      Effect: "Allow",
      Resource: "arn:aws:s3:::*",
      Sid: "S3BucketPermissions",
    },
    {
      Action: [
        "redshift:DescribeClusters",
        "redshift:DescribeClusterSubnetGroups",
        "redshift:DescribeClusterSnapshots",
        "redshift:DescribeSnapshotSchedules",
      ],
      Effect: "Allow",
      Resource: [
        "arn:aws:redshift:*:*:cluster:*",
        "arn:aws:redshift:*:*:subnetgroup:*",
        "arn:aws:redshift:*:*:snapshot:*/*",
        "arn:aws:redshift:*:*:snapshotschedule:*",
      ],
      Sid: "RedshiftResourcesPermissions",
    },
    {
      Action: [
        "redshift:DescribeNodeConfigurationOptions",
        "redshift:DescribeOrderableClusterOptions",
        "redshift:DescribeClusterParameterGroups",
        "redshift:DescribeClusterTracks",
      ],
      Effect: "Allow",
      Resource: "*",
      Sid: "RedshiftPermissions",
    },
    {
      Action: [
        "redshift-serverless:ListNamespaces",
        "redshift-serverless:ListSnapshots",
        "redshift-serverless:ListWorkgroups",
      ],
      Effect: "Allow",
      Resource: ["*"],
      Sid: "RedshiftServerlessListPermissions",
    },
    {
      Action: [
        "redshift-serverless:GetNamespace",
        "redshift-serverless:GetSnapshot",
        "redshift-serverless:GetWorkgroup",
      ],
      Effect: "Allow",
      Resource: [
        "arn:aws:redshift-serverless:*:*:namespace/*",
        "arn:aws:redshift-serverless:*:*:workgroup/*",
        "arn:aws:redshift-serverless:*:*:snapshot/*",
      ],
      Sid: "RedshiftServerlessGetPermissions",
    },
    {
      Action: ["redshift-serverless:DeleteSnapshot"],
      Condition: {
        "ForAnyValue:StringEquals": {
          "aws:CalledVia": ["backup.amazonaws.com"],
        },
        Null: {
          "aws:ResourceTag/aws:backup:source-resource": "false",
        },
      },
      Effect: "Allow",
      Resource: ["arn:aws:redshift-serverless:*:*:snapshot/*"],
      Sid: "RedshiftServerlessDeletetPermissions",
    },
    {
      Action: ["cloudformation:ListStacks"],
      Effect: "Allow",
      Resource: ["arn:aws:cloudformation:*:*:stack/*"],
      Sid: "CloudFormationStackPermissions",
    },
    {
      Action: ["ssm-sap:GetOperation", "ssm-sap:ListDatabases", "ssm-sap:GetDatabase", "ssm-sap:ListTagsForResource"],
      Effect: "Allow",
      Resource: "*",
      Sid: "SystemsManagerForSapPermissions",
    },
    {
      Action: ["ram:GetResourceShareAssociations"],
      Effect: "Allow",
      Resource: "*",
      Sid: "ResourceAccessManagerPermissions",
    },
    {
      Action: ["dsql:GetCluster", "dsql:ListClusters", "dsql:ListTagsForResource"],
      Effect: "Allow",
      Resource: "*",
      Sid: "DSQLDescribePermissions",
    },
    {
      Action: ["eks:ListClusters", "eks:ListTagsForResource", "eks:DescribeCluster"],
      Effect: "Allow",
      Resource: "arn:aws:eks:*:*:cluster/*",
      Sid: "EKSClusterPermissions",
    },
    {
      Action: ["iam:PassRole"],
      Condition: {
        StringEquals: {
          "iam:PassedToService": "malware-protection.guardduty.amazonaws.com",
        },
      },
      Effect: "Allow",
      Resource: ["arn:aws:iam::*:role/*AwsBackupGuardDuty*", "arn:aws:iam::*:role/*AWSBackupGuardDuty*"],
      Sid: "IamPassRolePermissionsForGuardDuty",
    },
  ],
  Version: "2012-10-17",
};
