import { isAwsOwned, lastSegment, parsePrincipalArn } from "../facts/arn.js";
import { accountId as accountIdForm } from "../facts/names.js";
import { awsManagedPolicies } from "./awsManagedPolicies.js";
import { derivedId } from "./derivedId.js";
import { ServiceError } from "./ServiceError.js";
import type { Session } from "./Session.js";
import type {
  World,
  WorldAccount,
  WorldGroup,
  WorldManagedPolicy,
  WorldPolicyHolder,
  WorldPrincipal,
  WorldUser,
} from "./World.js";

/** Where things of IAM are found in a world. */

/** What an ARN tells of a user, role or group. */
type Named = Pick<WorldPolicyHolder, "name" | "path">;

export function accountOf(world: World, accountId: string): WorldAccount {
  const account = world.accounts.find(({ id }) => id === accountId);
  if (account === undefined) {
    throw new ServiceError("InvalidClientTokenId", `The emulator's world has no account ${accountId}.`, 403);
  }
  return account;
}

export function userArn(world: World, accountId: string, user: Named): string {
  return `arn:${world.partition}:iam::${accountId}:user${user.path ?? "/"}${user.name}`;
}

export function roleArn(world: World, accountId: string, role: Named): string {
  return `arn:${world.partition}:iam::${accountId}:role${role.path ?? "/"}${role.name}`;
}

export function groupArn(world: World, accountId: string, group: Named): string {
  return `arn:${world.partition}:iam::${accountId}:group${group.path ?? "/"}${group.name}`;
}

/** Names of users, roles and groups are compared without regard to case. */
export function byName<T extends { name: string }>(list: readonly T[], name: string): T | undefined {
  return list.find((item) => item.name === name) ?? list.find((item) => item.name.toLowerCase() === name.toLowerCase());
}

/** The user or role whose policies apply to a session; null for root, and where the world has none. */
export function principalOf(world: World, session: Session): WorldPrincipal | null {
  const account = world.accounts.find(({ id }) => id === session.accountId);
  if (account === undefined) return null;
  switch (session.kind) {
    case "root":
    case "anonymous":
      return null;
    case "user":
      return byName(account.users, session.principalName) ?? null;
    case "role-session":
      return byName(account.roles, session.principalName) ?? null;
    case "federated-user":
      return session.issuerArn === null ? null : (byName(account.users, lastSegment(session.issuerArn)) ?? null);
  }
}

/** Tags of the principal, overridden by those of the session. */
export function principalTags(world: World, session: Session): Record<string, string> {
  return { ...principalOf(world, session)?.tags, ...session.sessionTags };
}

/** A user's groups, in the account's order. */
export function groupsOf(account: WorldAccount, principal: WorldPrincipal): WorldGroup[] {
  if (!("groups" in principal)) return [];
  const names = (principal as WorldUser).groups;
  return account.groups.filter(({ name }) => names.includes(name));
}

/** A managed policy by its ARN: one of the account's own, or AWS's. */
export function managedPolicy(world: World, arn: string): WorldManagedPolicy | null {
  for (const account of world.accounts) {
    const own = account.policies.find((policy) => policy.arn === arn);
    if (own !== undefined) return own;
  }
  const name = lastSegment(arn);
  const document = isAwsOwned(arn) && Object.hasOwn(awsManagedPolicies, name) ? awsManagedPolicies[name] : undefined;
  if (document === undefined) return null;
  return { name, arn, path: "/", versions: [{ id: "v1", document, isDefault: true }] };
}

/**
 * Whether a grant or policy may name a principal: KMS and IAM refuse who does not exist. Of an account that the world does
 * not hold, anybody may be.
 */
export function isPrincipal(world: World, name: string): boolean {
  if (name === "*" || accountIdForm.test(name)) return true;
  const parsed = parsePrincipalArn(name);
  if (parsed === null) return world.accounts.some((account) => hasId(world, account, name));
  const account = world.accounts.find(({ id }) => id === parsed.accountId);
  if (account === undefined) return true;
  switch (parsed.kind) {
    case "root":
    case "federated-user":
      return true;
    case "user":
      return account.users.some((user) => userArn(world, account.id, user) === name);
    case "role":
      return account.roles.some((role) => roleArn(world, account.id, role) === name);
    case "role-session":
      return account.roles.some((role) => role.name === parsed.name);
  }
}

function hasId(world: World, { id: accountId, users, roles }: WorldAccount, id: string): boolean {
  return (
    users.some((user) => holderId("AIDA", userArn(world, accountId, user), user) === id) ||
    roles.some((role) => holderId("AROA", roleArn(world, accountId, role), role) === id)
  );
}

export function holderId(prefix: "AIDA" | "AROA" | "AGPA", arn: string, holder: WorldPolicyHolder): string {
  return holder.id ?? derivedId(prefix, arn);
}
