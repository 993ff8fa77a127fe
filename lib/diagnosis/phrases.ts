import { type Layer, layerNames } from "../facts/layers.js";
import { grantIdIn } from "../policy/StatementRef.js";
import type { KnownCaller } from "../question/KnownCaller.js";
import type { PolicyRef } from "../verdict/LayerJudgement.js";
import type { Blocker, Diagnosis, Suspect } from "./Diagnosis.js";

/*
 * Every sentence of a diagnosis is made here, from what was decided. A spec holds each claim in them against the
 * snapshot, so nothing is said here that was not decided.
 */

/** "a", "a and b", "a, b and c". */
export function inWords(texts: readonly string[]): string {
  const last = texts.slice(-1).join("");
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`;
}

/** "a key policy", "an identity policy". */
function withArticle(name: string): string {
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function called(policy: PolicyRef): string {
  const attached =
    policy.attachedTo === undefined || policy.attachedTo === policy.name ? "" : ` (${policy.attachedTo})`;
  return policy.name === "" ? attached : ` "${policy.name}"${attached}`;
}

/** One sentence that says what blocks which actions, with policy, statement and place. */
export function blockerReason(
  blocker: Pick<Blocker, "layer" | "effect" | "actions" | "policy" | "statement" | "target">,
  notes: readonly string[],
  caller: KnownCaller,
): string {
  const { layer, actions, policy, target } = blocker;
  const what = inWords(actions);
  const name = layerNames[layer];
  const place = target === null ? "" : ` at ${target}`;
  if (blocker.effect === "explicitDeny") {
    const which = policy === null ? capitalised(withArticle(name)) : `The ${name}${called(policy)}`;
    return `${which}${place} explicitly denies ${what}${statementOf(blocker)}.`;
  }
  switch (layer) {
    case "identity-policy":
      return `No identity policy of ${caller.policyHolder} allows ${what}.`;
    case "permissions-boundary":
      return `The permissions boundary${policy === null ? ` of ${caller.policyHolder}` : called(policy)} does not allow ${what}.`;
    case "session-policy":
      return `No session policy of the session allows ${what}.`;
    case "service-control-policy":
      return target === null
        ? `The organization's service control policies do not allow ${what}.`
        : `No service control policy${place}${notes[0] ? ` (${notes[0]})` : ""} allows ${what}.`;
    case "resource-control-policy":
      return `The resource control policies${place} do not allow ${what}.`;
    case "key-policy":
      return `The key policy neither grants ${what} to ${caller.told} nor leaves it to the account's identity policies.`;
    case "key-state":
      return `The key cannot be used for ${what}: ${notes.join("; ")}.`;
    case "vpc-endpoint-policy":
      return `The VPC endpoint policy${policy === null ? "" : called(policy)} does not allow ${what}.`;
  }
}

function statementOf({ statement }: Pick<Blocker, "statement">): string {
  if (statement === null) return "";
  return statement.sid === null
    ? ` by its statement at index ${statement.index}`
    : ` by its statement "${statement.sid}" (index ${statement.index})`;
}

/** Why a layer is suspected, and what would decide it. */
export function suspectReason(
  { layer, actions, dependsOn, statements }: Omit<Suspect, "reason">,
  notes: readonly string[],
  tests: readonly string[],
): string {
  const why = notes.filter((note) => note !== "").join("; ");
  const [first, ...others] = statements;
  const where = first === undefined || others.length > 0 ? "" : whichStatement(first);
  const hangs =
    tests.length > 0 ? ` ${tests.join(" ")}` : dependsOn.length > 0 ? ` It depends on ${inWords(dependsOn)}.` : "";
  return `The ${layerNames[layer]}${where} might block ${inWords(actions)}${why === "" ? "" : ` (${why})`}.${hangs}`;
}

function whichStatement({ policy, sid, index, target }: Suspect["statements"][number]): string {
  const grantId = grantIdIn(policy);
  if (grantId !== null) return `, beside the grant "${grantId}",`;
  return `, statement ${sid === null ? `at index ${index}` : `"${sid}"`} of "${policy}"${target === null ? "" : ` at ${target}`}`;
}

/** What could be found out about a condition key that decides. */
export function answerable(key: string): string {
  return `Say --context ${key}=VALUE (or null where the call does not carry it) to decide it.`;
}

/** What nobody can find out before a plan was applied. */
export function onlyAfterApply(names: readonly string[]): string {
  return `It hangs on what only the apply tells: ${inWords(names)}.`;
}

