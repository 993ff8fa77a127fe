import { parseCallerArn } from "../caller/parseCallerArn.js";
import type { ContextLookup, KeyState } from "../policy/KeyState.js";
import { contextFor } from "../request/contextFor.js";
import { multiValuedKeys } from "../request/keyNames.js";
import { resourceOf } from "../request/resourceOf.js";
import type { SimulationCall, Snapshot } from "../snapshot/Snapshot.js";
import type { Layer } from "../verdict/Layer.js";
import type { Claim } from "./Claim.js";

/** What a simulation said of one layer, with the context that it was asked with. */
export interface SimulatorClaim extends Claim {
  lookup: ContextLookup;
}

/**
 * What SimulatePrincipalPolicy said of an action, by layer. A row counts only for exactly the action's own resource, from
 * a call for this principal, without added policies, a replaced boundary, a resource policy or an exclusion of the layer;
 * aggregates over several resources are never trusted (contract, rule 9).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function simulatorClaims(snapshot: Snapshot, action: string): Partial<Record<Layer, SimulatorClaim>> {
  if (snapshot.simulation.status !== "read") return {};
  const claims: Partial<Record<Layer, SimulatorClaim>> = {};
  for (const call of snapshot.simulation.value) {
    const input = simulationInput(call);
    if (!isOfCaller(snapshot, input)) continue;
    const row = rowFor(call, input, action, resourceOf(snapshot, action));
    if (row === null) continue;
    const lookup = simulatorLookup(snapshot, action, input);
    for (const [layer, claim] of Object.entries(claimsOf(row, input)) as [Layer, Claim][]) {
      claims[layer] ??= { ...claim, lookup };
    }
  }
  return claims;
}

interface SimulationInput {
  principal: string | undefined;
  callerArn: string | undefined;
  resources: string[];
  excludes: { layer: Layer }[];
  /** Added policies, a replaced boundary or a resource policy: the call says nothing of what is in force. */
  isHypothetical: boolean;
  context: { name: string; values: string[]; isList: boolean }[];
}

interface Row {
  decision: string;
  matched: { id: string; type: string }[];
  hasMissingKeys: boolean;
  organizations: boolean | undefined;
  boundary: boolean | undefined;
}

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function texts(value: unknown): string[] {
  return list(value).filter((item) => typeof item === "string");
}

function simulationInput(call: SimulationCall): SimulationInput {
  const input = fields(call.input);
  return {
    principal: text(input.PolicySourceArn),
    callerArn: text(input.CallerArn),
    resources: texts(input.ResourceArns),
    excludes: list(input.PolicyExclusionList).map((item) => ({ layer: excludedLayer(fields(item)) })),
    isHypothetical:
      list(input.PolicyInputList).length > 0 ||
      list(input.PermissionsBoundaryPolicyInputList).length > 0 ||
      input.ResourcePolicy !== undefined ||
      input.ResourceOwner !== undefined,
    context: list(input.ContextEntries).map((item) => {
      const entry = fields(item);
      return {
        name: text(entry.ContextKeyName) ?? "",
        values: texts(entry.ContextKeyValues),
        isList: /list$/i.test(text(entry.ContextKeyType) ?? ""),
      };
    }),
  };
}

function excludedLayer({ PolicyType: type }: Fields): Layer {
  if (type === "scp") return "service-control-policy";
  if (type === "permission-boundary") return "permissions-boundary";
  // The simulator does not evaluate resource control policies, so leaving them out changes nothing.
  return type === "rcp" ? "resource-control-policy" : "identity-policy";
}

function isOfCaller({ caller }: Snapshot, { principal, callerArn, isHypothetical }: SimulationInput): boolean {
  const isPrincipal = (arn: string | undefined) => {
    if (arn === undefined) return false;
    if (arn === caller.principalArn || arn === caller.issuerArn) return true;
    const named = parseCallerArn(arn);
    const own = parseCallerArn(caller.principalArn);
    // The simulator resolves roles and users by name: an ARN without the path means the same principal.
    return (
      named !== null &&
      own !== null &&
      `${named.kind}/${named.name}/${named.accountId}` === `${own.kind}/${own.name}/${own.accountId}`
    );
  };
  return !isHypothetical && isPrincipal(principal) && (callerArn === undefined || isPrincipal(callerArn));
}

