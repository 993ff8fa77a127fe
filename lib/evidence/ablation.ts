import type { EvaluationResult, PolicyIdentifier, SimulatePrincipalPolicyCommandInput } from "@aws-sdk/client-iam";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Policy, SimulationCall } from "../snapshot/Snapshot.js";
import type { Reading } from "./Reading.js";
import { askSimulator } from "./simulation.js";

/** What was not, or not wholly, read: only for these is the simulator asked again. */
export interface OpenLayers {
  identity: boolean;
  boundary: boolean;
}

const withoutOrganization: PolicyIdentifier = { PolicyType: "scp" };
const withoutBoundary: PolicyIdentifier = { PolicyType: "permission-boundary" };

/** Which of the layers that the simulator can tell of could not be read. */
export function openLayers(identity: Evidence<Policy[]>, boundary: Evidence<Policy>): OpenLayers {
  return {
    identity:
      identity.status === "unreadable" ||
      (identity.status === "read" && identity.value.some(({ document }) => document === null)),
    boundary: boundary.status === "unreadable" || (boundary.status === "read" && boundary.value.document === null),
  };
}

/**
 * Asks the simulator again for denied actions with a layer left out, where a refusal hides what an unread layer says: a
 * service control policy's denial hides everything else, a boundary's that of the identity policies. Nothing is asked
 * where everything was read. A denial by an identity policy needs no further call: the matched statements name the policy.
 * An endpoint that does not know PolicyExclusionList refuses the call, which is then done without.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function ablation(
  reading: Reading,
  calls: readonly SimulationCall[],
  open: OpenLayers,
): Promise<SimulationCall[]> {
  if (!open.identity && !open.boundary) return [];
  const further = await Promise.all(
    calls.flatMap((call) => [
      again(reading, call, open, withoutOrganization, isHiddenByOrganization),
      ...(open.identity ? [again(reading, call, open, withoutBoundary, isHiddenByBoundary)] : []),
    ]),
  );
  return further.flat();
}

async function again(
  reading: Reading,
  call: SimulationCall,
  open: OpenLayers,
  exclusion: PolicyIdentifier,
  isHidden: (row: EvaluationResult) => boolean,
): Promise<SimulationCall[]> {
  const input = call.input as SimulatePrincipalPolicyCommandInput;
  const excluded = input.PolicyExclusionList ?? [];
  // An endpoint that ignores the list would answer the same for ever.
  if (excluded.includes(exclusion)) return [];
  const actions = (call.results as EvaluationResult[]).filter(isHidden).flatMap((row) => row.EvalActionName ?? []);
  if (actions.length === 0) return [];
  const told = await askSimulator(reading, {
    ...input,
    ActionNames: actions,
    PolicyExclusionList: [...excluded, exclusion],
  });
  return "reason" in told ? [] : [told, ...(await ablation(reading, [told], open))];
}

function isHiddenByOrganization(row: EvaluationResult): boolean {
  return row.OrganizationsDecisionDetail?.AllowedByOrganizations === false;
}

/** The calls name one resource at most, so the first specific result is the only one. */
function isHiddenByBoundary(row: EvaluationResult): boolean {
  if (isHiddenByOrganization(row)) return false;
  const own = row.ResourceSpecificResults?.[0] ?? row;
  const namesIdentity = (own.MatchedStatements ?? []).some(
    ({ SourcePolicyType: type = "" }) => !/boundary|resource/i.test(type),
  );
  return own.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false && !namesIdentity;
}