/**
 * Why AWS may refuse although all that can be read allows, the likeliest first. What was read and AWS's words contradict
 * was changed between the two, or the words are of another call.
 *
 * @param unread the layers that were taken to allow
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
function unexplained(unread: readonly Layer[], disagreements: Diagnosis["disagreements"]): string {
  const cleared = disagreements.filter(({ verdicts }) => verdicts.policies?.endsWith("Deny"));
  if (cleared.length > 0) {
    const blocked = cleared.map(({ layer, action }) => `the ${layerNames[layer]} blocks ${action}`);
    return `AWS let the call past what was read to block it: ${inWords(blocked)}. It was changed since, or what AWS says is of another call. Everything else that was read allows it, yet AWS refused.`;
  }
  const hidden =
    unread.length === 0
      ? ""
      : `${inWords(unread.map((layer) => withArticle(layerNames[layer]))).replace(/ and (an? [^,]*)$/, " or $1")}, which was not read; `;
  return `Everything that was read allows it, yet AWS refused. Likely reasons, in this order: a policy was changed moments ago and is not in force everywhere yet; ${hidden}a change since the refusal.`;
}

/**
 * What a person reads first: whom else the refusal is about, then one sentence per blocker.
 *
 * @param riddle AWS refused although everything that was read allows; the layers that were taken to allow
 */
export function summarySentence(
  diagnosis: Pick<Diagnosis, "outcome" | "blockers" | "suspects" | "omittedBlockers" | "disagreements">,
  foreign: string | null,
  riddle: readonly Layer[] | null,
): string {
  const { outcome, blockers, suspects, omittedBlockers = 0, disagreements } = diagnosis;
  const sentences = foreign === null ? [] : [`The refusal is about ${foreign}, so it settles nothing here.`];
  for (const { certainty, reason } of blockers) {
    sentences.push(certainty === "probable" ? `Probably: ${reason}` : reason);
  }
  if (omittedBlockers > 0) sentences.push(`${omittedBlockers} more blockers are left out.`);
  switch (outcome) {
    case "blocked":
      break;
    case "allowed":
      sentences.push("Nothing that was read blocks the creation of the vault.");
      break;
    case "inconclusive":
      if (riddle !== null) sentences.push(unexplained(riddle, disagreements));
      else if (suspects.length > 0) {
        const suspected = inWords(suspects.map(({ layer }) => layerNames[layer]));
        sentences.push(`It cannot be told for sure; to be looked at: ${suspected}.`);
      } else if (blockers.length > 0) sentences.push("Whether it blocks is not proven.");
      else sentences.push("It cannot be told from what was read.");
  }
  return sentences.join(" ");
}

/** A layer that was not read, or only in part, and is taken to allow. */
export function takenToAllowSentence(layer: Layer, isPartlyRead: boolean): string {
  const name = layerNames[layer];
  return isPartlyRead
    ? `The ${name} could not be read as a whole and is taken to allow.`
    : `The ${name} was not read and is taken to allow.`;
}

export function simulatorAllowed(layer: Layer, action: string): string {
  return `The ${layerNames[layer]} could not be read for ${action}; the IAM policy simulator's "allowed" is taken for it, though the simulator may not know all of the call's context.`;
}

export function dryRunAllowed(layer: Layer, action: string): string {
  return `The ${layerNames[layer]} could not be read for ${action}; that KMS allowed a dry run is taken for it, though a direct call carries another context than the forwarded one.`;
}

export function dryRunRefused(action: string): string {
  return `KMS refused a dry run of ${action}, which carries another context than the forwarded call`;
}

export const assumed = {
  defaultKey:
    "No key ARN was given: what was not read of alias/aws/backup is taken to be as public repositories show its key policy, and the key to be Enabled.",
  customerManaged:
    "Who manages the key was not read: it is taken to be a customer managed key, which resource control policies touch.",
  unusableKey:
    "What AWS Backup answers where the key cannot be used is not documented; an alias is known to give InvalidParameterValueException (400).",
  ownCallPassed:
    "The denial says that backup-storage and KMS permissions are required, so backup:CreateBackupVault itself, and with it the VPC endpoint policy, is taken to have passed.",
  cleared: (action: string) =>
    `CloudTrail shows that the forwarded ${action} succeeded near the time of the refusal, so its layers are taken to have allowed it then.`,
} as const;
