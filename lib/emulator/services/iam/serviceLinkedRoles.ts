import { randomUUID } from "node:crypto";
import type { Call, Operation, Output } from "../../Call.js";
import { forgetPrincipal } from "../../forgetPrincipal.js";
import { requiredText, textOf } from "../../input.js";
import { newId } from "../../newId.js";
import { accountOf, holderId } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldRole } from "../../World.js";
import { role } from "../../worldParts.js";
import { created, shownRole } from "./answers.js";
import { type Held, isProtected, missing, namedRole, onHolder } from "./holders.js";

/**
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html
 * @see aws-behaviour, service-linked-roles
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
  if (suffix !== undefined && label === "backup") {
    throw new ServiceError("InvalidInput", `Custom suffix is not allowed for ${service}`);
  }
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
  return { Role: created(shownRole({ holder: made, arn })) };
};

/** Nothing in a world uses such a role, so that it is gone at once. */
function deleteServiceLinkedRole({ state, session }: Call, { holder, arn }: Held<WorldRole>): Output {
  if (!isProtected(holder)) throw missing("role", holder.name);
  const { roles } = accountOf(state.world, session.accountId);
  roles.splice(roles.indexOf(holder), 1);
  forgetPrincipal(state, arn, holderId("AROA", arn, holder));
  return { DeletionTaskId: `task${holder.path}${holder.name}/${randomUUID()}` };
}

const GetServiceLinkedRoleDeletionStatus: Operation = (call) => {
  const id = requiredText(call.input, "DeletionTaskId");
  const [, name] = /^task\/aws-service-role\/[^/]+\/([^/]+)\/[^/]+$/.exec(id) ?? [];
  requireAllowed(call, { action: "iam:GetServiceLinkedRoleDeletionStatus", resource: "*" });
  if (name === undefined) throw new ServiceError("InvalidInput", "Invalid task id");
  return { Status: "SUCCEEDED" };
};

export const serviceLinkedRoles: Record<string, Operation> = {
  CreateServiceLinkedRole,
  DeleteServiceLinkedRole: onHolder(namedRole, deleteServiceLinkedRole),
  GetServiceLinkedRoleDeletionStatus,
};
