import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { configOf, scopeOf } from "./moduleScope.js";
import { sourcesOf, type ValueSource } from "./references.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** The resources of their own (`aws_kms_key_policy`) one of which gives a key its policy; none where none does. */
export function policyResourcesOf(plan: TerraformPlan, key: ResourceChange): readonly ResourceChange[] {
  const { byName, byKey } = policiesIn(plan);
  const names = [fieldOf(key.change.after, "arn"), fieldOf(key.change.after, "key_id")];
  const [named] = names.flatMap((name) => (typeof name === "string" ? (byName.get(name) ?? []) : []));
  return named === undefined ? (byKey.get(key) ?? []) : [named];
}

/** Those that name a key that is there, by its name; and those of keys that are made, by each key that it may be. */
const policiesIn = foundOnce((plan: TerraformPlan) => {
  const byName = new Map<string, ResourceChange>();
  const bySources = new Map<readonly ValueSource[], ResourceChange[]>();
  for (const one of plan.resource_changes) {
    if (one.type !== "aws_kms_key_policy" || one.change.after === null) continue;
    const named = fieldOf(one.change.after, "key_id");
    if (typeof named === "string") {
      if (!byName.has(named)) byName.set(named, one);
      continue;
    }
    const sources = keySourcesOf(plan, one);
    const others = bySources.get(sources);
    if (others === undefined) bySources.set(sources, [one]);
    else others.push(one);
  }
  const byKey = new Map<ResourceChange, readonly ResourceChange[]>();
  for (const [sources, policies] of bySources) {
    for (const source of sources) {
      if (source.kind === "resource" && !byKey.has(source.change)) byKey.set(source.change, policies);
    }
  }
  return { byName, byKey };
});

function keySourcesOf(plan: TerraformPlan, one: ResourceChange): readonly ValueSource[] {
  const scope = scopeOf(plan, one.module_address ?? "");
  const config = scope === null ? null : configOf(scope, one);
  if (scope === null || config === null) return [];
  return sourcesOf(plan, scope, fieldOf(config.expressions, "key_id"), config);
}
