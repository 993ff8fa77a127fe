import { serviceSizes } from "../../../facts/policySizes.js";
import { parsePolicy } from "../../../policy/parsePolicy.js";
import type { Operation } from "../../Call.js";
import { flagOf, textOf } from "../../input.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";

/** What an endpoint without a policy of its own has. */
const fullAccess = {
  Version: "2008-10-17",
  Statement: [{ Effect: "Allow" as const, Principal: "*" as const, Action: "*", Resource: "*" }],
};

/**
 * Of an endpoint only its policy can be changed.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const ModifyVpcEndpoint: Operation = (call) => {
  const { state, session, region, input } = call;
  const id = textOf(input, "VpcEndpointId");
  if (id === undefined || id === "") {
    throw new ServiceError("MissingParameter", "The request must contain the parameter VpcEndpointId");
  }
  const endpoint = state.world.vpcEndpoints.find((one) => one.id === id);
  const owner = endpoint?.accountId ?? session.accountId;
  const arn = `arn:${state.world.partition}:ec2:${region}:${session.accountId}:vpc-endpoint/${id}`;
  requireAllowed(call, { action: "ec2:ModifyVpcEndpoint", resource: arn });
  if (endpoint === undefined || owner !== session.accountId) {
    throw new ServiceError("InvalidVpcEndpointId.NotFound", `The Vpc Endpoint Id '${id}' does not exist`);
  }
  const document = textOf(input, "PolicyDocument");
  if (flagOf(input, "ResetPolicy") === true) endpoint.document = fullAccess;
  else if (document !== undefined) {
    const isTooLong = document.length > serviceSizes["vpc-endpoint-policy"].most;
    if (isTooLong || parsePolicy(document, { principalRequired: true }).damage.length > 0) {
      throw new ServiceError("InvalidPolicyDocument", "The specified policy document is not valid.");
    }
    endpoint.document = document;
  }
  return { return: true };
};

/** Of EC2 only what a fix of an endpoint's policy needs. */
export const ec2: Readonly<Record<string, Operation>> = { ModifyVpcEndpoint };
