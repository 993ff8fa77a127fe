import type { Diagnosis } from "../../../lib/diagnosis/Diagnosis.js";
import type { Snapshot } from "../../../lib/snapshot/Snapshot.js";
import type { Layer } from "../../oracle/Layer.js";
import { isNotWhole, layersByName, listed, someLayer, wordsOfAws } from "./facts.js";

/** What the summary says that is not so: whom else a refusal is about, each blocker once, and how it ends. */
export function readSummary(snapshot: Snapshot, diagnosis: Diagnosis): string[] {
  let rest = diagnosis.summary;
  const untrue: string[] = [];
  const foreign = /^The refusal is about ([\s\S]+?), not about (\S+), so it settles nothing here\.(?: |$)/.exec(rest);
  if (foreign !== null) {
    rest = rest.slice(foreign[0].length);
    untrue.push(...readForeign(snapshot, foreign[1] ?? "", foreign[2] ?? ""));
  }
  for (const { certainty, reason } of diagnosis.blockers) {
    const sentence = certainty === "probable" ? `Probably: ${reason}` : reason;
    if (!rest.startsWith(sentence)) return [...untrue, `it does not go on with: ${sentence}`];
    rest = rest.slice(sentence.length).trimStart();
  }
  const [omitted, count] = /^(\d+) more blockers are left out\.(?: |$)/.exec(rest) ?? [];
  if (omitted !== undefined) rest = rest.slice(omitted.length);
  if (Number(count ?? 0) !== (diagnosis.omittedBlockers ?? 0)) untrue.push("another number of blockers is left out");
  return [...untrue, ...readEnd(snapshot, diagnosis, rest)];
}

function readForeign(snapshot: Snapshot, whom: string, not: string): string[] {
  const { caller, request, key } = snapshot;
  const words = wordsOfAws(snapshot);
  const [, kind, other = ""] = /^(another [^,]+), (\S+)$/.exec(whom) ?? [];
  // A refusal's resource is a vault, or a key that may lie in another Region and account than the vault.
  const isOfKey = /\bon resource: arn:[^:\s]*:kms:/i.test(snapshot.denial?.message ?? words);
  const read = key.status === "read" ? key.value : null;
  const keyArn = (request.encryptionKeyArn ?? read?.arn)?.split(":") ?? [];
  const own: Record<string, (string | null | undefined)[]> = {
    "another principal": [caller.arn],
    "another account's principal": [caller.arn],
    "another operation": [request.operation],
    "another Region": [isOfKey ? (keyArn[3] ?? request.region) : request.region],
    "another account": [isOfKey ? (read?.accountId ?? keyArn[4] ?? request.accountId) : request.accountId],
    "another vault": [request.backupVaultName],
    "another key": [request.encryptionKeyArn, key.status === "read" ? key.value.arn : null],
  };
  const known = own[kind ?? ""];
  if (known === undefined) return [`a refusal about what is of no known shape: ${whom}`];
  return [
    ...(known.includes(not) ? [] : [`${not} is not what was asked about`]),
    ...(known.includes(other) ? [`${other} is the very one`] : []),
    ...(words.toLowerCase().includes(other.toLowerCase()) ? [] : [`AWS did not speak of ${other}`]),
    ...(kind === "another principal" && other.split(":")[4] !== caller.arn.split(":")[4]
      ? ["it is of another account"]
      : []),
  ];
}

function readEnd(snapshot: Snapshot, diagnosis: Diagnosis, end: string): string[] {
  const { outcome, blockers, suspects, actions, disagreements } = diagnosis;
  const say = (isSo: boolean) => (isSo ? [] : [`not so: ${end}`]);
  if (end === "") return say(outcome === "blocked");
  if (end === "Nothing that was read blocks the creation of the vault.")
    return say(outcome === "allowed" && blockers.length === 0);
  if (outcome !== "inconclusive") return say(false);
  if (end === "Whether it blocks is not proven.") {
    return say(blockers.length > 0 && blockers.every(({ certainty }) => certainty === "probable"));
  }
  if (end === "It cannot be told from what was read.") return say(blockers.length === 0 && suspects.length === 0);
  const [, looked] = /^It cannot be told for sure; to be looked at: ([\s\S]+)\.$/.exec(end) ?? [];
  if (looked !== undefined)
    return say(
      listed(looked)
        .map((name) => layersByName[name])
        .join() === suspects.map(({ layer }) => layer).join(),
    );
  const contradicted = disagreements.filter(({ verdicts }) => verdicts.policies?.endsWith("Deny"));
  const [, past] =
    /^AWS let the call past what was read to block it: ([\s\S]+)\. It was changed since, or what AWS says is of another call\. Everything else that was read allows it, yet AWS refused\.$/.exec(
      end,
    ) ?? [];
  if (past !== undefined) {
    const told = listed(past).map((one) => /^the (.+) blocks (\S+)$/.exec(one) ?? []);
    return say(
      told.map(([, name = "", action]) => `${layersByName[name]} ${action}`).join() ===
        contradicted.map(({ layer, action }) => `${layer} ${action}`).join(),
    );
  }
  if (contradicted.length > 0) return say(false);
  const riddle =
    /^Everything that was read allows it, yet AWS refused\. Likely reasons, in this order: a policy was changed moments ago and is not in force everywhere yet; (?:([^;]+), which was not read; )?a change since the refusal\.$/.exec(
      end,
    );
  if (riddle === null) return [`an end of no known shape: ${end}`];
  const hidden: (Layer | undefined)[] = [];
  const untrue: string[] = [];
  for (const [, article, name = ""] of (riddle[1] ?? "").matchAll(new RegExp(`\\b(an?) ${someLayer}`, "g"))) {
    hidden.push(layersByName[name]);
    if (article !== (/^[aeiou]/i.test(name) ? "an" : "a")) untrue.push(`the article of ${name}`);
  }
  return [
    ...untrue,
    ...say(snapshot.denial !== null || snapshot.cloudTrail !== undefined),
    ...say(actions.every(({ verdict }) => verdict === "allowed")),
    ...hidden.flatMap((layer) => (layer !== undefined && isNotWhole(snapshot, layer) ? [] : [`${layer} was read`])),
  ];
}
