import type { SimulateCustomPolicyCommandInput } from "@aws-sdk/client-iam";
import { reasonOf } from "../aws/Answer.js";
import { awsReader } from "../aws/awsReader.js";
import type { ClientSettings } from "../aws/ClientSettings.js";
import { diagnosticClients } from "../aws/diagnosticClients.js";
import type { LoggedCall } from "../aws/LoggedCall.js";
import { wideSignal } from "../aws/wideSignal.js";
import { knownCaller } from "../question/KnownCaller.js";
import { knownKey } from "../question/KnownKey.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { explainRead, isAnswerOfRead } from "./explainRead.js";
import type { Reading } from "./Reading.js";
import { type ItemOf, readList } from "./readList.js";
import { simulatorQuestions } from "./simulatorQuestions.js";

/** Policies that are given, and what they are asked. */
export interface CustomSimulation {
  /** Who asks, about what and in which context. */
  snapshot: Snapshot;
  actions: readonly string[];
  policies: {
    identity: readonly string[];
    boundary?: string;
    serviceControl?: readonly (readonly string[])[];
  };
}

/** One action's answer; an action whose resource is not known has none. */
export interface SimulatedRow {
  action: string;
  decision: "allowed" | "explicitDeny" | "implicitDeny";
  missing: readonly string[];
}

type Asked = SimulatedRow[] | { reason: string };

/**
 * Asks SimulateCustomPolicy about policies as they might be. Never rejects: what is refused, fails or is not answered in
 * time is a reason.
 *
 * @param settings as whom; it needs iam:SimulateCustomPolicy
 * @returns an answer for each, in their order, and the log of calls
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
 */
export async function customSimulations(
  simulations: readonly CustomSimulation[],
  settings: ClientSettings,
  limits: { signal: AbortSignal; callLimit?: number },
): Promise<{ answers: Asked[]; calls: LoggedCall[] }> {
  const { signal, release } = wideSignal(limits.signal);
  const reader = await awsReader({ ...limits, signal, explain: explainRead, isAnswer: isAnswerOfRead });
  const clients = diagnosticClients(settings);
  try {
    const answers = await Promise.all(simulations.map((one) => simulated({ clients, reader }, one)));
    return { answers, calls: reader.calls };
  } finally {
    release();
    clients.destroy();
  }
}

async function simulated(reading: Reading, simulation: CustomSimulation): Promise<Asked> {
  try {
    const rows = await Promise.all(
      inputsOf(simulation).map(async (input) => {
        const answer = await readList(reading, "iam:SimulateCustomPolicy", input);
        if (!answer.ok) throw new Error(reasonOf(answer));
        return (input.ActionNames ?? []).map((action) => rowOf(answer.value, action, input.ResourceArns?.[0]));
      }),
    );
    return rows.flat();
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

function inputsOf({ snapshot, actions, policies }: CustomSimulation): SimulateCustomPolicyCommandInput[] {
  const { identity, boundary, serviceControl } = policies;
  // No principal is named, so that nothing is filled in: everything that is known is told.
  const asking = { caller: knownCaller(snapshot), key: knownKey(snapshot), isLeftOut: () => false };
  return simulatorQuestions(snapshot, actions, asking).map((question) => ({
    PolicyInputList: identity.map(inLatin),
    ...(boundary !== undefined && { PermissionsBoundaryPolicyInputList: [inLatin(boundary)] }),
    ...(serviceControl !== undefined && {
      OrderedOrganizationPolicyInputList: serviceControl.map((level) => ({
        ServiceControlPolicyInputList: level.map(inLatin),
      })),
    }),
    ...question,
  }));
}

/** The simulator takes documents in Latin-1 alone; what else stands in them stands in JSON texts, where it can be escaped. */
function inLatin(document: string): string {
  return document.replace(
    /[^\t\n\r\u0020-\u00FF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The row of an action: of its own resource where the results are told by resource. */
function rowOf(
  results: readonly ItemOf<"iam:SimulateCustomPolicy">[],
  action: string,
  resource: string | undefined,
): SimulatedRow {
  const row = results.find(({ EvalActionName }) => EvalActionName.toLowerCase() === action.toLowerCase());
  const { ResourceSpecificResults: specific = [] } = row ?? {};
  const own = specific.find(({ EvalResourceName }) => EvalResourceName === resource);
  if (row === undefined || (specific.length > 0 && own === undefined)) {
    throw new Error(`the answer says nothing of ${action} on ${resource ?? "*"}`);
  }
  const missing = own?.MissingContextValues ?? row.MissingContextValues ?? [];
  return { action, decision: own?.EvalResourceDecision ?? row.EvalDecision, missing };
}
