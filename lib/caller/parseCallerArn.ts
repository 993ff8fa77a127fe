/** What an ARN of a caller tells: whose account, which kind of caller, its name. */
export interface CallerArn {
  partition: string;
  accountId: string;
  kind: "root" | "user" | "role" | "role-session" | "federated-user";
  /** The user's, role's or federated user's name, without a path; "root" for root. */
  name: string;
  /** Role sessions only. */
  sessionName: string | null;
}

/**
 * Reads an ARN as sts:GetCallerIdentity answers it, or that of an IAM user or role.
 *
 * @returns null where the ARN is none of a user, role, role session, federated user or root
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 * @example
 * parseCallerArn("arn:aws:sts::444455556666:assumed-role/Deployer/ci-run-1")?.name; // "Deployer"
 */
export function parseCallerArn(arn: string): CallerArn | null {
  const [scheme, partition, service, region, accountId, ...rest] = arn.split(":");
  if (scheme !== "arn" || !partition || region !== "" || accountId === undefined || !/^\d{12}$/.test(accountId)) {
    return null;
  }
  const resource = rest.join(":");
  const segments = resource.split("/");
  const [type, second, third] = segments;
  const last = segments.at(-1);
  const told = (kind: CallerArn["kind"], name: string | undefined, sessionName: string | null = null) =>
    name ? { partition, accountId, kind, name, sessionName } : null;

  if (service === "iam") {
    if (resource === "root") return told("root", "root");
    if (type === "user" && segments.length > 1) return told("user", last);
    if (type === "role" && segments.length > 1) return told("role", last);
  }
  if (service === "sts") {
    if (type === "assumed-role" && segments.length === 3 && third) return told("role-session", second, third);
    if (type === "federated-user" && segments.length === 2) return told("federated-user", second);
  }
  return null;
}
