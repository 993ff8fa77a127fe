import { lastSegment } from "../../facts/arn.js";
import { serviceLinkedPath } from "../../facts/names.js";
import { arnOf } from "../arnOf.js";
import type { Call } from "../Call.js";
import { requiredText } from "../input.js";
import { byName, groupArn, holderId, roleArn, userArn } from "../principals.js";
import { requireAllowed } from "../requireAllowed.js";
import { ServiceError } from "../ServiceError.js";
import type { World, WorldPolicyHolder, WorldPrincipal } from "../World.js";
import { invalidInput } from "./invalidInput.js";
import type { SimulatedPrincipal } from "./simulationContext.js";

/**
 * The user, group or role that is simulated. It is found by its name: its path may be wrong or missing (aws-behaviour,
 * simulator-principal-name).
 */
export function simulationSource(call: Call): {
  principal: SimulatedPrincipal;
  holder: WorldPolicyHolder | WorldPrincipal;
} {
  const { state, session, input } = call;
  const { world } = state;
  const arn = requiredText(input, "PolicySourceArn");
  const { service, accountId, resource } = arnOf(arn);
  const [type = "", path = ""] = resource.split(/\/(.*)/s);
  // Neither sessions nor root nor service-linked roles can be simulated.
  const isSource = service === "iam" && ["user", "role", "group"].includes(type) && path !== "";
  if (!isSource || serviceLinkedPath.test(`/${path}`)) {
    throw invalidInput(`Invalid ARN provided in the request: ${arn}`);
  }
  const name = lastSegment(path);
  const found = find(world, accountId, type, name);
  requireAllowed(call, {
    action: "iam:SimulatePrincipalPolicy",
    resource: found?.principal.arn ?? arn,
    shownResource: type === "group" ? (found?.principal.arn ?? arn) : `${type} ${name}`,
  });
  if (accountId !== session.accountId && !session.isAuditor) {
    throw invalidInput(
      `Invalid Policy Source Arn: caller's account ${session.accountId} does not have access to policies in account ${accountId}.`,
    );
  }
  if (found === null) throw new ServiceError("NoSuchEntity", "Unable to retrieve specified IAM entity.", 404);
  return found;
}

function find(world: World, accountId: string, type: string, name: string) {
  const account = world.accounts.find(({ id }) => id === accountId);
  if (account === undefined) return null;
  switch (type) {
    case "user": {
      const holder = byName(account.users, name);
      if (holder === undefined) return null;
      const arn = userArn(world, accountId, holder);
      const id = holderId("AIDA", arn, holder);
      return { holder, principal: { kind: "user" as const, name: holder.name, arn, id, accountId } };
    }
    case "role": {
      const holder = byName(account.roles, name);
      if (holder === undefined) return null;
      const arn = roleArn(world, accountId, holder);
      const id = holderId("AROA", arn, holder);
      return { holder, principal: { kind: "role" as const, name: holder.name, arn, id, accountId } };
    }
    default: {
      const holder = byName(account.groups, name);
      if (holder === undefined) return null;
      const arn = groupArn(world, accountId, holder);
      const id = holderId("AGPA", arn, holder);
      return { holder, principal: { kind: "group" as const, name: holder.name, arn, id, accountId } };
    }
  }
}
