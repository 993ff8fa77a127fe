import type { SimulatePrincipalPolicyCommandInput } from "@aws-sdk/client-iam";
import { reasonOf } from "../aws/Answer.js";
import { requiredActions, tagAction } from "../facts/actions.js";
import { simulatorFilledKeys } from "../facts/conditionKeys.js";
import { knownCaller } from "../question/KnownCaller.js";
import { knownKey } from "../question/KnownKey.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { SimulationCall } from "../snapshot/Snapshot.js";
import type { Reading } from "./Reading.js";
import { readList } from "./readList.js";
import { type Bare, simulatorQuestions } from "./simulatorQuestions.js";

/**
 * Keys that are left to the simulator: it fills them in, or knows better. That it fills in aws:PrincipalArn was captured,
 * but its documentation says that it does not, so that one is sent.
 */
const isLeftOut = (key: string) => key === "aws:userid" || (simulatorFilledKeys.has(key) && key !== "aws:principalarn");

/**
 * Asks the IAM policy simulator for the seven actions: MountCapsule without a resource, the others on the real ARNs;
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

function simulationInputs(bare: Bare, keyArn: string | null): SimulatePrincipalPolicyCommandInput[] {
  const unread = { ...bare, key: { status: "notRead" } as const };
  const key = { ...knownKey(unread), ...(keyArn !== null && { arn: keyArn }) };
  const isTagged = Object.keys(bare.request.backupVaultTags).length > 0;
  const actions = [...requiredActions, ...(isTagged ? [tagAction] : [])];
  return simulatorQuestions(bare, actions, { caller: knownCaller(bare), key, isLeftOut }).map((question) => ({
    PolicySourceArn: bare.caller.principalArn,
    ...question,
  }));
}

/** One call with all its pages. */
export async function askSimulator(
  reading: Reading,
  input: SimulatePrincipalPolicyCommandInput,
): Promise<SimulationCall | { reason: string }> {
  const answer = await readList(reading, "iam:SimulatePrincipalPolicy", input);
  return answer.ok ? { input, results: answer.value } : { reason: reasonOf(answer) };
}
