import type { RequestPrincipal } from "./RequestPrincipal.js";

/** `*`, or `{ "AWS": "*" }`, which is the same. `{ "Service": "*" }` is not. */
export function isEveryone({ type, name }: { type: string; name: string }): boolean {
  return type === "AWS" && name === "*";
}

/** Whether a name is the caller's account: its id, or the ARN of its root in the caller's partition. */
export function accountNamed(name: string, { arn, accountId }: RequestPrincipal): boolean {
  return name === accountId || name === `arn:${arn.split(":")[1]}:iam::${accountId}:root`;
}

/**
 * The role that an ARN of a role, or of a session of one, belongs to: `PARTITION:ACCOUNT:NAME`. The path does not count:
 * a session's ARN has none, and the names of an account's roles are unique whatever their paths.
 */
export function roleOf(arn: string, kind: "role" | "session"): string | null {
  const [scheme, partition, service, region, account, resource = "", ...more] = arn.split(":");
  if (scheme !== "arn" || region !== "" || more.length > 0) return null;
  const parts = resource.split("/");
  const isRole = service === "iam" && parts[0] === "role" && parts.length >= 2;
  const isSession = service === "sts" && parts[0] === "assumed-role" && parts.length === 3;
  const name = kind === "role" ? isRole && parts.at(-1) : isSession && parts[1];
  return typeof name === "string" && name !== "" ? `${partition}:${account}:${name}` : null;
}

/** Whether a role's ARN is that of the role behind a session; with its path, where that is known. */
export function roleArnNames(name: string, { arn, roleArn }: RequestPrincipal): boolean {
  if (roleArn !== undefined && name === roleArn) return true;
  // A path that is known must be the same one; without one it may be that it could not be read.
  const hasPath = roleArn !== undefined && roleArn.split("/").length > 2;
  const role = roleOf(name, "role");
  return !hasPath && role !== null && role === roleOf(arn, "session");
}
