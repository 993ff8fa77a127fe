import type { Operation, ServiceName } from "./Call.js";
import { backup } from "./services/backup/backup.js";
import { cloudtrail } from "./services/cloudtrail/cloudtrail.js";
import { ec2 } from "./services/ec2/ec2.js";
import { iam } from "./services/iam/iam.js";
import { kms } from "./services/kms/kms.js";
import { organizations } from "./services/organizations/organizations.js";
import { sts } from "./services/sts/sts.js";

/** Every operation that the emulator knows. */
export const operations: Readonly<Record<ServiceName, Readonly<Record<string, Operation>>>> = {
  backup,
  iam,
  sts,
  kms,
  organizations,
  cloudtrail,
  ec2,
};
