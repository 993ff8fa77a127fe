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
  const hasAliases = changedOfKey(plan, arn, "aws_kms_alias") !== null;
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

/** What is of a key besides its policy, and by which field it says of which. */
const keyFields: ReadonlyMap<string, string> = new Map([
  ["aws_kms_grant", "key_id"],
  ["aws_kms_alias", "target_key_id"],
]);

/** The first of each type that the plan changes, by the key's ARN or id; without one where it does not say. */
const changedByKey = foundOnce(({ resource_changes }: TerraformPlan): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const { address, mode, type, change } of resource_changes) {
    const field = keyFields.get(type);
    const isLeft = change.actions.every((action) => /^(?:no-op|read|forget)$/.test(action));
    if (mode !== "managed" || field === undefined || isLeft) continue;
    const names = [fieldOf(change.before, field), fieldOf(change.after, field)].filter(
      (one) => typeof one === "string",
    );
    for (const name of names.length === 0 ? [""] : names) {
      const told = `${type} ${name}`;
      if (!found.has(told)) found.set(told, address);
    }
  }
  return found;
});

/** A grant or an alias of a key that is there, where the plan changes it. */
export function changedOfKey(plan: TerraformPlan, arn: string, type: "aws_kms_grant" | "aws_kms_alias"): string | null {
  const names = [arn, arn.slice(arn.lastIndexOf("/") + 1), ""];
  return names.flatMap((name) => changedByKey(plan).get(`${type} ${name}`) ?? [])[0] ?? null;
}

export function unknownKey(because: string): KeyOfVault {
  return { kind: "planned", planned: { status: "unknown", because } };
}
