import { isDeepStrictEqual } from "node:util";
import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import type { KeyOfVault } from "../PlannedVault.js";
import type { PlanPlace } from "../PlanPlace.js";
import { tagsOfPlan } from "../tagsOfPlan.js";
import { deployerOf } from "./deployerOf.js";
import { isKey } from "./isKey.js";
import { isGuardedPolicy, keyPolicyOfPlan, policyInForce, switchedState } from "./plannedTerraformKey.js";
import { plannedValues } from "./plannedValues.js";
import { tagsIn } from "./tagsIn.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";
import { waitsFor } from "./waitsFor.js";

const keysByArn = foundOnce(({ resource_changes }: TerraformPlan) => {
  const keys = resource_changes.filter(isKey).reverse();
  return new Map(keys.map((one) => [fieldOf(one.change.after, "arn"), one]));
});

/** Keys that the plan deletes, or makes anew. */
const goneByArn = foundOnce(({ resource_changes }: TerraformPlan) => {
  const gone = resource_changes.filter((one) => isKey(one) && one.change.actions.includes("delete"));
  return new Map(gone.map((one) => [fieldOf(one.change.before, "arn"), one]));
});

/** A key that is there; where the plan gives it another policy, tags or aliases, or switches it, with that. */
export function keyThere(plan: TerraformPlan, vault: ResourceChange, arn: string, place: PlanPlace) {
  const gone = goneByArn(plan).get(arn);
  if (gone !== undefined)
    return { key: unknownKey(`whether the key is still there, which ${gone.address} deletes`), keyChange: null };
  const keyChange = keysByArn(plan).get(arn) ?? null;
  const alone = { key: { kind: "existing", arn, changes: null } as const, keyChange: null };
  const told = keyPolicyOfPlan(plan, keyChange ?? unmanaged(arn), place);
  const state = keyChange === null ? undefined : switchedState(keyChange);
  const tags = keyChange === null ? undefined : changedTags(plan, keyChange);
  const hasAliases = changedOfKey(plan, arn, "aws_kms_alias", "target_key_id") !== null;
  if (told.by === null && state === undefined && tags === undefined && !hasAliases) return { ...alone, keyChange };
  const isChanged = keyChange !== null && waitsFor(plan, vault, keyChange);
  const changes = {
    status: "changed",
    address: (keyChange ?? told.by)?.address ?? arn,
    ...(told.by !== null && {
      policy: policyInForce(plan, vault, told),
      isGuarded: isGuardedPolicy(told, told.by, place),
    }),
    ...(state !== undefined && { state: isChanged ? state : null }),
    ...(tags !== undefined && { tags: isChanged ? tags : ({ status: "notRead" } as const) }),
    ...(hasAliases && { aliases: { status: "notRead" } as const }),
  } as const;
  return { key: { kind: "existing", arn, changes } as const, keyChange };
}

/** A key that the plan does not manage; a resource of its own may still give it a policy. */
function unmanaged(arn: string): ResourceChange {
  const after = { arn, key_id: arn.slice(arn.lastIndexOf("/") + 1) };
  return { address: arn, mode: "data", type: "aws_kms_key", name: "", change: { actions: [], after } };
}

/** The tags that an update gives a key that is there; undefined where it leaves them alone. */
function changedTags(plan: TerraformPlan, change: ResourceChange) {
  const deployer = deployerOf(plan, change);
  const [after, before] = [plannedValues(change), change.change.before].map((values) =>
    tagsOfPlan(tagsIn(values, change.type.startsWith("awscc") ? "tags" : "tags_all", deployer)),
  );
  return change.change.actions.includes("update") && !isDeepStrictEqual(after, before) ? after : undefined;
}

/** A grant or an alias of a key that is there, where the plan changes it. */
export function changedOfKey(
  { resource_changes }: TerraformPlan,
  arn: string,
  kind: "aws_kms_grant" | "aws_kms_alias",
  field: string,
): string | null {
  const id = arn.slice(arn.lastIndexOf("/") + 1);
  const found = resource_changes.find(({ mode, type, change: { actions, before, after } }) => {
    if (mode !== "managed" || type !== kind || actions.every((action) => /^(?:no-op|read|forget)$/.test(action)))
      return false;
    const names = [fieldOf(before, field), fieldOf(after, field)].filter((name) => typeof name === "string");
    return names.length === 0 || names.some((name) => name === arn || name === id);
  });
  return found?.address ?? null;
}

export function unknownKey(because: string): KeyOfVault {
  return { kind: "planned", planned: { status: "unknown", because } };
}
