import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import type { PlanPlace } from "../PlanPlace.js";
import { newKeyOf } from "./plannedTerraformKey.js";
import { plannedValues } from "./plannedValues.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

type MadeKey = ReturnType<typeof newKeyOf>;

const known = foundOnce<readonly ResourceChange[], Map<string, MadeKey | null>>(() => new Map());

/**
 * A key that may be any of these: a plan names `k[1 - count.index]` and `k[each.value]` as it does `k[count.index]`. Sure where all decide alike, and then without tags where these differ; else null.
 */
export function alikeKey(plan: TerraformPlan, changes: readonly ResourceChange[], place: PlanPlace): MadeKey | null {
  const at = JSON.stringify(place);
  const earlier = known(changes).get(at);
  if (earlier !== undefined) return earlier;
  const made = togetherOf(plan, changes, place);
  known(changes).set(at, made);
  return made;
}

function togetherOf(plan: TerraformPlan, changes: readonly ResourceChange[], place: PlanPlace): MadeKey | null {
  const [first, ...others] = changes;
  if (first === undefined) return null;
  const made = newKeyOf(plan, first, place);
  if (others.length === 0) return made;
  const region = regionOf(first);
  let { tags } = made.key.parts;
  for (const change of others) {
    const other = newKeyOf(plan, change, place);
    if (deciding(other) !== deciding(made) || regionOf(change) !== region) return null;
    if (tagsIn(other) !== tagsIn(made)) tags = { status: "notRead" };
  }
  const names = [...new Set(changes.map((change) => change.address.replace(/\[[^\]]*\]$/, "")))];
  const address = [...names.slice(0, 3), ...(names.length > 3 ? [`${names.length - 3} more`] : [])].join(" or ");
  return { ...made, key: { ...made.key, address, parts: { ...made.key.parts, tags } } };
}

/** All by which a key decides, as a text. Why a policy is not known may be told of each in other words. */
const deciding = foundOnce(({ key: { parts, isGuarded }, earlier }: MadeKey): string => {
  const policy = parts.policy.status === "unreadable" ? null : parts.policy;
  return JSON.stringify({ ...parts, isGuarded, policy, earlier, tags: null });
});

const tagsIn = foundOnce(({ key: { parts } }: MadeKey): string => JSON.stringify(parts.tags));

const regionOf = foundOnce((change: ResourceChange): string =>
  JSON.stringify(fieldOf(plannedValues(change), "region") ?? null),
);
