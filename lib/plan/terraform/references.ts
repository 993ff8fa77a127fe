import { asRecord, fieldOf } from "../fieldOf.js";
import type { ConfigModule, ConfigResource, ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** A module as it is called: where, what is written there, and by whom it is called. */
export interface Scope {
  /** With the keys of its instances, as `module.backup[0]`; "" is the root. */
  address: string;
  module: ConfigModule;
  parent: Scope | null;
  /** What it is called with. */
  given: unknown;
}

/** Where a value that is not known yet may come from. */
export type ValueSource =
  | { kind: "resource"; change: ResourceChange; attribute: string | null }
  /** Something else that only the apply tells, as `local.key`. */
  | { kind: "other"; name: string };

/** Nobody calls modules, or passes values on, through more than these. */
const deepest = 60;

/**
 * Where a value that is not known yet may come from: the resources behind an expression, through variables, outputs and
 * calls of modules. What is known is left out, since it cannot be what is not known.
 *
 * @param expression as the plan's configuration writes it: the names that it refers to
 */
export function sourcesOf(
  plan: TerraformPlan,
  scope: Scope,
  expression: unknown,
  within: ConfigResource | null,
  begin = 0,
): ValueSource[] {
  const found = new Map<string, ValueSource>();
  const seen = new Set<string>();
  const add = (source: ValueSource) => {
    const name = source.kind === "other" ? source.name : `${source.change.address}.${source.attribute ?? ""}`;
    found.set(`${source.kind} ${name}`, source);
  };

  const follow = (from: Scope, written: unknown, resource: ConfigResource | null, depth: number): void => {
    for (const name of narrowest(referencesIn(written))) {
      const mark = `${from.address} ${name}`;
      if (seen.has(mark)) continue;
      seen.add(mark);
      if (depth > deepest) add({ kind: "other", name });
      else followName(from, name, resource, depth + 1);
    }
  };

  const followName = (from: Scope, name: string, resource: ConfigResource | null, depth: number): void => {
    const [kind = "", second = "", third] = stepsOf(name);
    switch (kind) {
      case "var": {
        if (from.parent === null) return;
        follow(from.parent, fieldOf(from.given, second), null, depth);
        return;
      }
      case "module": {
        const inner = innerScope(from, second, /^module\.[\w-]+(\[[^\]]*\])?/.exec(name)?.[1] ?? "");
        const output = third === undefined ? undefined : fieldOf(inner?.module.outputs, third);
        if (inner === null || output === undefined) add({ kind: "other", name });
        else follow(inner, fieldOf(output, "expression"), null, depth);
        return;
      }
      case "each":
        if (second === "value" && resource !== null) follow(from, resource.for_each_expression, null, depth);
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
    const [type = "", label = "", attribute] = stepsOf(written);
    const index = /^[\w-]+\.[\w-]+\[("?)(.*?)\1\]/.exec(written)?.[2];
    const changes = (changesByName(plan).get(`${isData ? "data" : "managed"} ${type}.${label}`) ?? []).filter(
      (one) =>
        (one.module_address ?? "").startsWith(from.address) &&
        sameModule(one.module_address ?? "", from.address) &&
        (index === undefined || String(one.index ?? "") === index),
    );
    // What was read before the plan was made stands in no change, and is known; what is written and stands in none, is not.
    if (changes.length === 0 && !isData && !isWritten(from, type, label)) add({ kind: "other", name });
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

const byName = new WeakMap<TerraformPlan, Map<string, ResourceChange[]>>();

/** The instances of each resource, found once for a plan. */
function changesByName(plan: TerraformPlan): Map<string, ResourceChange[]> {
  const known = byName.get(plan);
  if (known !== undefined) return known;
  const made = new Map<string, ResourceChange[]>();
  for (const change of plan.resource_changes) {
    const name = `${change.mode} ${change.type}.${change.name}`;
    const others = made.get(name);
    if (others === undefined) made.set(name, [change]);
    else others.push(change);
  }
  byName.set(plan, made);
  return made;
}

/** The attribute, or all of the resource, is known before the apply. */
function isSettled({ change }: ResourceChange, attribute: string | undefined): boolean {
  const unknown = change.after_unknown;
  if (unknown === true) return false;
  if (attribute === undefined) return !hasTrue(unknown);
  return !hasTrue(fieldOf(unknown, attribute));
}

function hasTrue(value: unknown): boolean {
  if (value === true) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasTrue);
}

/** Every name that an expression, or a block of expressions, refers to. */
function referencesIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  const record = asRecord(expression);
  if (record === null) return [];
  const own = Array.isArray(record.references) ? record.references.filter((name) => typeof name === "string") : [];
  return own.length > 0 ? own : Object.values(record).flatMap(referencesIn);
}

/** A plan names `a.b.c`, `a.b` and `a` for one `a.b.c`: the longest alone. */
function narrowest(names: string[]): string[] {
  const shorter = new Set<string>();
  for (const name of names) for (const { index } of name.matchAll(/[.[]/g)) shorter.add(name.slice(0, index));
  return [...new Set(names)].filter((name) => !shorter.has(name));
}

/** The steps of a name without what stands in brackets: `a.b["x.y"].c` is a, b, c. */
function stepsOf(name: string): string[] {
  return name.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g, "").split(".");
}

/** What is written of a resource. */
export function configOf(scope: Scope, { mode, type, name }: ResourceChange): ConfigResource | null {
  const isSame = (one: ConfigResource) => one.type === type && one.name === name && (one.mode ?? "managed") === mode;
  return scope.module.resources?.find(isSame) ?? null;
}

function isWritten({ module }: Scope, type: string, name: string): boolean {
  return module.resources?.some((one) => one.type === type && one.name === name) === true;
}

const moduleStep = /\.?module\.([\w-]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/y;

/** The module in which a resource stands; null where the plan does not say what is written there. */
export function scopeOf(plan: TerraformPlan, moduleAddress: string): Scope | null {
  const root = plan.configuration?.root_module;
  if (root === undefined) return null;
  let scope: Scope | null = { address: "", module: root, parent: null, given: null };
  moduleStep.lastIndex = 0;
  while (scope !== null && moduleStep.lastIndex < moduleAddress.length) {
    const step = moduleStep.exec(moduleAddress);
    if (step === null) return null;
    scope = innerScope(scope, step[1] ?? "", step[2] ?? "");
  }
  return scope;
}

function innerScope(from: Scope, name: string, key: string): Scope | null {
  const calls = from.module.module_calls;
  const call = calls !== undefined && Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (call?.module === undefined) return null;
  const address = `${from.address === "" ? "" : `${from.address}.`}module.${name}${key}`;
  return { address, module: call.module, parent: from, given: call.expressions };
}

/** Where the key of an instance was not named, any instance of the module. */
function sameModule(address: string, wanted: string): boolean {
  return address === wanted || (stepsOf(address).join(".") === stepsOf(wanted).join(".") && !wanted.endsWith("]"));
}

/** What is known of an expression at the root: a constant, or one variable. */
export function constantAt({ variables }: TerraformPlan, expression: unknown): unknown {
  const constant = fieldOf(expression, "constant_value");
  if (constant !== undefined) return constant;
  const [name, ...others] = narrowest(referencesIn(expression));
  if (name === undefined || others.length > 0 || !name.startsWith("var.")) return undefined;
  return fieldOf(fieldOf(variables, name.slice("var.".length)), "value");
}
