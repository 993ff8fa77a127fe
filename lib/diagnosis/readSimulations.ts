import * as v from "valibot";
import { parsePrincipalArn } from "../facts/arn.js";
import { firstTooDeep } from "../policy/firstTooDeep.js";
import { isSameJson } from "../policy/isSameJson.js";
import type { SimulationCall, Snapshot } from "../snapshot/Snapshot.js";

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
export const contextEntries = list(record({ ContextKeyName: text, ContextKeyValues: texts, ContextKeyType: text }));

export type SimulationInput = v.InferOutput<typeof inputMembers>;
export type SimulationRow = v.InferOutput<typeof resultRow>;

/** A simulation, read once. */
export interface ReadSimulation {
  readonly input: SimulationInput;
  /** By action, in lower case. */
  readonly rows: ReadonlyMap<string, readonly SimulationRow[]>;
}

/** The simulations of a snapshot that count: for this principal, of the policies that are in force. */
export function readSimulations({
  simulation,
  caller,
}: Pick<Snapshot, "simulation" | "caller">): readonly ReadSimulation[] {
  if (simulation.status !== "read") return [];
  return simulation.value.map(readSimulation).filter(({ input }) => isOfCaller(caller, input));
}

/** Of a call that was read: once, without a copy; from the second time on with one, to see whether it was changed since. */
const known = new WeakMap<SimulationCall, { copy: unknown; read: ReadSimulation } | "read once">();

function readSimulation(call: SimulationCall): ReadSimulation {
  const before = known.get(call);
  if (before === undefined) {
    known.set(call, "read once");
    return readCall(call);
  }
  if (before !== "read once" && isSameJson(before.copy, call)) return before.read;
  const read = readCall(call);
  const copy = copied(call);
  if (copy !== null) known.set(call, { copy, read });
  return read;
}

/** AWS's answers have some hundred parts; more are not compared each time. */
const mostParts = 20_000;

/** Null of what is large, deep, or no plain data. */
function copied(call: SimulationCall): unknown {
  try {
    return firstTooDeep(call, 50, mostParts) === null ? structuredClone(call) : null;
  } catch {
    return null;
  }
}

function readCall({ input, results }: SimulationCall): ReadSimulation {
  const rows = new Map<string, SimulationRow[]>();
  for (const result of results) {
    const row = v.parse(resultRow, result);
    const action = row.EvalActionName?.toLowerCase() ?? "";
    const others = rows.get(action);
    if (others === undefined) rows.set(action, [row]);
    else others.push(row);
  }
  return { input: v.parse(inputMembers, input), rows };
}

function isOfCaller(caller: Snapshot["caller"], input: SimulationInput): boolean {
  const isHypothetical =
    input.PolicyInputList.length > 0 ||
    input.PermissionsBoundaryPolicyInputList.length > 0 ||
    input.ResourcePolicy !== undefined ||
    input.ResourceOwner !== undefined;
  const isPrincipal = (arn: string | undefined) => {
    if (arn === caller.principalArn) return true;
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
