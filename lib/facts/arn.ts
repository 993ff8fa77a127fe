/** The parts of an ARN; `resource` is everything behind the fifth colon. */
export interface Arn {
  partition: string;
  service: string;
  region: string;
  accountId: string;
  resource: string;
}

/**
 * Reads an ARN, the one place that knows where its parts stand.
 *
 * @returns null where the text has not the six parts of an ARN
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 * @example
 * parseArn("arn:aws:kms:us-west-2:444455556666:key/1234abcd")?.region; // "us-west-2"
 */
export function parseArn(text: string): Arn | null {
  if (!text.startsWith("arn:")) return null;
  const ends: number[] = [];
  for (let at = text.indexOf(":"); at >= 0 && ends.length < 5; at = text.indexOf(":", at + 1)) ends.push(at);
  const [scheme = 0, partition, service, region, account] = ends;
  if (partition === undefined || service === undefined || region === undefined || account === undefined) return null;
  return {
    partition: text.slice(scheme + 1, partition),
    service: text.slice(partition + 1, service),
    region: text.slice(service + 1, region),
    accountId: text.slice(region + 1, account),
    resource: text.slice(account + 1),
  };
}

/**
 * The partition that a Region is in.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 * @example
 * partitionOf("cn-north-1"); // "aws-cn"
 */
export function partitionOf(region = ""): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** What stands between the colons of a text that may be no ARN. */
export function arnPieces(text: string): string[] {
  return text.split(":");
}

/** What an ARN of somebody who can make a request tells: whose account, which kind, its name. */
export interface PrincipalArn {
  partition: string;
  accountId: string;
  kind: "root" | "user" | "role" | "role-session" | "federated-user";
  /** The user's, role's or federated user's name, without a path; "root" for root. */
  name: string;
  /** "/" or as "/aws-reserved/sso.amazonaws.com/"; a session's ARN has none. */
  path: string;
  /** Role sessions only. */
  sessionName: string | null;
}

/**
 * Reads an ARN as sts:GetCallerIdentity answers it, or that of an IAM user or role.
 *
 * @returns null where the ARN is none of a user, role, role session, federated user or root
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 * @example
 * parsePrincipalArn("arn:aws:sts::444455556666:assumed-role/Deployer/ci-run-1")?.name; // "Deployer"
 */
export function parsePrincipalArn(text: string): PrincipalArn | null {
  const arn = parseArn(text);
  if (arn === null || arn.partition === "" || arn.region !== "" || !/^\d{12}$/.test(arn.accountId)) return null;
  const { partition, accountId, service, resource } = arn;
  const segments = resource.split("/");
  const [type, second = "", third] = segments;
  const last = resource.slice(resource.lastIndexOf("/") + 1);
  const told = (kind: PrincipalArn["kind"], name: string, path = "/", sessionName: string | null = null) =>
    name === "" ? null : { partition, accountId, kind, name, path, sessionName };

  if (service === "iam") {
    if (resource === "root") return told("root", "root");
    if ((type === "user" || type === "role") && segments.length > 1) {
      return told(type, last, resource.slice(type.length, resource.length - last.length));
    }
  }
  if (service === "sts") {
    if (type === "assumed-role" && segments.length === 3 && third) return told("role-session", second, "/", third);
    if (type === "federated-user" && segments.length === 2) return told("federated-user", second);
  }
  return null;
}

/** The ARN of an account's root, as Principal elements name a whole account. */
export function rootArn(partition: string, accountId: string): string {
  return `arn:${partition}:iam::${accountId}:root`;
}

/** A backup vault's ARN. */
export function vaultArn(
  place: { partition: string; region: string; accountId: string },
  backupVaultName: string,
): string {
  return `arn:${place.partition}:backup:${place.region}:${place.accountId}:backup-vault:${backupVaultName}`;
}

/** The ARN of every key of a Region and account; in a request, of one of which no more is known. */
export function anyKeyArn(place: { partition: string; region: string; accountId: string }): string {
  return `arn:${place.partition}:kms:${place.region}:${place.accountId}:key/*`;
}

/** Whether an ARN is one that anyKeyArn makes. */
export function isAnyKeyArn(arn: string | null): boolean {
  return arn?.endsWith(":key/*") === true;
}

/** Whether an ARN is that of a policy, key alias or the like that AWS itself manages: its account is `aws`. */
export function isAwsOwned(arn: string | undefined): boolean {
  return arn !== undefined && parseArn(arn)?.accountId === "aws";
}

/** The path of a managed policy's ARN, "/" where it has none. */
export function policyPath(arn: string): string {
  return /:policy(\/(?:.*\/)?)[^/]+$/.exec(arn)?.[1] ?? "/";
}

/** The last segment of an ARN, by which a policy is named of which nothing else is known. */
export function lastSegment(arn: string): string {
  return arn.split(/[/:]/).at(-1) || arn;
}
