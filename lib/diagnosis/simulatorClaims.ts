import * as v from "valibot";
import { parseArn, parsePrincipalArn } from "../facts/arn.js";
import { listKeys, simulatorFilledKeys, simulatorRegion } from "../facts/conditionKeys.js";
import type { Layer } from "../facts/layers.js";
import type { ContextKeyState, ContextLookup } from "../policy/ContextKeyState.js";
import type { Question } from "../question/inquiryOf.js";
import type { SimulationCall, Snapshot } from "../snapshot/Snapshot.js";
import type { LayerClaim } from "./LayerClaim.js";

/** What a simulation said of one layer, with the context that it was asked with. */
export interface SimulatorClaim extends LayerClaim {
  lookup: ContextLookup;
}

export type SimulatorClaims = Partial<Record<Layer, SimulatorClaim>>;

/** What we use of a call and its answer; a member that is not as AWS describes it counts as left out. */
const text = v.fallback(v.optional(v.string()), undefined);
const flag = v.fallback(v.optional(v.boolean()), undefined);
const texts = v.fallback(v.array(v.fallback(v.string(), "")), []);
const list = <T extends v.GenericSchema>(item: T) => v.fallback(v.array(item), []);
const record = <T extends v.ObjectEntries>(entries: T) =>
  v.fallback(v.object(entries), () => v.parse(v.object(entries), {}));

const matchedStatement = record({ SourcePolicyId: text, SourcePolicyType: text });
const boundaryDetail = record({ AllowedByPermissionsBoundary: flag });
const specificRow = record({
  EvalResourceName: text,
  EvalResourceDecision: text,
  MatchedStatements: v.fallback(v.optional(list(matchedStatement)), undefined),
  MissingContextValues: texts,
  PermissionsBoundaryDecisionDetail: boundaryDetail,
});
const resultRow = record({
  EvalActionName: text,
  EvalResourceName: text,
  EvalDecision: text,
  MatchedStatements: v.fallback(v.optional(list(matchedStatement)), undefined),
  MissingContextValues: texts,
  OrganizationsDecisionDetail: record({ AllowedByOrganizations: flag }),
  PermissionsBoundaryDecisionDetail: boundaryDetail,
  ResourceSpecificResults: list(specificRow),
});
const inputMembers = record({
  PolicySourceArn: text,
  CallerArn: text,
  ResourceArns: texts,
  PolicyExclusionList: list(record({ PolicyType: text, PolicyArn: text })),
  PolicyInputList: texts,
  PermissionsBoundaryPolicyInputList: texts,
  ResourcePolicy: v.optional(v.unknown()),
  ResourceOwner: v.optional(v.unknown()),
  // Read only where the simulator's own context is asked for, which it seldom is.
  ContextEntries: v.optional(v.unknown()),
});
const contextEntries = list(record({ ContextKeyName: text, ContextKeyValues: texts, ContextKeyType: text }));

type Input = v.InferOutput<typeof inputMembers>;
type Result = v.InferOutput<typeof resultRow>;

/** A simulation that is about the caller, read once. */
export interface ReadSimulation {
  input: Input;
  results: Result[];
}

/** The simulations of a snapshot that count: for this principal, of the policies that are in force. */
export function readSimulations({ simulation, caller }: Snapshot): ReadSimulation[] {
  if (simulation.status !== "read") return [];
  return simulation.value.map(readSimulation).filter(({ input }) => isOfCaller(caller, input));
}

function readSimulation({ input, results }: SimulationCall): ReadSimulation {
  return { input: v.parse(inputMembers, input), results: results.map((row) => v.parse(resultRow, row)) };
}

/**
 * What SimulatePrincipalPolicy said of an action, by layer. A row counts only for exactly the action's own resource,
 * from a call for this principal, without added policies, a replaced boundary, a resource policy or an exclusion of the
 * layer; aggregates over several resources are never trusted (specification, rule 9).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function simulatorClaims(simulations: readonly ReadSimulation[], question: Question): SimulatorClaims {
  const claims: SimulatorClaims = {};
  for (const { input, results } of simulations) {
    const row = rowFor(results, input, question);
    if (row === null) continue;
    const lookup = simulatorLookup(question, input);
    for (const [layer, claim] of Object.entries(claimsOf(row, input)) as [Layer, LayerClaim][]) {
      claims[layer] ??= { ...claim, lookup };
    }
  }
  return claims;
}

interface Row {
  decision: string;
  matched: { id: string; type: string }[];
  hasMissingKeys: boolean;
  organizations: boolean | undefined;
  boundary: boolean | undefined;
}

function isOfCaller(caller: Snapshot["caller"], input: Input): boolean {
  const isHypothetical =
    input.PolicyInputList.length > 0 ||
    input.PermissionsBoundaryPolicyInputList.length > 0 ||
    input.ResourcePolicy !== undefined ||
    input.ResourceOwner !== undefined;
  const isPrincipal = (arn: string | undefined) => {
    const named = arn === undefined ? null : parsePrincipalArn(arn);
    // The simulator resolves roles and users by name: an ARN without the path means the same principal.
    return [caller.principalArn, caller.issuerArn].some((one) => {
      const own = one === undefined ? null : parsePrincipalArn(one);
      return (
        named !== null &&
        own !== null &&
        named.kind === own.kind &&
        named.name === own.name &&
        named.partition === own.partition &&
        named.accountId === own.accountId
      );
    });
  };
  return (
    !isHypothetical &&
    isPrincipal(input.PolicySourceArn) &&
    (input.CallerArn === undefined || isPrincipal(input.CallerArn))
  );
}

function rowFor(results: readonly Result[], input: Input, { action, resource }: Question): Row | null {
  if (typeof resource !== "string") return null;
  for (const row of results) {
    if (row.EvalActionName?.toLowerCase() !== action.toLowerCase()) continue;
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

function excludedLayers({ PolicyType: type, PolicyArn: arn }: Input["PolicyExclusionList"][number]): Layer[] {
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
function claimsOf(row: Row, input: Input): Partial<Record<Layer, LayerClaim>> {
  const claims: Partial<Record<Layer, LayerClaim>> = {};
  const excluded = new Set(input.PolicyExclusionList.flatMap(excludedLayers));
  const say = (layer: Layer, verdict: LayerClaim["verdict"], policy: LayerClaim["policy"] = null) => {
    if (!excluded.has(layer)) claims[layer] = { verdict, policy };
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
function simulatorLookup({ context }: Question, { ContextEntries }: Input): ContextLookup {
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
