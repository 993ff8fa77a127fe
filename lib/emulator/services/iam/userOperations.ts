import type { Call, Operation, Output } from "../../Call.js";
import { forgetPrincipal } from "../../forgetPrincipal.js";
import { requiredText, tagsOf, textOf } from "../../input.js";
import { newId } from "../../newId.js";
import { page } from "../../page.js";
import { accountOf, groupArn, holderId, userArn } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { signIn } from "../../signIn.js";
import { requestTagContext } from "../../tagContext.js";
import type { WorldAccessKey, WorldUser } from "../../World.js";
import { user } from "../../worldParts.js";
import { createDate, listed, shownGroup, shownUser } from "./answers.js";
import { type Held, missing, namedUser, namedUserOrCaller, onHolder } from "./holders.js";
import { newName, requireFree } from "./newName.js";
import { boundaryArn } from "./principalOperations.js";

const CreateUser: Operation = (call) => {
  const { state, session, input } = call;
  const { name, path } = newName(call, "UserName");
  const boundary = textOf(input, "PermissionsBoundary");
  const arn = `arn:${state.world.partition}:iam::${session.accountId}:user${path}${name}`;
  requireAllowed(call, {
    action: "iam:CreateUser",
    resource: arn,
    context: {
      ...requestTagContext(call),
      ...(boundary !== undefined && { "iam:PermissionsBoundary": boundary }),
    },
  });
  const { users } = accountOf(state.world, session.accountId);
  requireFree(users, "User", name);
  const made = user({
    name,
    path,
    id: newId("AIDA"),
    tags: tagsOf(input),
    ...(boundary !== undefined && { permissionsBoundary: boundaryArn(state.world, boundary) }),
  });
  users.push(made);
  return { User: shownUser({ holder: made, arn }) };
};

const DeleteUser: Operation = onHolder(namedUser, ({ state, session }, { holder, arn }) => {
  const conflicts: [boolean, string][] = [
    [holder.attachedPolicies.length > 0, "must detach all policies first."],
    [holder.inlinePolicies.length > 0, "must delete policies first."],
    [holder.accessKeys.length > 0, "must delete access keys first."],
    [holder.groups.length > 0, "must remove users from group first."],
  ];
  const conflict = conflicts.find(([holds]) => holds);
  if (conflict !== undefined) throw new ServiceError("DeleteConflict", `Cannot delete entity, ${conflict[1]}`, 409);
  const { users } = accountOf(state.world, session.accountId);
  users.splice(users.indexOf(holder), 1);
  forgetPrincipal(state, arn, holderId("AIDA", arn, holder));
  return undefined;
});

const ListUsers: Operation = (call) => {
  const { state, session, input } = call;
  requireAllowed(call, { action: "iam:ListUsers", resource: "*" });
  const prefix = textOf(input, "PathPrefix") ?? "/";
  const users = accountOf(state.world, session.accountId).users.filter(({ path }) => (path ?? "/").startsWith(prefix));
  const { items, ...rest } = page(call, users);
  return {
    Users: items.map((holder) => listed(shownUser({ holder, arn: userArn(state.world, session.accountId, holder) }))),
    ...rest,
  };
};

function groupsForUser(call: Call, { holder }: Held<WorldUser>): Output {
  const { world } = call.state;
  const { accountId } = call.session;
  const groups = accountOf(world, accountId).groups.filter(({ name }) => holder.groups.includes(name));
  const { items, ...rest } = page(call, groups);
  return {
    Groups: items.map((one) => shownGroup({ holder: one, arn: groupArn(world, accountId, one) })),
    ...rest,
  };
}

function createAccessKey({ state }: Call, { holder, arn }: Held<WorldUser>): Output {
  if (holder.accessKeys.length >= 2) {
    throw new ServiceError("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", 409);
  }
  const { accessKeyId, secretAccessKey } = signIn(state.world, arn);
  holder.accessKeys.push({ accessKeyId, secretAccessKey, status: "Active" });
  return {
    AccessKey: {
      UserName: holder.name,
      AccessKeyId: accessKeyId,
      Status: "Active",
      SecretAccessKey: secretAccessKey,
      CreateDate: createDate,
    },
  };
}

function listAccessKeys(call: Call, { holder }: Held<WorldUser>): Output {
  const { items, ...rest } = page(call, holder.accessKeys);
  return {
    AccessKeyMetadata: items.map(({ accessKeyId, status }) => ({
      UserName: holder.name,
      AccessKeyId: accessKeyId,
      Status: status,
      CreateDate: createDate,
    })),
    ...rest,
  };
}

function accessKey({ input }: Call, { holder }: Held<WorldUser>): WorldAccessKey {
  const id = requiredText(input, "AccessKeyId");
  const key = holder.accessKeys.find(({ accessKeyId }) => accessKeyId === id);
  if (key === undefined) throw missing("Access Key", id);
  return key;
}

function deleteAccessKey(call: Call, held: Held<WorldUser>): undefined {
  const key = accessKey(call, held);
  held.holder.accessKeys.splice(held.holder.accessKeys.indexOf(key), 1);
}

function updateAccessKey(call: Call, held: Held<WorldUser>): undefined {
  const key = accessKey(call, held);
  key.status = requiredText(call.input, "Status") === "Active" ? "Active" : "Inactive";
}

export const userOperations: Record<string, Operation> = {
  CreateUser,
  GetUser: onHolder(namedUserOrCaller, (_, held) => ({ User: shownUser(held) })),
  DeleteUser,
  ListUsers,
  ListGroupsForUser: onHolder(namedUser, groupsForUser),
  CreateAccessKey: onHolder(namedUserOrCaller, createAccessKey),
  ListAccessKeys: onHolder(namedUserOrCaller, listAccessKeys),
  DeleteAccessKey: onHolder(namedUserOrCaller, deleteAccessKey),
  UpdateAccessKey: onHolder(namedUserOrCaller, updateAccessKey),
};
