import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { configOf, innerScope, type Scope, scopeOf } from "./moduleScope.js";
import { narrowest, referencesIn, wordsIn } from "./references.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** So many names are looked at in all: many vaults may each wait for very much. */
const budgetOf = foundOnce<TerraformPlan, { left: number }>(() => ({ left: 500_000 }));

/**
 * Whether the apply makes a resource after another one for sure: by its depends_on, or its module's, or what its values are
 * made of. What goes by way of a local value the plan does not say.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on
 */
export function waitsFor(plan: TerraformPlan, one: ResourceChange, other: ResourceChange): boolean {
  const [from, to] = [one, other].map(({ module_address = "" }) => scopeOf(plan, module_address));
  if (from == null || to == null) return false;
  const [wanted, budget] = [bare(to.address), budgetOf(plan)];
  const seen = new Set<string>();
  const open: { scope: Scope; name: string }[] = [];

  const add = (scope: Scope, names: readonly string[] = []) => {
    for (const name of narrowest([...names])) {
      const mark = `${scope.address} ${name}`;
      if (!seen.has(mark)) open.push({ scope, name });
      seen.add(mark);
      budget.left -= 1;
    }
  };
  const addResource = (scope: Scope, resource: Pick<ResourceChange, "mode" | "type" | "name">) => {
    const written = configOf(scope, resource);
    add(scope, written?.depends_on);
    add(scope, referencesIn([written?.expressions, written?.for_each_expression, written?.count_expression]));
    for (let at = scope; at.parent !== null; at = at.parent) {
      const { for_each_expression, count_expression } = at.repeated;
      add(at.parent, [...at.dependsOn, ...referencesIn([for_each_expression, count_expression])]);
    }
  };

  addResource(from, one);
  for (let next = open.pop(); next !== undefined && budget.left > 0; next = open.pop()) {
    const { scope, name } = next;
    const [kind = "", second = "", third] = wordsIn(name);
    if (kind === "var") {
      if (scope.parent !== null) add(scope.parent, referencesIn(fieldOf(scope.given, second)));
    } else if (kind === "module") {
      const inner = innerScope(scope, second, "");
      if (inner === null) continue;
      const { outputs = {} } = inner.module;
      const output = third !== undefined && Object.hasOwn(outputs, third) ? outputs[third] : undefined;
      // The whole module is waited for.
      if (output === undefined && `${wanted}.`.startsWith(`${bare(inner.address)}.`)) return true;
      add(inner, [...referencesIn(output?.expression), ...(output?.depends_on ?? [])]);
    } else {
      const [mode, type, label = ""] = kind === "data" ? ["data", second, third] : ["managed", kind, second];
      const isWanted = mode === other.mode && type === other.type && label === other.name;
      if (isWanted && bare(scope.address) === wanted) return true;
      addResource(scope, { mode, type, name: label });
    }
  }
  return false;
}

/** Without the keys of instances. */
const bare = (address: string) => wordsIn(address).join(".");
