import type { ContextEntry, SimulatePrincipalPolicyCommandInput } from "@aws-sdk/client-iam";
import { reasonOf } from "../aws/Answer.js";
import { callKind, requiredActions, tagAction } from "../facts/actions.js";
import { conditionKeys, simulatorFilledKeys } from "../facts/conditionKeys.js";
import { contextOf } from "../question/contextOf.js";
import { contextParts, type Question, resourceOf } from "../question/inquiryOf.js";
import { knownCaller } from "../question/KnownCaller.js";
import { knownKey } from "../question/KnownKey.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { SimulationCall, Snapshot } from "../snapshot/Snapshot.js";
import type { Reading } from "./Reading.js";
import { readList } from "./readList.js";

/**
 * Keys that are left to the simulator: it fills them in, or knows better. That it fills in aws:PrincipalArn was captured,
 * but its documentation says that it does not, so that one is sent.
 */
const isLeftOut = (key: string) => key === "aws:userid" || (simulatorFilledKeys.has(key) && key !== "aws:principalarn");

/** The types that are not plain text; the simulator checks and compares by them. */
const types: Readonly<Record<string, ContextEntry["ContextKeyType"]>> = {
  "aws:viaawsservice": "boolean",
  "aws:securetransport": "boolean",
  "aws:principalisawsservice": "boolean",
  "aws:assumedroot": "boolean",
  "aws:multifactorauthpresent": "boolean",
  "aws:multifactorauthage": "numeric",
  "kms:grantisforawsresource": "boolean",
  "kms:multiregion": "boolean",
  "aws:currenttime": "date",
  "aws:epochtime": "numeric",
  "aws:tokenissuetime": "date",
  "aws:sourceip": "ip",
  "aws:vpcsourceip": "ip",
};

/** What the questions are made of before the key, or any policy, was read. */
type Bare = Omit<Snapshot, "key">;

/**
 * Asks the IAM policy simulator for the seven actions: one call for each resource and context, never one for all, since
 * the simulator forms every pair of action and resource; MountCapsule without a resource, the others on the real ARNs;
 * always with the Region, which it else takes to be us-east-1. A key policy is never passed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function simulation(
  reading: Reading,
  snapshot: Bare,
  keyArn: string | null,
): Promise<Evidence<SimulationCall[]>> {
  // Neither root nor a federated user can be simulated.
  if (!/:(user|role)\//.test(snapshot.caller.principalArn)) return { status: "notRead" };
  const outcomes = await Promise.all(simulationInputs(snapshot, keyArn).map((input) => askSimulator(reading, input)));
  const calls = outcomes.filter((outcome) => "input" in outcome);
  const failure = outcomes.find((outcome) => "reason" in outcome);
  if (calls.length === 0 && failure !== undefined) return { status: "unreadable", reason: failure.reason };
  return { status: "read", value: calls };
}

/** The inputs of the calls that are needed: actions that share resource and context go together. */
function simulationInputs(bare: Bare, keyArn: string | null): SimulatePrincipalPolicyCommandInput[] {
  const inputs = new Map<string, SimulatePrincipalPolicyCommandInput>();
  const unread = { ...bare, key: { status: "notRead" } as const };
  const key = { ...knownKey(unread), ...(keyArn !== null && { arn: keyArn }) };
  const parts = contextParts(bare, knownCaller(bare), key);
  const isTagged = Object.keys(bare.request.backupVaultTags).length > 0;
  for (const action of [...requiredActions, ...(isTagged ? [tagAction] : [])]) {
    const resource = resourceOf(bare, key, callKind(action));
    if (typeof resource !== "string") continue;
    const ContextEntries = contextEntries(bare, contextOf(parts, action));
    const question = JSON.stringify([resource, ContextEntries]);
    const known = inputs.get(question);
    if (known !== undefined) known.ActionNames?.push(action);
    else {
      inputs.set(question, {
        PolicySourceArn: bare.caller.principalArn,
        ActionNames: [action],
        ...(resource !== "*" && { ResourceArns: [resource] }),
        ContextEntries,
      });
    }
  }
  return [...inputs.values()];
}

/** Every key with a known value, each once, with the simulator's type for it. */
function contextEntries(bare: Bare, lookup: Question["context"]): ContextEntry[] {
  const names = new Map<string, string>();
  const tags = (prefix: string, record: Record<string, string>) => Object.keys(record).map((key) => `${prefix}${key}`);
  const { caller, request, context } = bare;
  for (const name of [
    ...conditionKeys.map(({ key }) => key).filter((key) => !/[/:]$/.test(key)),
    ...tags("aws:RequestTag/", request.backupVaultTags),
    ...(caller.tags.status === "read" ? tags("aws:PrincipalTag/", caller.tags.value) : []),
    ...Object.keys(context),
  ]) {
    if (!isLeftOut(name.toLowerCase()) && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names].flatMap(([lower, name]): ContextEntry[] => {
    const { state } = lookup(name);
    if (state.kind !== "value" || name.length < 5) return [];
    const isList = typeof state.value !== "string";
    const values = typeof state.value === "string" ? [state.value] : [...state.value];
    if (values.length === 0 || values.includes("")) return [];
    return [
      {
        ContextKeyName: name,
        ContextKeyValues: values,
        ContextKeyType: isList ? "stringList" : (types[lower] ?? "string"),
      },
    ];
  });
}

/** One call with all its pages. */
export async function askSimulator(
  reading: Reading,
  input: SimulatePrincipalPolicyCommandInput,
): Promise<SimulationCall | { reason: string }> {
  const answer = await readList(reading, "iam:SimulatePrincipalPolicy", input);
  return answer.ok ? { input, results: answer.value } : { reason: reasonOf(answer) };
}
