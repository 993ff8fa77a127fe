import { asRecord, fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { isNotKnown, notKnown } from "../NotKnown.js";
import { isKey } from "./isKey.js";
import { configOf, scopeOf } from "./moduleScope.js";
import { plannedValues } from "./plannedValues.js";
import { sourcesOf } from "./references.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** What a key is for, and where its material is from; a replica is of its primary's kind. */
export function kindOfKey(plan: TerraformPlan, change: ResourceChange): Record<"spec" | "usage" | "origin", unknown> {
  const isExternal = change.type.includes("external");
  const field = fieldsOf(plan, change);
  if (change.type.includes("replica")) {
    const primary = primaryOf(plan, change);
    if (primary !== null) return kindOfKey(plan, primary);
    const spec = notKnown(`the primary of ${change.address}`);
    return { spec, usage: field("key_usage"), origin: isExternal ? "EXTERNAL" : "AWS_KMS" };
  }
  // Whether such a key is usable hangs on its store.
  const isInStore = fieldOf(plannedValues(change), "custom_key_store_id") != null;
  const store = isInStore ? notKnown(`the key store of ${change.address}`) : null;
  return {
    spec: field("key_spec") ?? field("customer_master_key_spec"),
    usage: field("key_usage"),
    origin: isExternal ? "EXTERNAL" : (store ?? field("origin") ?? "AWS_KMS"),
  };
}

/** What is not written, and not known, the provider takes from KMS, which takes its defaults. */
export function fieldsOf(plan: TerraformPlan, change: ResourceChange): (name: string) => unknown {
  const [values, written] = [plannedValues(change), writtenOf(plan, change)];
  return (name) => {
    const value = fieldOf(values, name);
    return isNotKnown(value) && written !== null && !Object.hasOwn(written, name) ? undefined : value;
  };
}

const isPrimary = (one: ResourceChange) => isKey(one) && !one.type.includes("replica");

const primariesByArn = foundOnce(({ resource_changes }: TerraformPlan): ReadonlyMap<unknown, ResourceChange> => {
  const primaries = resource_changes.filter(isPrimary).reverse();
  return new Map(primaries.map((one) => [fieldOf(one.change.after, "arn"), one]));
});

/** Where the plan makes, or has, the one key of which this is a replica. */
function primaryOf(plan: TerraformPlan, replica: ResourceChange): ResourceChange | null {
  const named = fieldOf(plannedValues(replica), "primary_key_arn");
  if (typeof named === "string") return primariesByArn(plan).get(named) ?? null;
  const scope = scopeOf(plan, replica.module_address ?? "");
  const config = scope === null ? null : configOf(scope, replica);
  if (scope === null || config === null) return null;
  const [only, ...others] = sourcesOf(plan, scope, fieldOf(config.expressions, "primary_key_arn"), config);
  const isOne = only?.kind === "resource" && others.length === 0 && isPrimary(only.change);
  return isOne ? only.change : null;
}

/** What is written of a resource; null where the plan does not say. */
function writtenOf(plan: TerraformPlan, change: ResourceChange): Readonly<Record<string, unknown>> | null {
  const scope = scopeOf(plan, change.module_address ?? "");
  return asRecord(scope === null ? null : configOf(scope, change)?.expressions);
}
