import * as v from "valibot";
import { parseArn } from "../facts/arn.js";
import { listKeys, simulatorFilledKeys, simulatorRegion } from "../facts/conditionKeys.js";
import type { Layer } from "../facts/layers.js";
import type { ContextKeyState, ContextLookup } from "../policy/ContextKeyState.js";
import type { Question } from "../question/inquiryOf.js";
import type { LayerClaim } from "./LayerClaim.js";
import { contextEntries, type ReadSimulation, type SimulationInput, type SimulationRow } from "./readSimulations.js";

/** What a simulation said of one layer, and what it was asked with. */
export interface SimulatorClaim extends LayerClaim {
  readonly input: SimulationInput;
}

export type SimulatorClaims = Partial<Record<Layer, SimulatorClaim>>;

/**
 * What SimulatePrincipalPolicy said of an action, by layer. A row counts only for exactly the action's own resource,
 * from a call for this principal, without added policies, a replaced boundary, a resource policy or an exclusion of the
 * layer; aggregates over several resources are never trusted (specification, rule 9).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function simulatorClaims(simulations: readonly ReadSimulation[], question: Question): SimulatorClaims {
  const { action, resource } = question;
  if (typeof resource !== "string") return nothing;
  let claims = nothing;
  // What the first one says counts.
  for (const simulation of simulations) {
    const said = claimsIn(simulation, action, resource);
    if (said !== nothing) claims = claims === nothing ? said : { ...said, ...claims };
  }
  return claims;
}

/** Of a simulation that says nothing. */
const nothing: SimulatorClaims = Object.freeze({});

interface Claimed {
  resource: string;
  said: SimulatorClaims;
}

/** What simulations were found to say, by action. */
const found = new WeakMap<ReadSimulation, Map<string, Claimed>>();

/** The same object for the same question. */
function claimsIn(simulation: ReadSimulation, action: string, resource: string): SimulatorClaims {
  const claims = found.get(simulation) ?? new Map<string, Claimed>();
  found.set(simulation, claims);
  const known = claims.get(action);
  if (known?.resource === resource) return known.said;
  const row = rowFor(simulation.rows.get(action.toLowerCase()) ?? [], simulation.input, resource);
  const said = row === null ? nothing : claimsOf(row, simulation.input);
  claims.set(action, { resource, said });
  return said;
}

interface Row {
  decision: string;
  matched: { id: string; type: string }[];
  hasMissingKeys: boolean;
  organizations: boolean | undefined;
  boundary: boolean | undefined;
}

function rowFor(rows: readonly SimulationRow[], input: SimulationInput, resource: string): Row | null {
  for (const row of rows) {
    const specific = row.ResourceSpecificResults;
    const own = specific.find(({ EvalResourceName }) => EvalResourceName === resource);
    if (specific.length > 0 ? own === undefined : row.EvalResourceName !== resource) continue;
    const { AllowedByOrganizations: organizations } = row.OrganizationsDecisionDetail;
    const isAlone = input.ResourceArns.length < 2;
    // Told for the row as a whole: of several resources, the refusal may be another's.
    if (organizations === false && !isAlone) continue;
    const decision = own === undefined ? row.EvalDecision : own.EvalResourceDecision;
    if (decision === undefined) continue;
    const part = own ?? row;
    return {
      decision,
      matched: (part.MatchedStatements ?? (isAlone ? row.MatchedStatements : undefined) ?? []).map(
        ({ SourcePolicyId: id = "", SourcePolicyType: type = "" }) => ({ id, type }),
      ),
      hasMissingKeys: part.MissingContextValues.length > 0,
      organizations,
      boundary: part.PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,
    };
  }
  return null;
}

function excludedLayers({ PolicyType: type, PolicyArn: arn }: SimulationInput["PolicyExclusionList"][number]): Layer[] {
  // An ARN with a wildcard may leave out both.
  if (arn !== undefined && parseArn(arn)?.service !== "iam") return ["service-control-policy", "identity-policy"];
  return [excludedLayer(type)];
}

