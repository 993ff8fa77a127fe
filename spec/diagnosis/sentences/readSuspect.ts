import type { Suspect } from "../../../lib/diagnosis/Diagnosis.js";
import type { Snapshot } from "../../../lib/snapshot/Snapshot.js";
import { listOf } from "../../oracle/listOf.js";
import { readDocument } from "../../oracle/readDocument.js";
import { mentionedKeys } from "../../random/mentionedKeys.js";
import {
  isCalled,
  isNotWhole,
  layersByName,
  listed,
  type PolicyHere,
  policiesHere,
  refusals,
  someActions,
  someLayer,
  statementsIn,
} from "./facts.js";

const shape = new RegExp(
  `^The ${someLayer}(?:, beside the grant "([\\s\\S]*?)",)?(?:, statement (?:at index (\\d+)|"([\\s\\S]*?)") of "([\\s\\S]*?)"(?: at (\\S+))?)? might block ${someActions}(?: \\(([\\s\\S]+)\\))?\\.(?: ((?:Blocked|Allowed|It depends|It hangs|Say) [\\s\\S]+))?$`,
);

/** What a suspect's reason says that is not so. */
export function readSuspect(snapshot: Snapshot, suspect: Suspect): string[] {
  const match = shape.exec(suspect.reason);
  if (match === null) return ["a sentence of no known shape"];
  const [, layerName = "", grant, index, sid, name, target, what = "", why, hangs] = match;
  const layer = layersByName[layerName] ?? "key-state";
  const untrue: string[] = [];
  if (layer !== suspect.layer) untrue.push(`it is about ${suspect.layer}`);
  if (listed(what).join() !== suspect.actions.join()) untrue.push(`it is about ${suspect.actions.join()}`);
  const here = policiesHere(snapshot, layer) ?? [];
  const meant = here.filter(
    ({ policy, target: place }) => isCalled(policy, name ?? "") && (target === undefined || place?.id === target),
  );
  const statement = meant
    .flatMap(({ policy }) => statementsIn(policy))
    .find((one, place) => (index === undefined ? one.Sid === sid : place === Number(index)));
  if (grant !== undefined && !isGrant(snapshot, grant)) untrue.push(`there is no grant ${grant}`);
  if (name !== undefined && statement === undefined && !isNotWhole(snapshot, layer))
    untrue.push(`there is no such statement of ${name}`);
  if (why !== undefined) untrue.push(...readWhy(snapshot, here, suspect, why));
  if (hangs !== undefined) untrue.push(...readQuestion(snapshot, statement, hangs));
  return untrue;
}

function isGrant({ key }: Snapshot, name: string): boolean {
  if (key.status !== "read" || key.value.grants.status !== "read") return false;
  return key.value.grants.value.some(({ grantId }) => name === grantId);
}

/** Why a layer is not decided: AWS refused to let it be read, nobody looked, or a text is damaged. */
function readWhy(snapshot: Snapshot, here: PolicyHere[], { layer }: Suspect, why: string): string[] {
  let rest = why;
  for (const reason of refusals(snapshot)) rest = rest.replaceAll(reason, "~");
  return rest.split("; ").flatMap((part) => {
    if (/^(.*: )?~$/.test(part))
      return isNotWhole(snapshot, layer) || layer === "key-state" ? [] : [`all of ${layer} was read`];
    if (/^(.*: )?not read$/.test(part))
      return isNotWhole(snapshot, layer) || layer === "key-state" ? [] : [`${layer} was read`];
    // What a plan writes where the state hangs on its apply.
    if (layer === "key-state" && snapshot.key.status === "read" && snapshot.key.value.state === `plan:${part}`)
      return [];
    const [, state] = /^KMS documents no state (\S+)$/.exec(part) ?? [];
    if (state !== undefined) {
      return snapshot.key.status === "read" && snapshot.key.value.state === state ? [] : [`the state is not ${state}`];
    }
    const [, action] =
      /^KMS refused a dry run of (\S+), which carries another context than the forwarded call$/.exec(part) ?? [];
    if (action !== undefined) {
      const runs = snapshot.dryRun?.status === "read" ? snapshot.dryRun.value : [];
      const isSo = runs.some((run) => run.action.toLowerCase() === action.toLowerCase() && !run.allowed);
      return isSo ? [] : [`no dry run of ${action} was refused`];
    }
    const [, unread] = /^([\s\S]*): could not be read$/.exec(part) ?? [];
    if (unread !== undefined) {
      return here.some(({ policy }) => policy.name === unread && policy.document === null)
        ? []
        : [`${unread} was read`];
    }
    const damaged = here.find(({ policy }) => part.startsWith(policy.name) && policy.document !== null);
    if (damaged === undefined) return [`a reason of no known shape: ${part}`];
    const says = saysUnread.test(part);
    const isWhole = readDocument(damaged.policy.document, true).isWhole;
    return [
      ...(says ? [`${damaged.policy.name} was read`] : []),
      ...(isWhole ? [`${damaged.policy.name} is not damaged`] : []),
    ];
  });
}

