import { reservedPath, serviceLinkedPath } from "../../../facts/names.js";
import type { Call, Operation, Output } from "../../Call.js";
import { requiredText } from "../../input.js";
import { accountOf, byName, groupArn, roleArn, userArn } from "../../principals.js";
import type { RequiredRight } from "../../requireAllowed.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldGroup, WorldPolicyHolder, WorldRole, WorldUser } from "../../World.js";
import { group, role, user } from "../../worldParts.js";

export type HolderKind = "Role" | "User" | "Group";

/** A role, user or group that a call names; whether it exists is another question. */
export interface Held<T extends WorldPolicyHolder = WorldPolicyHolder> {
  kind: HolderKind;
  holder: T;
  arn: string;
  exists: boolean;
}

export type Finder<T extends WorldPolicyHolder = WorldPolicyHolder> = (call: Call) => Held<T>;

export const namedRole: Finder<WorldRole> = ({ state, session, input }) => {
  const name = requiredText(input, "RoleName");
  const found = byName(accountOf(state.world, session.accountId).roles, name);
  const holder = found ?? role({ name });
  return { kind: "Role", holder, arn: roleArn(state.world, session.accountId, holder), exists: found !== undefined };
};

export const namedUser: Finder<WorldUser> = (call) => userCalled(call, requiredText(call.input, "UserName"));

/** Without a name some operations take the caller, where it is a user. */
export const namedUserOrCaller: Finder<WorldUser> = (call) => {
  const { session, input } = call;
  const isOwn = session.kind === "user" && input.UserName === undefined;
  return userCalled(call, isOwn ? session.principalName : requiredText(input, "UserName"));
};

function userCalled({ state, session }: Call, name: string): Held<WorldUser> {
  const found = byName(accountOf(state.world, session.accountId).users, name);
  const holder = found ?? user({ name });
  return { kind: "User", holder, arn: userArn(state.world, session.accountId, holder), exists: found !== undefined };
}

export const namedGroup: Finder<WorldGroup> = ({ state, session, input }) => {
  const name = requiredText(input, "GroupName");
  const found = byName(accountOf(state.world, session.accountId).groups, name);
  const holder = found ?? group({ name });
  return { kind: "Group", holder, arn: groupArn(state.world, session.accountId, holder), exists: found !== undefined };
};

/** Asks for the permission first: nobody else is told whether the thing exists. */
export function onHolder<T extends WorldPolicyHolder>(
  find: Finder<T>,
  act: (call: Call, held: Held<T>) => Output | undefined,
  right: (call: Call) => Pick<RequiredRight, "context"> = () => ({}),
): Operation {
  return (call) => {
    const held = find(call);
    const { kind, holder, arn } = held;
    requireAllowed(call, {
      action: `iam:${call.operation}`,
      resource: arn,
      shownResource: `${kind.toLowerCase()} ${holder.name}`,
      ...right(call),
    });
    if (!held.exists) throw missing(kind.toLowerCase(), holder.name);
    if (kind === "Role" && isProtected(holder) && protectedFrom.has(call.operation)) {
      const message = `Cannot perform the operation on the protected role '${holder.name}' - this role is only modifiable by AWS`;
      throw new ServiceError("UnmodifiableEntity", message, 400);
    }
    return act(call, held);
  };
}

/** Whether only AWS changes a role. */
export function isProtected({ path = "/" }: WorldPolicyHolder): boolean {
  return serviceLinkedPath.test(path) || reservedPath.test(path);
}

/** What cannot be done to such a role (aws-behaviour, service-linked-roles). */
const protectedFrom: ReadonlySet<string> = new Set([
  "UpdateAssumeRolePolicy",
  "PutRolePolicy",
  "DeleteRolePolicy",
  "AttachRolePolicy",
  "DetachRolePolicy",
  "PutRolePermissionsBoundary",
  "DeleteRolePermissionsBoundary",
  "DeleteRole",
]);

export function missing(kind: string, name: string): ServiceError {
  return new ServiceError("NoSuchEntity", `The ${kind} with name ${name} cannot be found.`, 404);
}
