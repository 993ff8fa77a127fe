import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { configOf, innerScope, type Scope, scopeOf } from "./moduleScope.js";
import { moduleKeyIn, narrowest, referencesIn, sourcesOf, stepsIn, wordsIn } from "./references.js";
import type { Repeated, ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** Nobody passes values on through more than these. */
const deepest = 60;

/** So many names are looked at in all: thousands of vaults may each refer to thousands. */
const budgetOf = foundOnce<TerraformPlan, { left: number }>(() => ({ left: 500_000 }));

/** Of an output no instances are made. */
const once: Repeated = {};

/**
 * What may decide that a value which only the apply tells is null, so that the provider takes its own: `var.encrypted` in
 * `var.encrypted ? aws_kms_key.k.arn : null`. A plan says to what an expression refers, not what it makes of it. What is
 * known may be a test, unless it is null itself (as in `coalesce`), is another ARN, names an instance, or decides already
 * whether there is such a resource.
 *
 * @returns its name; null where there is no such test
 * @see https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
export function mayBeNull(plan: TerraformPlan, change: ResourceChange, field: string): string | null {
  const scope = scopeOf(plan, change.module_address ?? "");
  const written = scope === null ? null : configOf(scope, change);
  if (scope === null || written === null) return null;
  const seen = new Set<string>();
  const budget = budgetOf(plan);

  const testIn = (from: Scope, expression: unknown, repeated: Repeated, depth: number): string | null => {
    if (budget.left < 0 || depth > deepest) return "something";
    const names = narrowest(referencesIn(expression));
    budget.left -= names.length;
    const open = names.filter((name) => isOpen(plan, from, name, repeated));
    // Of a local value alone the plan says nothing; beside others it may be a test.
    const others = open.filter((name) => !name.startsWith("local."));
    const ways = others.length > 0 ? others : open;
    const ofWays = new Set(ways.flatMap((name) => namesOfRepeated(repeatedAt(from, name))));
    const own = new Set(namesOfRepeated(repeated));
    // That there is an instance says that what is on is on, and not which of several a text is.
    const isDecided = (name: string, value: unknown) =>
      ofWays.has(name) || (own.has(name) && (value === true || name.startsWith("local.")));
    const known = names
      .filter((name) => !ways.includes(name) && !/^path\./i.test(name))
      .map((name) => ({
        name,
        value: knownValue(plan, from, name, repeated === written ? { repeated, change } : null),
      }))
      .filter(({ name, value }) => value !== null && value !== "" && !isArn(name, value) && !isDecided(name, value));
    const [test] = withoutIndexes(known, ways.filter((name) => /^\w+\.[\w-]+$/.test(name)).length);
    if (test !== undefined) return test.name;
    for (const name of ways) {
      const mark = `${from.address} ${name}`;
      if (seen.has(mark)) continue;
      seen.add(mark);
      const behind = testBehind(from, name, repeated, depth + 1);
      if (behind !== null) return behind;
    }
    return null;
  };

  const testBehind = (from: Scope, name: string, repeated: Repeated, depth: number): string | null => {
    const [kind, second = "", third = ""] = wordsIn(name);
    if (kind === "var" && from.parent !== null)
      return testIn(from.parent, fieldOf(from.given, second), from.repeated, depth);
    // Of several instances each may have another.
    if (kind === "each")
      return openInstances(plan, change, field) > 1 ? name : testIn(from, repeated.for_each_expression, once, depth);
    const inner = kind === "module" ? innerScope(from, second, moduleKeyIn(name)) : null;
    return inner === null
      ? null
      : testIn(inner, fieldOf(fieldOf(inner.module.outputs, third), "expression"), once, depth);
  };

  return testIn(scope, fieldOf(written.expressions, field), written, 0);
}

/** Another key's, known or not: a truth or a number that is called after one is none. */
const isArn = (name: string, value: unknown) =>
  typeof value === "string"
    ? value.startsWith("arn:") || /arn$/i.test(name)
    : value === undefined && /arn$/i.test(name);

const openNames = foundOnce<Repeated, Map<string, boolean>>(() => new Map());

/** Whether only the apply tells what a name stands for. */
function isOpen(plan: TerraformPlan, scope: Scope, name: string, repeated: Repeated): boolean {
  const known = openNames(repeated);
  const mark = `${scope.address} ${name}`;
  const told = known.get(mark) ?? sourcesOf(plan, scope, { references: [name] }, repeated).length > 0;
  known.set(mark, told);
  return told;
}

const namesOfRepeated = ({ for_each_expression, count_expression }: Repeated) =>
  narrowest(referencesIn([for_each_expression, count_expression]));

/** How often that is made to which a name refers. */
function repeatedAt(scope: Scope, name: string): Repeated {
  const [kind = "", second = ""] = wordsIn(name);
  const call = kind === "module" ? fieldOf(scope.module.module_calls, second) : undefined;
  return (call as Repeated | undefined) ?? configOf(scope, { mode: "managed", type: kind, name: second }) ?? once;
}

/** What a variable, or a value of for_each, is for sure; undefined where the plan does not say. */
function knownValue(
  plan: TerraformPlan,
  scope: Scope,
  name: string,
  own: { repeated: Repeated; change: ResourceChange } | null,
): unknown {
  const [kind, second = "", ...steps] = stepsIn(name);
  if (kind === "var") return at(variableOf(plan, scope, second), steps);
  const [all, ...others] = narrowest(referencesIn(own?.repeated.for_each_expression));
  const [source, variable = "", ...rest] = stepsIn(all ?? "");
  if (kind !== "each" || second !== "value" || source !== "var" || others.length > 0) return undefined;
  return at(variableOf(plan, scope, variable), [...rest, String(own?.change.index), ...steps]);
}

function variableOf(plan: TerraformPlan, { parent, given, module }: Scope, name: string): unknown {
  if (parent === null) return fieldOf(fieldOf(plan.variables, name), "value") ?? null;
  const expression = fieldOf(given, name);
  const otherwise = fieldOf(fieldOf(module.variables, name), "default") ?? null;
  return expression === undefined ? otherwise : fieldOf(expression, "constant_value");
}

const at = (value: unknown, steps: readonly string[]) =>
  steps.reduce((part, step) => (Array.isArray(part) ? part[Number(step)] : fieldOf(part, step)), value);

/** Where an instance is named, as in `aws_kms_key.k[each.key].arn`, the plan has the resource and the name of its key. */
function withoutIndexes<T extends { name: string; value: unknown }>(known: readonly T[], indexes: number): T[] {
  const isKey = ({ name }: T) => name === "each.key" || name === "count.index";
  const keys = [...known.filter(isKey), ...known.filter((one) => !isKey(one) && typeof one.value !== "boolean")];
  const named = new Set(keys.slice(0, indexes));
  return known.filter((one) => !named.has(one));
}

/** By the name of the attribute, and of the resource with its module, without keys: a module may have an each of its own. */
const openByField = foundOnce<TerraformPlan, Map<string, Map<string, number>>>(() => new Map());

/** Of how many instances of a resource only the apply tells it. */
function openInstances(plan: TerraformPlan, change: ResourceChange, field: string): number {
  const nameOf = ({ module_address = "", type, name }: ResourceChange) =>
    `${wordsIn(module_address).join(".")} ${type}.${name}`;
  const known = openByField(plan);
  const counts = known.get(field) ?? new Map<string, number>();
  if (!known.has(field)) {
    known.set(field, counts);
    for (const one of plan.resource_changes)
      if (fieldOf(one.change.after_unknown, field) === true)
        counts.set(nameOf(one), (counts.get(nameOf(one)) ?? 0) + 1);
  }
  return counts.get(nameOf(change)) ?? 0;
}