function excludedLayer(type: string | undefined): Layer {
  if (type === "scp") return "service-control-policy";
  if (type === "permission-boundary") return "permissions-boundary";
  // The simulator does not evaluate resource control policies, so leaving them out changes nothing.
  return type === "rcp" ? "resource-control-policy" : "identity-policy";
}

/** What a row says, layer by layer; what an organization's refusal hides stays unsaid. */
function claimsOf(row: Row, input: SimulationInput): SimulatorClaims {
  const claims: SimulatorClaims = {};
  const excluded = new Set(input.PolicyExclusionList.flatMap(excludedLayers));
  const say = (layer: Layer, verdict: LayerClaim["verdict"], policy: LayerClaim["policy"] = null) => {
    if (!excluded.has(layer)) claims[layer] = { verdict, policy, input };
  };
  const isExplicit = row.decision === "explicitDeny";

  if (row.organizations === false) {
    say("service-control-policy", isExplicit ? "explicitDeny" : "implicitDeny");
    return claims;
  }
  if (row.organizations === true) say("service-control-policy", "allowed");

  const ofBoundary = row.matched.find(({ type }) => /boundary/i.test(type));
  const ofIdentity = row.matched.find(({ type }) => !/boundary|resource/i.test(type));
  // Without a boundary the detail is left out, so an allowed row says that none stands in the way.
  if (row.boundary === true || row.decision === "allowed") say("permissions-boundary", "allowed");
  // With missing keys a condition may be what failed, so a silence may not be the real call's; beside an explicit Deny
  // missing keys are not told (aws-behaviour, simulator-missing-keys), so a boundary's silence there is not sure either.
  const isSilenceSure = !isExplicit && !row.hasMissingKeys;
  if (row.boundary === false && isExplicit && ofBoundary !== undefined) say("permissions-boundary", "explicitDeny");
  else if (row.boundary === false && isSilenceSure) say("permissions-boundary", "implicitDeny");
  if (row.decision === "allowed") say("identity-policy", "allowed");
  else if (isExplicit && (ofIdentity !== undefined || (row.matched.length === 0 && row.boundary !== false))) {
    // Organizations and boundary would have said so themselves; what is left is the identity policy.
    const id = ofIdentity?.id ?? "";
    say("identity-policy", "explicitDeny", id === "" ? null : { name: id });
  } else if (row.decision === "implicitDeny" && row.boundary !== false && isSilenceSure) {
    say("identity-policy", "implicitDeny");
  }
  return claims;
}

/** Filled in by what was captured and not by what is documented, or the other way round (docs/decisions/0006). */
const uncertainKeys: ReadonlySet<string> = new Set(["aws:principalarn", "aws:userid"]);

/**
 * The context that the simulator evaluated: what it was given, what it fills in by itself, its own default Region, and
 * nothing else.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */
export function simulatorLookup({ context }: Question, { ContextEntries }: SimulationInput): ContextLookup {
  let given: ReadonlyMap<string, ContextKeyState> | null = null;
  return (key) => {
    given ??= givenStates(ContextEntries);
    const lower = key.toLowerCase();
    const { name, state } = context(key);
    const told = given.get(lower);
    if (told !== undefined) return { name, state: told };
    if (uncertainKeys.has(lower)) return { name, state: { kind: "unknown", multiValued: false } };
    if (simulatorFilledKeys.has(lower)) return { name, state };
    if (lower === "aws:requestedregion") return { name, state: { kind: "value", value: simulatorRegion } };
    return { name, state: { kind: "absent" } };
  };
}

function givenStates(entries: unknown): ReadonlyMap<string, ContextKeyState> {
  const given = new Map<string, ContextKeyState>();
  for (const { ContextKeyName: name = "", ContextKeyValues: values, ContextKeyType: type = "" } of v.parse(
    contextEntries,
    entries,
  )) {
    const isList = /list$/i.test(type) || listKeys.has(name.toLowerCase());
    given.set(name.toLowerCase(), { kind: "value", value: isList ? values : (values[0] ?? "") });
  }
  return given;
}
