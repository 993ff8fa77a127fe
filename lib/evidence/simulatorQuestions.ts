import type { ContextEntry } from "@aws-sdk/client-iam";
import { callKind } from "../facts/actions.js";
import { conditionKeys } from "../facts/conditionKeys.js";
import { contextOf } from "../question/contextOf.js";
import { contextParts, type Question, resourceOf } from "../question/inquiryOf.js";
import type { KnownCaller } from "../question/KnownCaller.js";
import type { KnownKey } from "../question/KnownKey.js";
import type { Snapshot } from "../snapshot/Snapshot.js";

/** What a simulation of either kind is asked: the actions that share a resource and a context. */
export interface SimulatorQuestion {
  ActionNames: string[];
  /** Left out for actions without a resource type. */
  ResourceArns?: string[];
  ContextEntries: ContextEntry[];
}

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
export type Bare = Omit<Snapshot, "key">;

/** Who asks, by which key, and what the simulator is left to fill in by itself. */
export interface Asking {
  caller: KnownCaller;
  key: KnownKey;
  /** By the context key's name in lower case. */
  isLeftOut: (key: string) => boolean;
}

/**
 * The questions to the policy simulator: one for each resource and context, never one for all, since it forms every pair
 * of action and resource. An action whose resource is not known is left out.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export function simulatorQuestions(
  bare: Bare,
  actions: readonly string[],
  { caller, key, isLeftOut }: Asking,
): SimulatorQuestion[] {
  const questions = new Map<string, SimulatorQuestion>();
  const parts = contextParts(bare, caller, key);
  for (const action of actions) {
    const resource = resourceOf(bare, key, callKind(action));
    if (typeof resource !== "string") continue;
    const ContextEntries = contextEntries(bare, contextOf(parts, action), isLeftOut);
    const question = JSON.stringify([resource, ContextEntries]);
    const known = questions.get(question);
    if (known !== undefined) known.ActionNames.push(action);
    else {
      questions.set(question, {
        ActionNames: [action],
        ...(resource !== "*" && { ResourceArns: [resource] }),
        ContextEntries,
      });
    }
  }
  return [...questions.values()];
}

/** Every key with a known value, each once, with the simulator's type for it. */
function contextEntries(bare: Bare, lookup: Question["context"], isLeftOut: Asking["isLeftOut"]): ContextEntry[] {
  const names = new Map<string, string>();
  const tags = (prefix: string, record: Record<string, string>) => Object.keys(record).map((key) => `${prefix}${key}`);
  const { caller, request, context } = bare;
  for (const name of [
    ...conditionKeys.map(({ key }) => key).filter((key) => !/[/:]$/.test(key)),
    ...tags("aws:RequestTag/", request.backupVaultTags),
    ...(caller.tags.status === "read" ? tags("aws:PrincipalTag/", caller.tags.value) : []),
    ...(caller.sessionTags?.status === "read" ? tags("aws:PrincipalTag/", caller.sessionTags.value) : []),
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
