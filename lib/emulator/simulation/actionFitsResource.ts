import { arnOf } from "../arnOf.js";

/** Actions of AWS Backup that have no resource type: they match only the resource "*". */
const backupWithoutResource =
  /^(List(BackupVaults|BackupPlans|BackupJobs|CopyJobs|RestoreJobs|ProtectedResources|Frameworks|ReportPlans|LegalHolds)|Describe(GlobalSettings|RegionSettings)|Update(GlobalSettings|RegionSettings)|ExportBackupPlanTemplate|GetSupportedResourceTypes)$/i;

const vaultActions = /BackupVault|^(MountCapsule)$/i;

const kmsWithoutResource =
  /^(CreateKey|CreateCustomKeyStore|ListKeys|ListAliases|ListRetirableGrants|GenerateRandom|ConnectCustomKeyStore|DeleteCustomKeyStore|DescribeCustomKeyStores|DisconnectCustomKeyStore|UpdateCustomKeyStore)$/i;

const withoutResource = new Set(["sts:getcalleridentity", "s3:listallmybuckets"]);

/**
 * Whether an action can be performed on an ARN at all. The simulator answers implicitDeny where not, whatever the
 * policies say (aws-behaviour, simulator-one-resource-type). Of services that the emulator does not know, only the
 * service is compared.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function actionFitsResource(action: string, resource: string): boolean {
  if (resource === "*") return true;
  const [service = "", name = ""] = action.toLowerCase().split(":");
  const { service: itsService, resource: type } = arnOf(resource);
  if (withoutResource.has(`${service}:${name}`) || service === "backup-storage") return false;
  if (service !== itsService.toLowerCase()) return false;
  switch (service) {
    case "backup":
      if (backupWithoutResource.test(name)) return false;
      return vaultActions.test(name) ? type.startsWith("backup-vault:") : true;
    case "kms":
      if (kmsWithoutResource.test(name)) return false;
      return /^(createalias|deletealias|updatealias)$/.test(name)
        ? /^(alias|key)\//.test(type)
        : type.startsWith("key/");
    default:
      return true;
  }
}

/** What the simulator calls the resource where several ARNs were given (aws-behaviour, simulator-rows). */
export function resourceTemplate(action: string): string {
  const [service = ""] = action.toLowerCase().split(":");
  switch (service) {
    case "kms":
      return "arn:aws:kms:${Region}:${Account}:${ResourceType}/${Id}";
    case "backup":
      return "arn:aws:backup:${Region}:${Account}:${ResourceType}:${ResourceName}";
    default:
      return `arn:\${Partition}:${service}:\${Region}:\${Account}:\${ResourceType}:\${ResourceName}`;
  }
}
