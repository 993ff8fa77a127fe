import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import type { KeyOfVault } from "../PlannedVault.js";
import type { PlanPlace } from "../PlanPlace.js";
import { isKey, keyPolicyOfPlan, policyInForce, switchedState } from "./plannedTerraformKey.js";
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

/** A key that is there; where the plan gives it another policy or switches it, with that. */
export function keyThere(plan: TerraformPlan, vault: ResourceChange, arn: string, place: PlanPlace) {
  const gone = goneByArn(plan).get(arn);
  if (gone !== undefined)
    return { key: unknownKey(`whether the key is still there, which ${gone.address} deletes`), keyChange: null };
  const keyChange = keysByArn(plan).get(arn) ?? null;
  const alone = { key: { kind: "existing", arn, changes: null } as const, keyChange: null };
  const told = keyPolicyOfPlan(plan, keyChange ?? unmanaged(arn), place);
  const state = keyChange === null ? undefined : switchedState(keyChange);
  if (told.by === null && state === undefined) return { ...alone, keyChange };
  const changes = {
    status: "changed",
    address: (keyChange ?? told.by)?.address ?? arn,
    policy: policyInForce(plan, vault, told),
    ...(keyChange !== null && state !== undefined && { state: waitsFor(plan, vault, keyChange) ? state : null }),
  } as const;
  return { key: { kind: "existing", arn, changes } as const, keyChange };
}

/** A key that the plan does not manage; a resource of its own may still give it a policy. */
function unmanaged(arn: string): ResourceChange {
  const after = { arn, key_id: arn.slice(arn.lastIndexOf("/") + 1) };
  return { address: arn, mode: "data", type: "aws_kms_key", name: "", change: { actions: [], after } };
}

/** A grant or an alias of a key that is there, where the plan changes it. */
export function changedOfKey({ resource_changes }: TerraformPlan, arn: string): string | null {
  const id = arn.slice(arn.lastIndexOf("/") + 1);
  const found = resource_changes.find(({ mode, type, change: { actions, before, after } }) => {
    const field = type === "aws_kms_grant" ? "key_id" : type === "aws_kms_alias" ? "target_key_id" : null;
    if (mode !== "managed" || field === null || actions.every((action) => /^(?:no-op|read|forget)$/.test(action)))
      return false;
    const names = [fieldOf(before, field), fieldOf(after, field)].filter((name) => typeof name === "string");
    return names.length === 0 || names.some((name) => name === arn || name === id);
  });
  return found?.address ?? null;
}

export function unknownKey(because: string): KeyOfVault {
  return { kind: "planned", planned: { status: "unknown", because } };
}
