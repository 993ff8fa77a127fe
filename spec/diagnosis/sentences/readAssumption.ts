import type { Diagnosis } from "../../../lib/diagnosis/Diagnosis.js";
import type { Snapshot } from "../../../lib/snapshot/Snapshot.js";
import { documentsIn } from "../../random/mentionedKeys.js";
import { isNotWhole, layersByName, policiesHere, someLayer } from "./facts.js";

/** Each assumption, by its words, and whether it had to be made. */
const assumptions: [RegExp, (about: { snapshot: Snapshot; diagnosis: Diagnosis; match: string[] }) => boolean][] = [
  [
    new RegExp(`^The ${someLayer} was not read and is taken to allow\\.$`),
    ({ snapshot, match: [, name = ""] }) => policiesHere(snapshot, layersByName[name] ?? "key-state") === null,
  ],
  [
    new RegExp(`^The ${someLayer} could not be read as a whole and is taken to allow\\.$`),
    ({ snapshot, match: [, name = ""] }) => {
      const layer = layersByName[name] ?? "key-state";
      return policiesHere(snapshot, layer) !== null && isNotWhole(snapshot, layer);
    },
  ],
  [
    /^No key ARN was given: what was not read of alias\/aws\/backup is taken to be as public repositories show its key policy, and the key to be Enabled\.$/,
    ({ snapshot: { request, key } }) =>
      request.encryptionKeyArn === null &&
      (key.status !== "read" || key.value.state === null || key.value.policy.status !== "read"),
  ],
  [
    /^The key's grants were not read and are taken as none\.$/,
    ({ snapshot: { key } }) =>
      key.status === "read" ? !["read", "none"].includes(key.value.grants.status) : key.status !== "none",
  ],
  [
    /^Who manages the key was not read: it is taken to be a customer managed key, which resource control policies touch\.$/,
    ({ snapshot: { key } }) => key.status !== "read" || key.value.manager === null,
  ],
  [
    /^What AWS Backup answers where the key cannot be used is not documented; an alias is known to give InvalidParameterValueException \(400\)\.$/,
    ({ diagnosis }) => diagnosis.blockers.some(({ layer }) => layer === "key-state"),
  ],
  [
    /^The denial says that backup-storage and KMS permissions are required, so backup:CreateBackupVault itself, and with it the VPC endpoint policy, is taken to have passed\.$/,
    ({ snapshot }) =>
      /backup-storage and KMS permissions/i.test(JSON.stringify([snapshot.denial, snapshot.cloudTrail])),
  ],
  [
    /^CloudTrail shows that the forwarded (\S+):(\S+) succeeded near the time of the refusal, so its layers are taken to have allowed it then\.$/,
    ({ snapshot: { cloudTrail }, match: [, service, name] }) =>
      cloudTrail?.status === "read" &&
      cloudTrail.value.some(
        (event) =>
          event.eventName === name && event.eventSource === `${service}.amazonaws.com` && event.errorCode === undefined,
      ),
  ],
  [
    new RegExp(
      `^The ${someLayer} could not be read for (\\S+); the IAM policy simulator's "allowed" is taken for it, though the simulator may not know all of the call's context\\.$`,
    ),
    ({ snapshot, match: [, name = ""] }) =>
      snapshot.simulation.status === "read" && isNotWhole(snapshot, layersByName[name] ?? "key-state"),
  ],
  [
    new RegExp(
      `^The ${someLayer} could not be read for (\\S+); that KMS allowed a dry run is taken for it, though a direct call carries another context than the forwarded one\\.$`,
    ),
    ({ snapshot, match: [, name = "", action = ""] }) => {
      const runs = snapshot.dryRun?.status === "read" ? snapshot.dryRun.value : [];
      const layer = layersByName[name] ?? "key-state";
      const isState = layer === "key-state" && (snapshot.key.status !== "read" || snapshot.key.value.state === null);
      return (
        runs.some((run) => run.action.toLowerCase() === action.toLowerCase() && run.allowed) &&
        (isState || isNotWhole(snapshot, layer))
      );
    },
  ],
  [
    /^The session's own tags were not read: no session tag is taken to override a tag of the principal \(aws:PrincipalTag\)\.$/,
    ({ snapshot }) => isUnread(snapshot.caller.sessionTags) && asksFor(snapshot, /aws:principaltag\//i),
  ],
  [
    /^backup-storage:MountCapsule is taken to carry the caller's account and organization as aws:ResourceAccount, .*$/,
    ({ snapshot }) => asksFor(snapshot, /aws:resource(account|org)/i),
  ],
  [
    /^The calls that AWS Backup forwards are taken to carry backup\.amazonaws\.com in aws:CalledVia; .*$/,
    ({ snapshot }) => asksFor(snapshot, /aws:calledvia/i),
  ],
  [
    /^The encryption context of the forwarded KMS calls is taken to hold aws:backup:backup-vault and no other key; .*$/,
    ({ snapshot }) => asksFor(snapshot, /kms:encryptioncontext|encryptionContext(Subset|Equals)/i),
  ],
  [
    /^The forwarded KMS calls are taken to name the key by its ARN and to carry no attestation .*$/,
    ({ snapshot }) => asksFor(snapshot, /kms:(requestalias|recipientattestation)/i),
  ],
  [
    /^The call is taken to come neither through an AWS MCP service nor through a chat application .*$/,
    ({ snapshot }) => asksFor(snapshot, /mcp|chatbot/i),
  ],
];

/** What an assumption says that is not so, or that had not to be assumed. */
export function readAssumption(snapshot: Snapshot, diagnosis: Diagnosis, sentence: string): string[] {
  for (const [shape, isSo] of assumptions) {
    const match = shape.exec(sentence);
    if (match !== null) return isSo({ snapshot, diagnosis, match }) ? [] : ["it need not be assumed"];
  }
  return ["a sentence of no known shape"];
}

function isUnread(evidence: { status: string } | undefined): boolean {
  return evidence === undefined || evidence.status === "unreadable" || evidence.status === "notRead";
}

function asksFor(snapshot: Snapshot, pattern: RegExp): boolean {
  return pattern.test(JSON.stringify([documentsIn(snapshot), snapshot.key]));
}
