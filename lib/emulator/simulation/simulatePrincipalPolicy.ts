import { lastSegment, parseArn, parsePrincipalArn } from "../../facts/arn.js";
import type { RequestPrincipal } from "../../policy/RequestPrincipal.js";
import { lookupIn } from "../authorization/callContext.js";
import type { Call, Operation, Output } from "../Call.js";
import { requiredText, textOf, textsOf } from "../input.js";
import { page } from "../page.js";
import { byName, groupArn, holderId, roleArn, userArn } from "../principals.js";
import { requireAllowed } from "../requireAllowed.js";
import { ServiceError } from "../ServiceError.js";
import type { World, WorldPolicyHolder, WorldPrincipal } from "../World.js";
import { XmlMap } from "../wire/xml.js";
import { resourceTemplate } from "./actionFitsResource.js";
import { missingKeys } from "./missingKeys.js";
import { simulatedPolicies } from "./simulatedPolicies.js";
import { type SimulatedResource, type Simulation, simulateResource, worst } from "./simulateResource.js";
import { type SimulatedPrincipal, simulationContext } from "./simulationContext.js";

/**
 * iam:SimulatePrincipalPolicy as it was captured after July 2026: one row an action, with results by resource.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export const simulatePrincipalPolicy: Operation = (call) => {
  const { input, state } = call;
  const { principal, holder } = sourceOf(call);
  const actions = actionNames(call);
  const resources = resourceArns(call);
  const policies = simulatedPolicies(state.world, principal, holder, input);
  const lookup = lookupIn(simulationContext(state.world, principal, input));
  const simulation: Simulation = {
    policies,
    lookup,
    caller: callerOf(call, principal),
    crossAccount: isCrossAccount(call, principal, resources),
    missing: missingKeys(policies, lookup),
  };
  const { items, ...rest } = page(call, actions);
  return { EvaluationResults: items.map((action) => row(simulation, action, resources)), ...rest };
};

function invalid(message: string): ServiceError {
  return new ServiceError("InvalidInput", message);
}

/** The user, group or role that is simulated. It is found by its name: its path may be wrong or missing (captured). */
function sourceOf(call: Call): { principal: SimulatedPrincipal; holder: WorldPolicyHolder | WorldPrincipal } {
  const { state, session, input } = call;
  const { world } = state;
  const arn = requiredText(input, "PolicySourceArn");
  const [, accountId, type, path] = /^arn:[^:]+:iam::(\d{12}):(user|role|group)\/(.+)$/.exec(arn) ?? [];
  // Neither sessions nor root nor service-linked roles can be simulated.
  if (accountId === undefined || type === undefined || path === undefined || path.startsWith("aws-service-role/")) {
    throw invalid(`Invalid ARN provided in the request: ${arn}`);
  }
  const name = lastSegment(path);
  const found = find(world, accountId, type, name);
  requireAllowed(call, {
    action: "iam:SimulatePrincipalPolicy",
    resource: found?.principal.arn ?? arn,
    shownResource: type === "group" ? (found?.principal.arn ?? arn) : `${type} ${name}`,
  });
  if (accountId !== session.accountId && !session.isAuditor) {
    throw invalid(
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

function actionNames({ input }: Call): string[] {
  const actions = textsOf(input, "ActionNames") ?? [];
  if (actions.length === 0) {
    throw new ServiceError(
      "ValidationError",
      "1 validation error detected: Value null at 'actionNames' failed to satisfy constraint: Member must not be null",
    );
  }
  if (actions.some(({ length }) => length < 3 || length > 128)) {
    throw new ServiceError(
      "ValidationError",
      "1 validation error detected: Value at 'actionNames' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 3]",
    );
  }
  return actions;
}

function resourceArns(call: Call): string[] {
  const resources = textsOf(call.input, "ResourceArns") ?? [];
  if (resources.length === 0) return ["*"];
  if (resources.includes("*")) {
    if (resources.length === 1) return resources;
    throw invalid(
      "Invalid resource input list: you cannot include both * and individual resources in the resource list for a simulation.",
    );
  }
  const wrong = resources.find((arn) => !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s.test(arn));
  if (wrong !== undefined) throw invalid(`ResourceNames are not in a valid ARN format: ${wrong}.`);
  requireAlike(call);
  return resources;
}

/** With ARNs, actions that the simulator knows may not be mixed with what is no action (captured). */
function requireAlike(call: Call): void {
  const actions = actionNames(call);
  const known = actions.filter((action) => /^[a-z0-9-]+:\w+$/i.test(action));
  const unknown = actions.filter((action) => !known.includes(action));
  if (known.length > 0 && unknown.length > 0) {
    throw invalid(
      `Invalid Input Actions: [${known.join(",")}] and [${unknown.join(",")}] require different authorization information.`,
    );
  }
}

/** Whom a resource policy is asked about: CallerArn, else the simulated user or role itself. */
function callerOf({ input }: Call, principal: SimulatedPrincipal): RequestPrincipal | null {
  if (textOf(input, "ResourcePolicy") === undefined) return null;
  const given = textOf(input, "CallerArn");
  const arn = given ?? principal.arn;
  const parsed = parsePrincipalArn(arn);
  if (parsed === null) throw invalid(`Invalid ARN provided in the request: ${arn}`);
  return { kind: parsed.kind, arn, accountId: parsed.accountId };
}

function isCrossAccount({ input }: Call, principal: SimulatedPrincipal, resources: readonly string[]): boolean {
  const owner = /\d{12}/.exec(textOf(input, "ResourceOwner") ?? "")?.[0] ?? parseArn(resources[0] ?? "")?.accountId;
  return owner !== undefined && /^\d{12}$/.test(owner) && owner !== principal.accountId;
}

/** One action's row; which members are present is as captured. */
function row(simulation: Simulation, action: string, resources: readonly string[]): Output {
  const results = resources.map((resource) => simulateResource(simulation, action, resource));
  const decision = worst(results.map((result) => result.decision));
  const hasArns = resources[0] !== "*";
  const silenced = results.some(({ allowedByOrganizations }) => allowedByOrganizations === false);
  const boundaries = results.flatMap(({ allowedByBoundary }) =>
    allowedByBoundary === null ? [] : [allowedByBoundary],
  );
  const inOrganization = silenced || simulation.policies.inOrganization;
  return {
    EvalActionName: action,
    EvalResourceName: resources.length > 1 ? resourceTemplate(action) : resources[0],
    EvalDecision: decision,
    MatchedStatements: unique(results.flatMap(({ matched }) => matched)),
    MissingContextValues: decision === "implicitDeny" ? [...new Set(results.flatMap(({ missing }) => missing))] : [],
    ...(inOrganization && { OrganizationsDecisionDetail: { AllowedByOrganizations: !silenced } }),
    ...(boundaries.length > 0 && {
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: boundaries.every(Boolean) },
    }),
    ...(hasArns && !silenced && { EvalDecisionDetails: new XmlMap(results[0]?.details ?? {}) }),
    ...(hasArns && { ResourceSpecificResults: results.map(specific) }),
  };
}

function specific({ resource, decision, matched, missing, allowedByBoundary, details }: SimulatedResource): Output {
  return {
    EvalResourceName: resource,
    EvalResourceDecision: decision,
    ...(matched.length > 0 && { MatchedStatements: matched }),
    ...(missing.length > 0 && { MissingContextValues: missing }),
    ...(details !== null && { EvalDecisionDetails: new XmlMap(details) }),
    ...(allowedByBoundary !== null && {
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allowedByBoundary },
    }),
  };
}

function unique<T>(statements: readonly T[]): T[] {
  const seen = new Set<string>();
  return statements.filter((statement) => {
    const text = JSON.stringify(statement);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}
