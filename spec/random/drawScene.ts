import type { Draw } from "./draw.js";

/** The facts that do not change from policy to policy: who calls, from where, for which vault and key. */
export interface Scene {
  partition: string;
  region: string;
  accountId: string;
  kind: "user" | "role" | "service-linked-role" | "federated-user" | "root";
  callerArn: string;
  principalArn: string;
  issuerArn: string | null;
  userId: string;
  vaultName: string;
  /** Null: no ARN is given, the vault gets the AWS managed key. */
  keyArn: string | null;
  ownerId: string;
  realKeyArn: string;
  /** From the internet, through an endpoint whose policy is known, or nobody said. */
  network: "internet" | "endpoint" | "unsaid";
}

export const accounts = { caller: "111122223333", other: "444455556666", management: "999900001111" } as const;
export const organizationPath = "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/";

export function drawScene(draw: Draw): Scene {
  const partition = draw.weighted([15, "aws"], [1, "aws-us-gov"]);
  const region = partition === "aws" ? draw.one(["eu-west-1", "us-west-2"]) : "us-gov-west-1";
  const accountId = accounts.caller;
  const kind = draw.weighted<Scene["kind"]>(
    [8, "role"],
    [6, "user"],
    [3, "federated-user"],
    [2, "root"],
    [1, "service-linked-role"],
  );
  const isForeign = draw.percent(30);
  const isByDefault = !isForeign && draw.percent(15);
  const ownerId = isForeign ? accounts.other : accountId;
  const realKeyArn = `arn:${partition}:kms:${region}:${ownerId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  return {
    partition,
    region,
    accountId,
    kind,
    ...caller(kind, partition, accountId),
    vaultName: draw.one(["team-a-vault", "vault-prod"]),
    keyArn: isByDefault ? null : brokenKeyArn(draw, realKeyArn),
    ownerId,
    realKeyArn,
    network: draw.weighted([5, "unsaid"], [3, "internet"], [2, "endpoint"]),
  };
}

/** Now and then a key that KMS itself would refuse: named by its alias, or in another Region. */
function brokenKeyArn(draw: Draw, arn: string): string {
  if (!draw.percent(4)) return arn;
  return draw.one([arn.replace(/key\/.*/, "alias/backups"), arn.replace(/(?<=:kms:)[^:]+/, "ap-south-1")]);
}

function caller(kind: Scene["kind"], partition: string, accountId: string) {
  const iam = `arn:${partition}:iam::${accountId}`;
  const sts = `arn:${partition}:sts::${accountId}`;
  switch (kind) {
    case "user":
      return one(`${iam}:user/team/ana`, "AIDAEXAMPLEANA");
    case "root":
      return one(`${iam}:root`, accountId);
    case "federated-user":
      return { ...one(`${sts}:federated-user/bob`, `${accountId}:bob`), issuerArn: `${iam}:user/team/ana` };
    case "role":
      return {
        callerArn: `${sts}:assumed-role/Deployer/ci`,
        principalArn: `${iam}:role/ops/Deployer`,
        issuerArn: null,
        userId: "AROAEXAMPLEROLE:ci",
      };
    case "service-linked-role":
      return {
        callerArn: `${sts}:assumed-role/AWSServiceRoleForBackup/s`,
        principalArn: `${iam}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
        issuerArn: null,
        userId: "AROAEXAMPLELINKED:s",
      };
  }
}

function one(arn: string, userId: string) {
  return { callerArn: arn, principalArn: arn, issuerArn: null, userId };
}
