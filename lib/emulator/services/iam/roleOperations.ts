import type { Operation } from "../../Call.js";
import { forgetPrincipal } from "../../forgetPrincipal.js";
import { numberOf, requiredText, tagsOf, textOf } from "../../input.js";
import { newId } from "../../newId.js";
import { page } from "../../page.js";
import { accountOf, holderId, roleArn } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { tagContext } from "../../tagContext.js";
import { role } from "../../worldParts.js";
import { listed, shownRole } from "./answers.js";
import { namedRole, onHolder } from "./holders.js";
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
      ...tagContext(tagsOf(input)),
      ...(boundary !== undefined && { "iam:PermissionsBoundary": boundary }),
    },
  });
  const { roles } = accountOf(state.world, session.accountId);
  const trustPolicy = trustDocument(call, "AssumeRolePolicyDocument");
  requireFree(roles, "Role", name);
  const description = textOf(input, "Description");
  const made = role({
    name,
    path,
    id: newId("AROA"),
    trustPolicy,
    tags: tagsOf(input),
    maxSessionDuration: numberOf(input, "MaxSessionDuration") ?? 3600,
    ...(description !== undefined && { description }),
    ...(boundary !== undefined && { permissionsBoundary: boundaryArn(state.world, boundary) }),
  });
  roles.push(made);
  return { Role: shownRole({ holder: made, arn }) };
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

/**
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html
 */
const CreateServiceLinkedRole: Operation = (call) => {
  const { state, session, input } = call;
  const service = requiredText(input, "AWSServiceName");
  const [label = ""] = service.split(".");
  const suffix = textOf(input, "CustomSuffix");
  const own = `AWSServiceRoleFor${label.charAt(0).toUpperCase()}${label.slice(1)}`;
  const name = suffix === undefined ? own : `${own}_${suffix}`;
  const path = `/aws-service-role/${service}/`;
  const arn = `arn:${state.world.partition}:iam::${session.accountId}:role${path}${name}`;
  requireAllowed(call, {
    action: "iam:CreateServiceLinkedRole",
    resource: arn,
    context: { "iam:AWSServiceName": service },
  });
  const { roles } = accountOf(state.world, session.accountId);
  if (roles.some((one) => one.name === name)) {
    const message = `Service role name ${name} has been taken in this account, please try a different suffix.`;
    throw new ServiceError("InvalidInput", message);
  }
  const trustPolicy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow" as const, Principal: { Service: service }, Action: "sts:AssumeRole" }],
  };
  const made = role({ name, path, id: newId("AROA"), trustPolicy, description: textOf(input, "Description") });
  roles.push(made);
  return { Role: shownRole({ holder: made, arn }) };
};

export const roleOperations: Record<string, Operation> = {
  CreateRole,
  GetRole: onHolder(namedRole, (_, held) => ({ Role: shownRole(held) })),
  DeleteRole,
  ListRoles,
  CreateServiceLinkedRole,
  UpdateRole: onHolder(namedRole, ({ input }, { holder }) => {
    holder.description = textOf(input, "Description") ?? holder.description;
    holder.maxSessionDuration = numberOf(input, "MaxSessionDuration") ?? 3600;
    return {};
  }),
  /** No world has instance profiles; Terraform asks before it deletes a role. */
  ListInstanceProfilesForRole: onHolder(namedRole, () => ({ InstanceProfiles: [], IsTruncated: false })),
  UpdateAssumeRolePolicy: onHolder(namedRole, (call, { holder }) => {
    holder.trustPolicy = trustDocument(call, "PolicyDocument");
    return undefined;
  }),
};
