import type { Call, Operation, Output } from "../../Call.js";
import { newId } from "../../newId.js";
import { page } from "../../page.js";
import { accountOf, groupArn, userArn } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldGroup } from "../../World.js";
import { group } from "../../worldParts.js";
import { shownGroup, shownUser } from "./answers.js";
import { type Held, missing, namedGroup, namedUser, onHolder } from "./holders.js";
import { newName, requireFree } from "./newName.js";

const CreateGroup: Operation = (call) => {
  const { state, session } = call;
  const { name, path } = newName(call, "GroupName");
  const arn = `arn:${state.world.partition}:iam::${session.accountId}:group${path}${name}`;
  requireAllowed(call, { action: "iam:CreateGroup", resource: arn });
  const { groups } = accountOf(state.world, session.accountId);
  requireFree(groups, "Group", name);
  const made = group({ name, path, id: newId("AGPA") });
  groups.push(made);
  return { Group: shownGroup({ holder: made, arn }) };
};

const DeleteGroup: Operation = onHolder(namedGroup, ({ state, session }, { holder }) => {
  const { groups, users } = accountOf(state.world, session.accountId);
  if (users.some((user) => user.groups.includes(holder.name))) {
    throw new ServiceError("DeleteConflict", "Cannot delete entity, must remove users from group first.", 409);
  }
  if (holder.attachedPolicies.length > 0 || holder.inlinePolicies.length > 0) {
    throw new ServiceError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
  }
  groups.splice(groups.indexOf(holder), 1);
  return undefined;
});

function getGroup(call: Call, held: Held<WorldGroup>): Output {
  const { world } = call.state;
  const { accountId } = call.session;
  const members = accountOf(world, accountId).users.filter(({ groups }) => groups.includes(held.holder.name));
  const { items, ...rest } = page(call, members);
  return {
    Group: shownGroup(held),
    Users: items.map((holder) => shownUser({ holder, arn: userArn(world, accountId, holder) })),
    ...rest,
  };
}

const ListGroups: Operation = (call) => {
  const { state, session } = call;
  requireAllowed(call, { action: "iam:ListGroups", resource: "*" });
  const { items, ...rest } = page(call, accountOf(state.world, session.accountId).groups);
  return {
    Groups: items.map((holder) => shownGroup({ holder, arn: groupArn(state.world, session.accountId, holder) })),
    ...rest,
  };
};

function addUser(call: Call, { holder }: Held<WorldGroup>): undefined {
  const { holder: member, exists } = namedUser(call);
  if (!exists) throw missing("user", member.name);
  if (!member.groups.includes(holder.name)) member.groups.push(holder.name);
}

function removeUser(call: Call, { holder }: Held<WorldGroup>): undefined {
  const { holder: member, exists } = namedUser(call);
  if (!exists) throw missing("user", member.name);
  member.groups = member.groups.filter((name) => name !== holder.name);
}

export const groupOperations: Record<string, Operation> = {
  CreateGroup,
  GetGroup: onHolder(namedGroup, getGroup),
  DeleteGroup,
  ListGroups,
  AddUserToGroup: onHolder(namedGroup, addUser),
  RemoveUserFromGroup: onHolder(namedGroup, removeUser),
};