const saysUnread = /(could|was) not (be )?read/;

function readQuestion(
  snapshot: Snapshot,
  statement: ReturnType<typeof statementsIn>[number] | undefined,
  text: string,
): string[] {
  const [, keys] = /^It depends on ([\s\S]+)\.$/.exec(text) ?? [];
  if (keys !== undefined) return listed(keys).flatMap((key) => dependsTruly(snapshot, key));
  const [, planned] = /^It hangs on what only the apply tells: ([\s\S]+)\.$/.exec(text) ?? [];
  if (planned !== undefined && statement !== undefined) {
    const tested = keysOf(statement);
    return listed(planned).flatMap((name) => (tested.includes(`plan:${name}`) ? [] : [`the statement has no ${name}`]));
  }
  const [, tests = "", told] =
    /^([\s\S]+?) Say --context (\S+)=VALUE \(or null where the call does not carry it\) to decide it\.$/.exec(text) ??
    [];
  if (told === undefined) return [`a question of no known shape: ${text}`];
  if (statement === undefined) return ["a question about no statement"];
  const untrue: string[] = [];
  if (!keysOf(statement).includes(told.toLowerCase())) untrue.push(`the statement does not test ${told}`);
  for (const test of tests.split(/(?<=\.) (?=Blocked|Allowed)/)) untrue.push(...readTest(statement, test));
  return untrue;
}

function keysOf({ Condition }: ReturnType<typeof statementsIn>[number]): string[] {
  return Object.values(Condition ?? {}).flatMap((tests) => Object.keys(tests).map((key) => key.toLowerCase()));
}

/** "Blocked unless aws:SourceVpce is vpce-1." says what the statement's own test says. */
function readTest(statement: ReturnType<typeof statementsIn>[number], test: string): string[] {
  const match = /^(Blocked|Allowed) (unless|where) (\S+) ([\s\S]+)\.$/.exec(test);
  if (match === null) return [`a test of no known shape: ${test}`];
  const [, outcome, relation, key = "", verb = ""] = match;
  if ((outcome === "Blocked") !== (statement.Effect === "Deny")) return [`the statement is an ${statement.Effect}`];
  const isSo = Object.entries(statement.Condition ?? {}).some(([operator, tests]) =>
    Object.entries(tests).some(([name, values]) => {
      if (name.toLowerCase() !== key.toLowerCase()) return false;
      const operands = listOf(values).map(String);
      if (operator === "Null")
        return verb === (operands.includes("true") ? "is absent" : "is present") && relation === "where";
      if ((relation === "unless") !== operator.includes("Not")) return false;
      const isOfSet = (set: string, words: string) => operator.startsWith(set) === verb.startsWith(words);
      if (!isOfSet("ForAllValues", "has only values that: ") || !isOfSet("ForAnyValue", "has a value that: "))
        return false;
      return operands.slice(0, 3).every((operand) => verb.includes(operand));
    }),
  );
  return isSo ? [] : [`no condition says: ${test}`];
}

/** A condition key that some policy asks for, who calls, or a part of the snapshot that was not read. */
function dependsTruly(snapshot: Snapshot, key: string): string[] {
  if (/^(policies|key|caller|organization)\b/.test(key)) {
    const found = key
      .split(/[.[\]]+/)
      .filter((part) => part !== "")
      .reduce<unknown>((node, part) => {
        const held = isRead(node) ? node.value : node;
        return typeof held === "object" && held !== null ? (held as Record<string, unknown>)[part] : undefined;
      }, snapshot);
    return isRead(found) && !Array.isArray(found.value) && !("document" in (found.value as object))
      ? [`${key} was read`]
      : [];
  }
  if (key === "principal") return [];
  const name = key.toLowerCase();
  const isAsked = mentionedKeys(snapshot).has(name) || /^kms:(encryptioncontext|grantoperations)/.test(name);
  return isAsked ? [] : [`no policy asks for ${key}`];
}

function isRead(node: unknown): node is { status: "read"; value: unknown } {
  return typeof node === "object" && node !== null && "status" in node && node.status === "read";
}
