import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { configOf, scopeOf } from "./moduleScope.js";
import { onlySource, sourcesOf } from "./references.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** The resource of its own (`aws_kms_key_policy`) that gives a key its policy; null where there is none. */
export function policyResourceOf(plan: TerraformPlan, key: ResourceChange): ResourceChange | null {
  const { byName, byKey } = policiesIn(plan);
  const names = [fieldOf(key.change.after, "arn"), fieldOf(key.change.after, "key_id")];
  const [named] = names.flatMap((name) => (typeof name === "string" ? (byName.get(name) ?? []) : []));
  return named ?? byKey.get(key) ?? null;
}

/** Those that name a key that is there, by its name; and those of keys that are made, by the key. */
const policiesIn = foundOnce((plan: TerraformPlan) => {
  const byName = new Map<string, ResourceChange>();
  const byKey = new Map<ResourceChange, ResourceChange>();
  for (const one of plan.resource_changes) {
    if (one.type !== "aws_kms_key_policy" || one.change.after === null) continue;
    const named = fieldOf(one.change.after, "key_id");
    const key = typeof named === "string" ? named : keyOf(plan, one);
    if (typeof key === "string") {
      if (!byName.has(key)) byName.set(key, one);
    } else if (key !== null && !byKey.has(key)) byKey.set(key, one);
  }
  return { byName, byKey };
});

function keyOf(plan: TerraformPlan, one: ResourceChange): ResourceChange | null {
  const scope = scopeOf(plan, one.module_address ?? "");
  const config = scope === null ? null : configOf(scope, one);
  if (scope === null || config === null) return null;
  const source = onlySource(sourcesOf(plan, scope, fieldOf(config.expressions, "key_id"), config), one.index);
  return source?.kind === "resource" ? source.change : null;
}
