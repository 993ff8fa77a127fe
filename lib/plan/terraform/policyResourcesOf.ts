import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { configOf, scopeOf } from "./moduleScope.js";
import { sourcesOf, type ValueSource } from "./references.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** What gives a key its policy besides the key itself. */
interface PolicyResources {
  /** One of these for sure. */
  given: readonly ResourceChange[];
  /** Where there is none: one that may be of this key, or of another; null where none may. */
  perhaps: ResourceChange | null;
}

/** The resources of their own (`aws_kms_key_policy`) one of which gives a key its policy. */
export function policyResourcesOf(plan: TerraformPlan, key: ResourceChange): PolicyResources {
  const { byName, byKey, perhapsByKey, ofSomeKey } = policiesIn(plan);
  const names = [fieldOf(key.change.after, "arn"), fieldOf(key.change.after, "key_id")].filter(
    (name) => typeof name === "string",
  );
  const [named] = names.flatMap((name) => byName.get(name) ?? []);
  if (named !== undefined) return { given: [named], perhaps: null };
  // Of which key it is, only the apply tells where the key is made then, too.
  return { given: byKey.get(key) ?? [], perhaps: names.length > 0 ? null : (perhapsByKey.get(key) ?? ofSomeKey) };
}

/** A resource that gave a key its policy, and that the plan deletes or gives to another key. */
export function takenPolicyOf(plan: TerraformPlan, key: ResourceChange): ResourceChange | null {
  const names = ["arn", "key_id"].map((name) => fieldOf(key.change.after ?? key.change.before, name));
  const [taken = null] = names.flatMap((name) =>
    typeof name === "string" ? (takenPolicies(plan).get(name) ?? []) : [],
  );
  return taken;
}

/** By the key's ARN or id, whichever they name. */
const takenPolicies = foundOnce(({ resource_changes }: TerraformPlan): ReadonlyMap<unknown, ResourceChange> => {
  const taken = resource_changes.filter(
    ({ mode, type, change }) =>
      mode === "managed" && type === "aws_kms_key_policy" && change.actions.includes("delete"),
  );
  // The first of several that name one.
  return new Map(taken.reverse().map((one) => [fieldOf(one.change.before, "key_id"), one]));
});

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
  const perhapsByKey = new Map<ResourceChange, ResourceChange>();
  let ofSomeKey: ResourceChange | null = null;
  for (const [sources, policies] of bySources) {
    const [first = null] = policies;
    const keys = sources.flatMap((source) => (source.kind === "resource" ? [source.change] : []));
    if (keys.length < sources.length || keys.length === 0) ofSomeKey ??= first;
    // Several keys have several policies, one each, or it is not known which of them has one.
    const isSure = keys.length === sources.length && policies.length >= keys.length;
    for (const key of keys) {
      if (!isSure && first !== null) perhapsByKey.set(key, first);
      else if (!byKey.has(key)) byKey.set(key, policies);
    }
  }
  return { byName, byKey, perhapsByKey, ofSomeKey };
});

function keySourcesOf(plan: TerraformPlan, one: ResourceChange): readonly ValueSource[] {
  const scope = scopeOf(plan, one.module_address ?? "");
  const config = scope === null ? null : configOf(scope, one);
  if (scope === null || config === null) return [];
  return sourcesOf(plan, scope, fieldOf(config.expressions, "key_id"), config);
}
