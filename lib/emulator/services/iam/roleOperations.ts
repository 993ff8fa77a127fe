import { serviceLinkedPath } from "../../../facts/names.js";
import type { Call, Operation, Output } from "../../Call.js";
import { forgetPrincipal } from "../../forgetPrincipal.js";
import { numberOf, tagsOf, textOf } from "../../input.js";
import { newId } from "../../newId.js";
import { page } from "../../page.js";
import { accountOf, holderId, roleArn } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { requestTagContext } from "../../tagContext.js";
import type { WorldRole } from "../../World.js";
import { role } from "../../worldParts.js";
import { created, listed, shownRole } from "./answers.js";
import { type Held, isProtected, namedRole, onHolder } from "./holders.js";
import { newName, requireFree } from "./newName.js";
import { trustDocument } from "./policyDocument.js";
import { boundaryArn } from "./principalOperations.js";

const CreateRole: Operation = (call) => {
  const { state, session, input } = call;
  const { name, path } = newName(call, "RoleName");
  const boundary = textOf(input, "PermissionsBoundary");
  const arn = `arn:${state.world.partition}:iam::${session.accountId}:role${path}${name}`;
  requireAllowed(call, {
    action: "iam:CreateRole",
    resource: arn,
    context: {
      ...requestTagContext(call),
      ...(boundary !== undefined && { "iam:PermissionsBoundary": boundary }),
    },
  });
  const { roles } = accountOf(state.world, session.accountId);
  const trustPolicy = trustDocument(call, "AssumeRolePolicyDocument");
  if (serviceLinkedPath.test(path)) {
    const message = "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles";
    throw new ServiceError("InvalidInput", message, 400);
  }
  requireFree(roles, "Role", name);
  const description = textOf(input, "Description");
  const made = role({
    name,
    path,
    id: newId("AROA"),
    trustPolicy,
    tags: tagsOf(input),
    maxSessionDuration: sessionLength(call) ?? 3600,
    ...(description !== undefined && { description }),
    ...(boundary !== undefined && { permissionsBoundary: boundaryArn(state.world, boundary) }),
  });
  roles.push(made);
  return { Role: created(shownRole({ holder: made, arn })) };
};

const DeleteRole: Operation = onHolder(namedRole, ({ state, session }, { holder, arn }) => {
  if (holder.attachedPolicies.length > 0) {
    throw new ServiceError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
  }
  if (holder.inlinePolicies.length > 0) {
    throw new ServiceError("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
  }
  const { roles } = accountOf(state.world, session.accountId);
  roles.splice(roles.indexOf(holder), 1);
  forgetPrincipal(state, arn, holderId("AROA", arn, holder));
  return undefined;
});

const ListRoles: Operation = (call) => {
  const { state, session, input } = call;
  requireAllowed(call, { action: "iam:ListRoles", resource: "*" });
  const prefix = textOf(input, "PathPrefix") ?? "/";
  const roles = accountOf(state.world, session.accountId).roles.filter(({ path }) => (path ?? "/").startsWith(prefix));
  const { items, ...rest } = page(call, roles);
  return {
    Roles: items.map((holder) => listed(shownRole({ holder, arn: roleArn(state.world, session.accountId, holder) }))),
    ...rest,
  };
};

/** Seconds; left out: not told. */
function sessionLength({ input }: Call): number | undefined {
  const seconds = numberOf(input, "MaxSessionDuration");
  if (seconds === undefined || (seconds >= 3600 && seconds <= 43_200)) return seconds;
  const bound = seconds < 3600 ? "greater than or equal to 3600" : "less than or equal to 43200";
  throw new ServiceError(
    "ValidationError",
    `1 validation error detected: Value '${seconds}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value ${bound}`,
  );
}

/** What is not told stays as it is (aws-behaviour, iam-answers). */
function updateRole(call: Call, { holder }: Held<WorldRole>): Output {
  const seconds = sessionLength(call);
  if (seconds !== undefined && isProtected(holder)) {
    const message = `${holder.name} is an AWS service linked role, max session duration cannot be changed.`;
    throw new ServiceError("UnmodifiableEntity", message, 400);
  }
  holder.description = textOf(call.input, "Description") ?? holder.description;
  holder.maxSessionDuration = seconds ?? holder.maxSessionDuration;
  return {};
}

function getRole({ state }: Call, held: Held<WorldRole>): Output {
  const used = state.lastUsed.get(holderId("AROA", held.arn, held.holder));
  const RoleLastUsed = used === undefined ? {} : { LastUsedDate: used.at, Region: used.region };
  return { Role: { ...shownRole(held), RoleLastUsed } };
}

export const roleOperations: Record<string, Operation> = {
  CreateRole,
  GetRole: onHolder(namedRole, getRole),
  DeleteRole,
  ListRoles,
  UpdateRole: onHolder(namedRole, updateRole),
  UpdateRoleDescription: onHolder(namedRole, ({ input }, held) => {
    held.holder.description = textOf(input, "Description") ?? "";
    return {
      Role: { ...shownRole(held), MaxSessionDuration: undefined, PermissionsBoundary: undefined, Tags: undefined },
    };
  }),
  /** No world has instance profiles; Terraform asks before it deletes a role. */
  ListInstanceProfilesForRole: onHolder(namedRole, () => ({ InstanceProfiles: [], IsTruncated: false })),
  UpdateAssumeRolePolicy: onHolder(namedRole, (call, { holder }) => {
    holder.trustPolicy = trustDocument(call, "PolicyDocument");
    return undefined;
  }),
};
