import { callKind } from "../request/callKind.js";
import type { Judging } from "./Judging.js";
import { blank, type LayerJudgement, notApplicable, unread } from "./LayerJudgement.js";
import { unreadReason } from "./unreadReason.js";

const layer = "key-state";

const createAndUse = ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey"];
const use = ["kms:Decrypt", "kms:GenerateDataKey"];

/**
 * Which of the actions KMS refuses in each state of a key; DescribeKey and RetireGrant always succeed.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
const refusedIn: Readonly<Record<string, readonly string[]>> = {
  Creating: createAndUse,
  Disabled: createAndUse,
  PendingImport: createAndUse,
  PendingDeletion: createAndUse,
  PendingReplicaDeletion: createAndUse,
  Unavailable: use,
  Enabled: [],
  Updating: [],
};

/** Whether the key exists where the vault needs it, is of the right kind, and is in a state that KMS accepts. */
export function keyState(judging: Judging): LayerJudgement {
  const { snapshot, action, key } = judging;
  if (callKind(action) !== "kms") return notApplicable(layer);
  const unfit = unfitness(judging);
  if (unfit !== null) return refused(unfit);
  if (key.read === null) {
    // alias/aws/backup is made on first use, and is taken to be enabled until it was read.
    if (key.isDefault) return allowed();
    return action === "kms:DescribeKey" || action === "kms:RetireGrant" || createAndUse.includes(action)
      ? unread(layer, "key", unreadReason(snapshot.key))
      : allowed();
  }
  const { state } = key.read;
  if (!createAndUse.includes(action) || (state === null && key.isDefault)) return allowed();
  const refusedActions = state === null || !Object.hasOwn(refusedIn, state) ? undefined : refusedIn[state];
  if (refusedActions === undefined) {
    return unread(layer, "key.state", state === null ? "not read" : `KMS documents no state ${state}`);
  }
  return refusedActions.includes(action) ? refused(`the key is in state ${state}`) : allowed();
}

/** What makes the key unfit for a vault whatever its state; null where nothing does. */
function unfitness({ snapshot, key }: Judging): string | null {
  const { encryptionKeyArn, region } = snapshot.request;
  if (encryptionKeyArn !== null) {
    if (/^arn:[^:]+:kms:[^:]*:[^:]*:alias\//.test(encryptionKeyArn)) {
      return "the key is named by an alias, and AWS Backup takes only a key ARN";
    }
    if (key.region !== region) return `the key is in ${key.region}, the vault would be in ${region}`;
    if (snapshot.key.status === "none") return "the key does not exist";
  }
  const { keySpec, keyUsage } = key.read ?? {};
  if (keySpec !== undefined && keySpec !== "SYMMETRIC_DEFAULT") {
    return `the key is of spec ${keySpec}, and AWS Backup needs SYMMETRIC_DEFAULT`;
  }
  if (keyUsage !== undefined && keyUsage !== "ENCRYPT_DECRYPT") {
    return `the key is for ${keyUsage}, and AWS Backup needs ENCRYPT_DECRYPT`;
  }
  return null;
}

function allowed(): LayerJudgement {
  return { ...blank(layer), allows: "true" };
}

function refused(note: string): LayerJudgement {
  return { ...blank(layer), silent: [{ policy: null, statement: null, target: null, note }] };
}
