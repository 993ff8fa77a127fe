import { asRecord, fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { configOf, innerScope, isWritten, type Scope } from "./moduleScope.js";
import type { Repeated, ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** Where a value that is not known yet may come from. */
export type ValueSource =
  | { kind: "resource"; change: ResourceChange; attribute: string | null }
  /** Something else that only the apply tells, as `local.key`. */
  | { kind: "other"; name: string };

/** Nobody calls modules, or passes values on, through more than these. */
const deepest = 60;

/** No name of a resource, through modules and their keys, is longer. */
const longestName = 10_000;

/** So many names and instances are looked at in all: ten thousand expressions may each refer to ten thousand instances. */
const most = 500_000;

const budgetOf = foundOnce<TerraformPlan, { left: number }>(() => ({ left: most }));
const sourcesByScope = foundOnce<object, Map<string, ValueSource[]>>(() => new Map());

/**
 * Where a value that is not known yet may come from: the resources behind an expression, through variables, outputs and
 * calls of modules. What is known is left out, since it cannot be what is not known. Found once for an expression.
 *
 * @param expression as the plan's configuration writes it: the names that it refers to
 * @param within the resource, or the call of a module, that it is written in
 */
export function sourcesOf(
  plan: TerraformPlan,
  scope: Scope,
  expression: unknown,
  within: Repeated | null,
  begin = 0,
): ValueSource[] {
  if (typeof expression !== "object" || expression === null) return [];
  const known = sourcesByScope(expression);
  const earlier = known.get(scope.address);
  if (earlier !== undefined) return earlier;
  // What leads into itself is not known.
  known.set(scope.address, [{ kind: "other", name: referencesIn(expression)[0] ?? "itself" }]);
  const found = foundSources(plan, scope, expression, within, begin);
  known.set(scope.address, found);
  return found;
}

function foundSources(
  plan: TerraformPlan,
  scope: Scope,
  expression: object,
  within: Repeated | null,
  begin: number,
): ValueSource[] {
  const found = new Map<string, ValueSource>();
  const seen = new Set<string>();
  const budget = budgetOf(plan);
  const add = (source: ValueSource) => {
    const name = source.kind === "other" ? source.name : `${source.change.address}.${source.attribute ?? ""}`;
    found.set(`${source.kind} ${name}`, source);
  };

  const follow = (from: Scope, written: unknown, repeated: Repeated | null, depth: number): void => {
    for (const name of narrowest(referencesIn(written))) {
      const mark = `${from.address} ${name}`;
      if (seen.has(mark)) continue;
      seen.add(mark);
      budget.left -= 1;
      if (depth > deepest || budget.left < 0 || name.length > longestName) add({ kind: "other", name });
      else followName(from, name, repeated, depth + 1);
    }
  };

  const followName = (from: Scope, name: string, repeated: Repeated | null, depth: number): void => {
    const [kind = "", second = "", third] = wordsIn(name);
    switch (kind) {
      case "var": {
        if (from.parent === null) return;
        follow(from.parent, fieldOf(from.given, second), from.repeated, depth);
        return;
      }
      case "module": {
        const inner = innerScope(from, second, moduleKeyIn(name));
        const output = third === undefined ? undefined : fieldOf(inner?.module.outputs, third);
        if (inner === null || output === undefined) add({ kind: "other", name });
        else follow(inner, fieldOf(output, "expression"), null, depth);
        return;
      }
      case "each":
        if (second === "value" && repeated !== null) follow(from, repeated.for_each_expression, null, depth);
        return;
      case "count":
      case "path":
      case "terraform":
      case "self":
        return;
      case "local":
        // The plan does not say what a local value is made of.
        add({ kind: "other", name });
        return;
      default:
        followResource(from, name, depth);
    }
  };

  const followResource = (from: Scope, name: string, depth: number): void => {
    const isData = name.startsWith("data.");
    const written = isData ? name.slice("data.".length) : name;
    const [type = "", label = "", attribute] = wordsIn(written);
    const index = /^[\w-]+\.[\w-]+\[("?)(.*?)\1\]/.exec(written)?.[2];
    const resource = `${isData ? "data" : "managed"} ${type}.${label}`;
    const instances = changesByName(plan).get(resource) ?? [];
    budget.left -= instances.length;
    if (budget.left < 0) {
      add({ kind: "other", name });
      return;
    }
    const here = instances.filter(
      ({ module_address: address = "" }) => address.startsWith(from.address) && sameModule(address, from.address),
    );
    const changes = index === undefined ? here : here.filter((one) => String(one.index ?? "") === index);
    // What was read before the plan was made stands in no change, and is known; what is written and stands in none, is not.
    const isMissing = changes.length === 0 && (here.length > 0 || (!isData && !isWritten(from, type, label)));
    const isOpen = deferredIn(plan).has(resource) || isMissing;
    if (isOpen) add({ kind: "other", name });
    for (const change of changes) {
      if (isSettled(change, attribute)) continue;
      const behind = type === "aws_kms_alias" && attribute !== "arn" ? configOf(from, change) : null;
      const target = fieldOf(behind?.expressions, "target_key_id");
      if (target === undefined) add({ kind: "resource", change, attribute: attribute ?? null });
      else {
        // Whether an alias is pointed at a key by its id or its ARN, what it tells is the ARN.
        for (const source of sourcesOf(plan, from, target, behind, depth)) {
          add(source.kind === "other" ? source : { ...source, attribute: "arn" });
        }
      }
    }
  };

  follow(scope, expression, within, begin);
  return [...found.values()];
}

/** The instances of each resource. */
const changesByName = foundOnce(({ resource_changes }: TerraformPlan) => {
  const made = new Map<string, ResourceChange[]>();
  for (const change of resource_changes) {
    const name = `${change.mode} ${change.type}.${change.name}`;
    const others = made.get(name);
    if (others === undefined) made.set(name, [change]);
    else others.push(change);
  }
  return made;
});

/** What is left to a later plan, or some of it, stands in no change, and is not known either. */
const deferredIn = foundOnce(
  ({ deferred_changes = [] }: TerraformPlan) =>
    new Set(deferred_changes.map(({ resource_change: { mode, type, name } }) => `${mode} ${type}.${name}`)),
);

/** The attribute, or all of the resource, is known before the apply. */
function isSettled({ change }: ResourceChange, attribute: string | undefined): boolean {
  const unknown = change.after_unknown;
  if (unknown === true) return false;
  if (attribute === undefined) return !hasTrue(unknown);
  return !hasTrue(fieldOf(unknown, attribute));
}

function hasTrue(value: unknown): boolean {
  return value === true || (typeof value === "object" && value !== null && holdsTrue(value));
}

const holdsTrue = foundOnce((value: object): boolean => Object.values(value).some(hasTrue));

/** Every name that an expression, or a block of expressions, refers to. */
export function referencesIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  const record = asRecord(expression);
  if (record === null) return [];
  const own = Array.isArray(record.references) ? record.references.filter((name) => typeof name === "string") : [];
  return own.length > 0 ? own : Object.values(record).flatMap(referencesIn);
}

/** A plan names `a.b.c`, `a.b` and `a` for one `a.b.c`: the longest alone. */
export function narrowest(names: string[]): string[] {
  const shorter = new Set<string>();
  for (const name of names) {
    if (name.length > longestName) continue;
    for (const { index } of name.matchAll(/[.[]/g)) shorter.add(name.slice(0, index));
  }
  return [...new Set(names)].filter((name) => !shorter.has(name));
}

/** The key of a module's instance, as `[0]` of `module.kms[0].key_arn`; "" where none is named. */
export const moduleKeyIn = (name: string): string => /^module\.[\w-]+(\[[^\]]*\])?/.exec(name)?.[1] ?? "";

/** The steps of a name without what stands in brackets: `a.b["x.y"].c` is a, b, c. */
export function wordsIn(name: string): string[] {
  return name.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^[\]"]*)\]/g, "").split(".");
}

/** Where the key of an instance was not named, any instance of the module. */
function sameModule(address: string, wanted: string): boolean {
  return address === wanted || (wordsIn(address).join(".") === wordsIn(wanted).join(".") && !wanted.endsWith("]"));
}

/** What is known of an expression at the root, or in a module: a constant, or one variable, as the module is called with it. */
export function constantAt(plan: TerraformPlan, expression: unknown, scope: Scope | null = null): unknown {
  const constant = fieldOf(expression, "constant_value");
  if (constant !== undefined) return constant;
  const [name, ...others] = narrowest(referencesIn(expression));
  const [kind, variable = "", ...steps] = stepsIn(name ?? "");
  if (others.length > 0 || kind !== "var") return undefined;
  const whole =
    scope === null || scope.parent === null
      ? fieldOf(fieldOf(plan.variables, variable), "value")
      : constantAt(plan, fieldOf(scope.given, variable), scope.parent);
  return steps.reduce((value, step) => (Array.isArray(value) ? value[Number(step)] : fieldOf(value, step)), whole);
}

/** The steps of a name with what stands in brackets: `var.a["x"][0]` is var, a, x, 0. */
export function stepsIn(name: string): string[] {
  return [...name.matchAll(/([\w-]+)|\["([^"\\]*)"\]/g)].map(([, word, key]) => word ?? key ?? "");
}
