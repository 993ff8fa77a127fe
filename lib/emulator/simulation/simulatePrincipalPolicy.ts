import type { Operation } from "../Call.js";
import { textOf } from "../input.js";
import { simulate } from "./simulate.js";
import { simulatedPolicies } from "./simulatedPolicies.js";
import { principalContext } from "./simulationContext.js";
import { simulationSource } from "./simulationSource.js";

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html */
export const simulatePrincipalPolicy: Operation = (call) => {
  const { world } = call.state;
  const { principal, holder } = simulationSource(call);
  const policies = simulatedPolicies(world, principal, holder, call.input);
  const context = principalContext(world, principal, textOf(call.input, "CallerArn"), call.input);
  return simulate(call, policies, context, principal.arn);
};
