import { type Assumption, assumptionNames, assumptions } from "../request/assumptions.js";
import { keyOf } from "../request/keyOf.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Layer } from "../verdict/Layer.js";
import { unique, verdictOf } from "../verdict/LayerJudgement.js";
import { layerNames } from "./blockerReason.js";
import type { Blocker } from "./Diagnosis.js";
import type { DenialClaims } from "./denialClaims.js";
import type { WeighedAction } from "./weigh.js";

/** Everything that was assumed on the way to the verdicts, in sentences. */
export function assumptionsOf(
  snapshot: Snapshot,
  weighed: WeighedAction[],
  blockers: readonly Blocker[],
  denial: DenialClaims,
  weighWithout: (without: ReadonlySet<Assumption>) => WeighedAction[],
): string[] {
  const told: string[] = [];
  const takenToAllow = (["session-policy", "resource-control-policy", "vpc-endpoint-policy"] as const).filter((layer) =>
    weighed.some(({ settled }) => settled.layers[layer].judgement.takenToAllow),
  );
  for (const layer of takenToAllow) told.push(`The ${layerNames[layer]} was not read and is taken to allow.`);
  told.push(...keyAssumptions(snapshot, weighed, blockers));
  if (denial.clearsOwnCall) {
    told.push(
      "The denial says that backup-storage and KMS permissions are required, so backup:CreateBackupVault itself, and with it the VPC endpoint policy, is taken to have passed.",
    );
  }
  for (const { settled } of weighed) told.push(...settled.assumptions);
  told.push(...contextAssumptions(weighed, weighWithout).map((name) => assumptions[name]));
  return unique(told);
}

function keyAssumptions(snapshot: Snapshot, weighed: WeighedAction[], blockers: readonly Blocker[]): string[] {
  const told: string[] = [];
  const key = keyOf(snapshot);
  const { read } = key;
  if (key.isDefault && (read === null || read.state === null || read.policy.status !== "read")) {
    told.push(
      "No key ARN was given: what was not read of alias/aws/backup is taken to be as public repositories show its key policy, and the key to be Enabled.",
    );
  }
  const grants = read?.grants.status;
  if (grants === "unreadable" || grants === "notRead")
    told.push("The key's grants were not read and are taken as none.");
  const isControlled = weighed.some(({ settled }) => settled.layers["resource-control-policy"].judgement.applies);
  if (isControlled && !key.isDefault && (read === null || read.manager === null)) {
    told.push(
      "Who manages the key was not read: it is taken to be a customer managed key, which resource control policies touch.",
    );
  }
  if (blockers.some(({ layer }) => layer === "key-state")) {
    told.push(
      "What AWS Backup answers where the key cannot be used is not documented; an alias is known to give InvalidParameterValueException (400).",
    );
  }
  return told;
}

/** The assumptions of the context table that a verdict rests on: without them it would be another. */
function contextAssumptions(
  weighed: WeighedAction[],
  weighWithout: (without: ReadonlySet<Assumption>) => WeighedAction[],
): Assumption[] {
  const verdicts = fingerprint(weighed);
  if (fingerprint(weighWithout(new Set(assumptionNames))) === verdicts) return [];
  const alone = assumptionNames.filter((name) => fingerprint(weighWithout(new Set([name]))) !== verdicts);
  return alone.length > 0 ? alone : assumptionNames;
}

function fingerprint(weighed: WeighedAction[]): string {
  return JSON.stringify(
    weighed.map(({ settled, decision }) => [
      decision.verdict,
      decision.explicit,
      decision.silent,
      (Object.keys(settled.layers) as Layer[]).map((layer) => verdictOf(settled.layers[layer].judgement)),
    ]),
  );
}
