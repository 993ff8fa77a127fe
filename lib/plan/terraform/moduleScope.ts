import { foundOnce } from "../foundOnce.js";
import type { ConfigModule, ConfigResource, Repeated, ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** A module as it is called: where, what is written there, and by whom it is called. */
export interface Scope {
  /** With the keys of its instances, as `module.backup[0]`; "" is the root. */
  address: string;
  module: ConfigModule;
  parent: Scope | null;
  /** What it is called with. */
  given: unknown;
  /** How often it is called; its keys are those of `address`. */
  repeated: Repeated;
  /** What the call waits for, by the caller's names. */
  dependsOn: readonly string[];
}

/** What is written of a resource. */
export function configOf(
  { module }: Scope,
  { mode, type, name }: Pick<ResourceChange, "mode" | "type" | "name">,
): ConfigResource | null {
  return writtenIn(module).get(`${mode} ${type}.${name}`) ?? null;
}

export function isWritten({ module }: Scope, type: string, name: string): boolean {
  return ["managed", "data"].some((mode) => writtenIn(module).has(`${mode} ${type}.${name}`));
}

const writtenIn = foundOnce(({ resources = [] }: ConfigModule) => {
  const written = new Map<string, ConfigResource>();
  for (const one of resources) {
    const name = `${one.mode ?? "managed"} ${one.type}.${one.name}`;
    if (!written.has(name)) written.set(name, one);
  }
  return written;
});

const scopesOf = foundOnce<TerraformPlan, Map<string, Scope | null>>(() => new Map());

const moduleStep = /\.?module\.([\w-]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/y;

/** The module in which a resource stands; null where the plan does not say what is written there. */
export function scopeOf(plan: TerraformPlan, moduleAddress: string): Scope | null {
  const scopes = scopesOf(plan);
  const known = scopes.get(moduleAddress);
  if (known !== undefined) return known;
  const scope = scopeAt(plan, moduleAddress);
  scopes.set(moduleAddress, scope);
  return scope;
}

function scopeAt(plan: TerraformPlan, moduleAddress: string): Scope | null {
  const root = plan.configuration?.root_module;
  if (root === undefined) return null;
  let scope: Scope | null = { address: "", module: root, parent: null, given: null, repeated: {}, dependsOn: [] };
  moduleStep.lastIndex = 0;
  while (scope !== null && moduleStep.lastIndex < moduleAddress.length) {
    const step = moduleStep.exec(moduleAddress);
    if (step === null) return null;
    scope = innerScope(scope, step[1] ?? "", step[2] ?? "");
  }
  return scope;
}

export function innerScope(from: Scope, name: string, key: string): Scope | null {
  const calls = from.module.module_calls;
  const call = calls !== undefined && Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (call?.module === undefined) return null;
  const address = `${from.address === "" ? "" : `${from.address}.`}module.${name}${key}`;
  const { module, expressions: given, depends_on: dependsOn = [] } = call;
  return { address, module, parent: from, given, repeated: call, dependsOn };
}
