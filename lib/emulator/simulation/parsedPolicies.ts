import type { ParsedPolicy } from "../../policy/ParsedPolicy.js";
import { parsePolicy } from "../../policy/parsePolicy.js";
import type { LayerPolicy } from "../authorization/judge.js";
import { servedText } from "../servedText.js";
import type { SimulatedPolicies } from "./simulatedPolicies.js";
import { type StatementPosition, statementPositions } from "./statementPositions.js";

/** A policy that was read once, to be asked about each action and resource of a simulation. */
export interface ReadPolicy extends LayerPolicy {
  parsed: ParsedPolicy;
  /** Found when they are first asked for. */
  positions: () => StatementPosition[];
}

/** What takes part in a simulation, read. */
export interface ParsedPolicies extends Pick<SimulatedPolicies, "inOrganization"> {
  identity: ReadPolicy[];
  boundary: ReadPolicy | null;
  resource: ReadPolicy | null;
  serviceControl: ReadPolicy[][];
}

export function parsedPolicies(policies: SimulatedPolicies): ParsedPolicies {
  const { identity, boundary, resource, serviceControl, inOrganization } = policies;
  return {
    identity: identity.map((one) => read(one)),
    boundary: boundary && read(boundary),
    resource: resource && read(resource, true),
    serviceControl: serviceControl.map((level) => level.map((one) => read(one))),
    inOrganization,
  };
}

function read(policy: LayerPolicy, principalRequired = false): ReadPolicy {
  let found: StatementPosition[] | undefined;
  return {
    ...policy,
    parsed: parsePolicy(policy.document, { principalRequired }),
    positions: () => {
      found ??= statementPositions(servedText(policy.document) ?? "");
      return found;
    },
  };
}