function rowFor(
  call: SimulationCall,
  input: SimulationInput,
  action: string,
  resource: ReturnType<typeof resourceOf>,
): Row | null {
  if (typeof resource !== "string") return null;
  for (const result of call.results) {
    const row = fields(result);
    if (text(row.EvalActionName)?.toLowerCase() !== action.toLowerCase()) continue;
    const specific = list(row.ResourceSpecificResults).map(fields);
    const own = specific.find(({ EvalResourceName }) => EvalResourceName === resource);
    if (specific.length > 0 ? own === undefined : row.EvalResourceName !== resource) continue;
    const organizations = fields(row.OrganizationsDecisionDetail).AllowedByOrganizations;
    // Told for the row as a whole: of several resources, the refusal may be another's.
    if (organizations === false && input.resources.length > 1) continue;
    const part = own ?? row;
    const decision = text(own === undefined ? row.EvalDecision : own.EvalResourceDecision);
    if (decision === undefined) continue;
    return {
      decision,
      matched: list(part.MatchedStatements ?? (input.resources.length < 2 ? row.MatchedStatements : []))
        .map(fields)
        .map(({ SourcePolicyId, SourcePolicyType }) => ({
          id: text(SourcePolicyId) ?? "",
          type: text(SourcePolicyType) ?? "",
        })),
      hasMissingKeys: list(part.MissingContextValues).length > 0,
      organizations: booleanOf(organizations),
      boundary: booleanOf(fields(part.PermissionsBoundaryDecisionDetail).AllowedByPermissionsBoundary),
    };
  }
  return null;
}

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** What a row says, layer by layer; what an organization's refusal hides stays unsaid. */
function claimsOf(row: Row, input: SimulationInput): Partial<Record<Layer, Claim>> {
  const claims: Partial<Record<Layer, Claim>> = {};
  const isExcluded = (layer: Layer) => input.excludes.some((exclusion) => exclusion.layer === layer);
  const say = (layer: Layer, verdict: Claim["verdict"], policy: Claim["policy"] = null) => {
    if (!isExcluded(layer)) claims[layer] = { verdict, policy };
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
  if (row.boundary === false) {
    say("permissions-boundary", isExplicit && ofBoundary !== undefined ? "explicitDeny" : "implicitDeny");
  }
  if (row.decision === "allowed") say("identity-policy", "allowed");
  else if (isExplicit && (ofIdentity !== undefined || (row.matched.length === 0 && row.boundary !== false))) {
    // Organizations and boundary would have said so themselves; what is left is the identity policy.
    const id = ofIdentity?.id ?? "";
    say("identity-policy", "explicitDeny", id === "" ? null : { name: id });
  } else if (row.decision === "implicitDeny" && row.boundary !== false && !row.hasMissingKeys) {
    // With missing keys a condition may be what failed, so the silence may not be the real call's.
    say("identity-policy", "implicitDeny");
  }
  return claims;
}

/**
 * The context that the simulator evaluated: what it was given, what it fills in by itself, its own default Region, and
 * nothing else.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */
function simulatorLookup(snapshot: Snapshot, action: string, input: SimulationInput): ContextLookup {
  const real = contextFor(snapshot, action);
  const given = new Map<string, KeyState>();
  for (const { name, values, isList } of input.context) {
    const isMulti = isList || multiValuedKeys.has(name.toLowerCase());
    given.set(name.toLowerCase(), { kind: "value", value: isMulti ? values : (values[0] ?? "") });
  }
  return (key) => {
    const lower = key.toLowerCase();
    const { name, state } = real(key);
    const told = given.get(lower);
    if (told !== undefined) return { name, state: told };
    if (filledIn.has(lower)) return { name, state };
    if (lower === "aws:requestedregion") return { name, state: { kind: "value", value: "us-east-1" } };
    return { name, state: { kind: "absent" } };
  };
}

const filledIn = new Set([
  "aws:principalaccount",
  "aws:principaltype",
  "aws:userid",
  "aws:username",
  "aws:principalorgid",
  "aws:principalorgpaths",
]);
