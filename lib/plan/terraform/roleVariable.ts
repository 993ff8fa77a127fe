import { parsePrincipalArn } from "../../facts/arn.js";
import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { narrowest, referencesIn, stepsIn } from "./references.js";
import type { TerraformPlan } from "./terraformPlanSchema.js";

/** A variable that tells of a role, and which, where it is the role's ARN. */
export interface RoleVariable {
  name: string;
  roleArn: string | null;
}

/**
 * A variable that tells of a role, and to which nothing refers that a plan writes down: what is left are dynamic blocks, as
 * `dynamic "assume_role"` of a provider, and local values. Null where there is none.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
 */
export const roleVariable = foundOnce((plan: TerraformPlan): RoleVariable | null => {
  const { provider_config = {}, root_module: root } = plan.configuration ?? {};
  // Without the modules themselves, which have variables of their own.
  const calls = Object.values(root?.module_calls ?? {}).map(
    ({ expressions, for_each_expression, count_expression }) => [expressions, for_each_expression, count_expression],
  );
  const providers = Object.values(provider_config).filter((one) => fieldOf(one, "module_address") === undefined);
  const written = [root?.resources, root?.outputs, calls, providers].flatMap((one) => Object.values(one ?? {}));
  const names = narrowest(written.flatMap((one) => referencesIn(Object.values(one))));
  const used = new Set(names.map((name) => stepsIn(name).slice(0, 2).join(".")));
  for (const [name, variable] of Object.entries(plan.variables ?? {})) {
    const value = fieldOf(variable, "value");
    if (!used.has(`var.${name}`) && tellsOfRole(name, value))
      return { name: `var.${name}`, roleArn: typeof value === "string" && isRole(value) ? value : null };
  }
  return null;
});

const isRole = (value: string) => parsePrincipalArn(value)?.kind === "role";

function tellsOfRole(name: string, value: unknown): boolean {
  if (typeof value === "string") return value !== "" && (isRole(value) || /assume|role/i.test(name));
  if (typeof value !== "object" || value === null) return value === true && /assume/i.test(name);
  return Object.values(value).some((one) => tellsOfRole(name, one));
}
