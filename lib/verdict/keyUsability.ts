import { requiredActions } from "../facts/actions.js";
import { fittingKey, refusedInState, stateBoundActions } from "../facts/kms.js";
import { planKeyPrefix } from "../facts/planKeys.js";
import { again } from "../policy/again.js";
import type { Asked } from "./Asked.js";
import { blank, type LayerJudgement, notApplicable, plainlyAllowed, unread } from "./LayerJudgement.js";

const layer = "key-state";

/** The layer key-state: whether the key exists where the vault needs it, is of the right kind, and in a usable state. */
export function keyUsability(asked: Asked): LayerJudgement {
  const { question, inquiry } = asked;
  const { action, exempt } = question;
  const { key, evidence } = inquiry;
  if (exempt.has(layer)) return notApplicable[layer];
  const unfit = unfitness(asked);
  if (unfit !== null) return refused(unfit);
  if (key.read === null) {
    // alias/aws/backup is made on first use, and is taken to be enabled until it was read.
    if (key.isDefault || !(requiredActions as readonly string[]).includes(action)) return plainlyAllowed[layer];
    const { reason = "not read" }: { status: string; reason?: string } = evidence["key-policy"];
    return unread(layer, "key", reason);
  }
  const { state } = key.read;
  if (!stateBoundActions.has(action) || (state === null && key.isDefault)) return plainlyAllowed[layer];
  const refusedActions = state === null ? undefined : refusedInState.get(state);
  if (refusedActions === undefined) return unread(layer, "key.state", whyOpen(state));
  return refusedActions.has(action) ? refused(`the key is in state ${state}`) : plainlyAllowed[layer];
}

/** A plan writes what its state hangs on. */
function whyOpen(state: string | null): string {
  if (state === null) return "not read";
  return state.startsWith(planKeyPrefix) ? state.slice(planKeyPrefix.length) : `KMS documents no state ${state}`;
}

/** What makes the key unfit for a vault whatever its state; null where nothing does. */
function unfitness({ inquiry }: Asked): string | null {
  const { key, request } = inquiry;
  if (key.isByAlias) return "the key is named by an alias, and AWS Backup takes only a key ARN";
  if (!key.isDefault && key.region !== request.region) {
    return `the key is in Region ${key.region}, the vault would be in Region ${request.region}`;
  }
  if (key.isMissing) return "the key does not exist";
  const { keySpec = fittingKey.keySpec, keyUsage = fittingKey.keyUsage } = key.read ?? {};
  if (keySpec !== fittingKey.keySpec)
    return `the key is of spec ${keySpec}, and AWS Backup needs ${fittingKey.keySpec}`;
  return keyUsage === fittingKey.keyUsage
    ? null
    : `the key is for ${keyUsage}, and AWS Backup needs ${fittingKey.keyUsage}`;
}

const refused = again(
  (note: string): LayerJudgement => ({
    ...blank[layer],
    silent: [{ policy: null, statement: null, target: null, note }],
  }),
);
