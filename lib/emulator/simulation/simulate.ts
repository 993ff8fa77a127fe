import { parseArn, parsePrincipalArn } from "../../facts/arn.js";
import { accountId as accountIdForm } from "../../facts/names.js";
import type { RequestPrincipal } from "../../policy/RequestPrincipal.js";
import { lookupIn } from "../authorization/callContext.js";
import type { Call, Output } from "../Call.js";
import { textOf, textsOf } from "../input.js";
import { page } from "../page.js";
import { ServiceError } from "../ServiceError.js";
import { XmlMap } from "../wire/xml.js";
import { resourceTemplate } from "./actionFitsResource.js";
import { invalidInput } from "./invalidInput.js";
import { missingKeys } from "./missingKeys.js";
import { type ParsedPolicies, parsedPolicies } from "./parsedPolicies.js";
import type { SimulatedPolicies } from "./simulatedPolicies.js";
import { type SimulatedResource, type Simulation, simulateResource, worst } from "./simulateResource.js";
import type { SimulationContext } from "./simulationContext.js";

/**
 * What both simulations do, as captured after July 2026 (aws-behaviour, simulator-rows): one row an action, with
 * results by resource.
 *
 * @param arn whom a resource policy's Principal elements are compared with where the input names no CallerArn
 */
export function simulate(call: Call, given: SimulatedPolicies, context: SimulationContext, arn: string | null): Output {
  const actions = actionNames(call);
  const resources = resourceArns(call);
  const policies = parsedPolicies(given);
  const lookup = lookupIn({ ...context.filledIn, ...context.given });
  const caller = callerOf(call, arn);
  const simulation: Simulation = {
    policies,
    lookup,
    caller,
    crossAccount: isCrossAccount(call, caller?.accountId ?? call.session.accountId, resources),
    missing: missingKeys(policies, lookup, context),
  };
  const { items, ...rest } = page(call, actions);
  requireBounded(items.length * resources.length, policies);
  return { EvaluationResults: items.map((action) => row(simulation, action, resources)), ...rest };
}

/** So many statements are asked in one simulation: some seconds' work would hold up everybody. */
const mostAsked = 250_000;

function requireBounded(questions: number, policies: ParsedPolicies): void {
  const { identity, boundary, resource, serviceControl } = policies;
  const all = [...identity, boundary, resource, ...serviceControl.flat()];
  const asked = all.reduce((sum, policy) => sum + questions * (policy?.parsed.statements.length ?? 0), 0);
  if (asked <= mostAsked) return;
  const found = `actions x resources x statements are ${asked}`;
  throw invalidInput(`The emulator asks at most ${mostAsked} statements in one simulation: ${found}. Ask about fewer.`);
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
  const wrong = actions.find((action) => !action.includes(":"));
  if (wrong !== undefined)
    throw invalidInput(`Invalid action name: ${wrong}. Expected a service's prefix and a colon.`);
  return actions;
}

function resourceArns(call: Call): string[] {
  const resources = textsOf(call.input, "ResourceArns") ?? [];
  if (textOf(call.input, "ResourcePolicy") !== undefined && (resources[0] ?? "*") === "*") {
    throw invalidInput("A resource policy needs the ARNs of the resources that it is attached to.");
  }
  if (resources.length === 0) return ["*"];
  if (resources.includes("*")) {
    if (resources.length === 1) return resources;
    throw invalidInput(
      "Invalid resource input list: you cannot include both * and individual resources in the resource list for a simulation.",
    );
  }
  const wrong = resources.find((arn) => !isResourceArn(arn));
  if (wrong !== undefined) throw invalidInput(`ResourceNames are not in a valid ARN format: ${wrong}.`);
  requireAlike(call);
  return resources;
}

function isResourceArn(text: string): boolean {
  const arn = parseArn(text);
  return arn !== null && arn.partition !== "" && arn.service !== "" && arn.resource !== "";
}

/**
 * With ARNs, actions that the simulator knows may not be mixed with what is no action (aws-behaviour,
 * simulator-errors).
 */
function requireAlike(call: Call): void {
  const actions = actionNames(call);
  const known = actions.filter((action) => /^[a-z0-9-]+:\w+$/i.test(action));
  const unknown = actions.filter((action) => !known.includes(action));
  if (known.length > 0 && unknown.length > 0) {
    throw invalidInput(
      `Invalid Input Actions: [${known.join(",")}] and [${unknown.join(",")}] require different authorization information.`,
    );
  }
}

/**
 * Whom a resource policy is asked about: a user or a role, neither root nor a session (aws-behaviour,
 * simulator-errors).
 */
function callerOf({ input }: Call, simulated: string | null): RequestPrincipal | null {
  const given = textOf(input, "CallerArn");
  const arn = given ?? simulated;
  const hasPolicy = textOf(input, "ResourcePolicy") !== undefined;
  if (given === undefined && !hasPolicy) return null;
  const parsed = parsePrincipalArn(arn ?? "");
  if (arn === null || (parsed?.kind !== "user" && parsed?.kind !== "role")) {
    throw invalidInput(`Invalid ARN provided in the request: ${arn ?? "null"}`);
  }
  return hasPolicy ? { kind: parsed.kind, arn, accountId: parsed.accountId } : null;
}

function isCrossAccount({ input }: Call, accountId: string, resources: readonly string[]): boolean {
  const owner = (parseArn(textOf(input, "ResourceOwner") ?? "") ?? parseArn(resources[0] ?? ""))?.accountId ?? "";
  return accountIdForm.test(owner) && owner !== accountId;
}

/** One action's row; which members are present is as captured (aws-behaviour, simulator-rows). */
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
