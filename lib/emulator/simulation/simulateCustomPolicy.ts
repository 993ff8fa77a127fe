import type { Operation } from "../Call.js";
import { objectsOf, textOf } from "../input.js";
import { requireAllowed } from "../requireAllowed.js";
import { ServiceError } from "../ServiceError.js";
import { invalidInput } from "./invalidInput.js";
import { simulate } from "./simulate.js";
import { givenBoundary, inputPolicies, resourcePolicy } from "./simulatedPolicies.js";
import { customContext } from "./simulationContext.js";

/**
 * The policies that are given, and no others: also a hierarchy of service control policies, root first.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
 */
export const simulateCustomPolicy: Operation = (call) => {
  const { input } = call;
  requireAllowed(call, { action: "iam:SimulateCustomPolicy", resource: "*" });
  // An empty list, which the wire writes as an empty text, is silence (aws-behaviour, simulator-errors).
  if (input.PolicyInputList === undefined) {
    throw new ServiceError(
      "ValidationError",
      "1 validation error detected: Value null at 'policyInputList' failed to satisfy constraint: Member must not be null",
    );
  }
  const levels = objectsOf(input, "OrderedOrganizationPolicyInputList") ?? [];
  const serviceControl = levels.map((level, index) => {
    const policies = inputPolicies(level, "ServiceControlPolicyInputList", "Service control policy");
    if (policies.length > 0) return policies;
    throw invalidInput(`Organization policy at index ${index + 1} must contain at least one service control policy`);
  });
  const policies = {
    identity: inputPolicies(input, "PolicyInputList", "Policy"),
    boundary: givenBoundary(input),
    resource: resourcePolicy(input),
    serviceControl,
    inOrganization: levels.length > 0,
  };
  return simulate(call, policies, customContext(textOf(input, "CallerArn"), input), null);
};
