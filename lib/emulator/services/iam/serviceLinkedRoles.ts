import { randomUUID } from "node:crypto";
import { serviceLinkedPath, servicePrincipal } from "../../../facts/names.js";
import { serviceRoleNames } from "../../../facts/vocabulary/serviceRoleNames.js";
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
import { type Held, missing, namedRole, onHolder } from "./holders.js";

/**
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html
 * @see aws-behaviour, service-linked-roles
 */
const CreateServiceLinkedRole: Operation = (call) => {
  const { state, session, input } = call;
  const service = requiredText(input, "AWSServiceName");
  const [label = ""] = service.split(".");
  const suffix = textOf(input, "CustomSuffix");
  if (!servicePrincipal.test(service) || service.length > 128) throw invalid("AWSServiceName");
  if (suffix !== undefined && !/^[\w+=,.@-]{1,64}$/.test(suffix)) throw invalid("CustomSuffix");
  const own = roleNameOf(label);
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

/** As AWS spells it, where that is known: AWSServiceRoleForAutoScaling of autoscaling.amazonaws.com. */
function roleNameOf(label: string): string {
  const name = `AWSServiceRoleFor${label.charAt(0).toUpperCase()}${label.slice(1)}`;
  return [...serviceRoleNames].find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
}

function invalid(member: string): ServiceError {
  const told = `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
  return new ServiceError(
    "ValidationError",
    `1 validation error detected: Value at '${told}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+`,
  );
}

/** Nothing in a world uses such a role, so that it is gone at once. */
function deleteServiceLinkedRole({ state, session }: Call, { holder, arn }: Held<WorldRole>): Output {
  const { path = "/" } = holder;
  if (!serviceLinkedPath.test(path)) throw missing("role", holder.name);
  const { roles } = accountOf(state.world, session.accountId);
  roles.splice(roles.indexOf(holder), 1);
  forgetPrincipal(state, arn, holderId("AROA", arn, holder));
  const DeletionTaskId = `task${path}${holder.name}/${randomUUID()}`;
  state.deletionTasks.add(DeletionTaskId);
  return { DeletionTaskId };
}

const GetServiceLinkedRoleDeletionStatus: Operation = (call) => {
  const id = requiredText(call.input, "DeletionTaskId");
  requireAllowed(call, { action: "iam:GetServiceLinkedRoleDeletionStatus", resource: "*" });
  if (!/^task\/aws-service-role\/[^/]+\/[^/]+\/[^/]+$/.test(id))
    throw new ServiceError("InvalidInput", "Invalid task id");
  if (!call.state.deletionTasks.has(id)) {
    throw new ServiceError("NoSuchEntity", "Cannot find deletion status for given id.", 404);
  }
  return { Status: "SUCCEEDED" };
};

export const serviceLinkedRoles: Record<string, Operation> = {
  CreateServiceLinkedRole,
  DeleteServiceLinkedRole: onHolder(namedRole, deleteServiceLinkedRole),
  GetServiceLinkedRoleDeletionStatus,
};
