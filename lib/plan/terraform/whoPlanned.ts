import { parsePrincipalArn } from "../../facts/arn.js";
import { region as regionName } from "../../facts/names.js";
import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { scalarText } from "../PlanPlace.js";
import { configOf, scopeOf } from "./moduleScope.js";
import type { TerraformPlan } from "./terraformPlanSchema.js";

/** As whom and where a provider called when the plan was made; undefined: the plan does not tell; null: it tells of several. */
interface Planned {
  arn?: string | null;
  region?: string | null;
}

/** So many resources of a state are looked at. */
const most = 200_000;

/**
 * What data sources told of each provider when the plan was made, by the provider's name in the configuration. A plan
 * leaves out what is made of expressions, and dynamic blocks altogether; this is what came of them.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation (prior_state)
 */
export const whoPlanned = foundOnce((plan: TerraformPlan): ReadonlyMap<string, Planned> => {
  const told = new Map<string, Planned>();
  const modules: unknown[] = [fieldOf(fieldOf(plan.prior_state, "values"), "root_module")];
  let left = most;
  for (let module = modules.pop(); module !== undefined && left > 0; module = modules.pop()) {
    modules.push(...listIn(module, "child_modules"));
    const scope = scopeOf(plan, scalarText(fieldOf(module, "address")) ?? "");
    for (const one of listIn(module, "resources")) {
      left -= 1;
      const [mode, type = "", name] = ["mode", "type", "name"].map((field) => scalarText(fieldOf(one, field)));
      if (scope === null || mode !== "data" || name === undefined || !/^aws_(caller_identity|region)$/.test(type))
        continue;
      const { provider_config_key: key, expressions } = configOf(scope, { mode, type, name }) ?? {};
      // One that is asked about a Region tells of that.
      if (["region", "name", "endpoint"].some((field) => fieldOf(expressions, field) !== undefined)) continue;
      if (key !== undefined) told.set(key, joined(told.get(key), toldBy(type, fieldOf(one, "values"))));
    }
  }
  return told;
});

/** Instances of one provider (for_each, of OpenTofu) may each be in a Region of their own, which no resource is known to be of. */
function joined(earlier: Planned = {}, { arn, region }: Planned): Planned {
  const both = <T>(one: T | undefined, other: T | undefined) => (one === undefined || one === other ? other : null);
  return {
    ...earlier,
    ...(arn !== undefined && { arn: both(earlier.arn, arn) }),
    ...(region !== undefined && { region: both(earlier.region, region) }),
  };
}

function toldBy(type: string, values: unknown): Planned {
  if (type === "aws_caller_identity") {
    const arn = scalarText(fieldOf(values, "arn"));
    return arn !== undefined && parsePrincipalArn(arn) !== null ? { arn } : {};
  }
  const region = scalarText(fieldOf(values, "region") ?? fieldOf(values, "name") ?? fieldOf(values, "id"));
  return region !== undefined && regionName.test(region) ? { region } : {};
}

function listIn(record: unknown, name: string): unknown[] {
  const list = fieldOf(record, name);
  return Array.isArray(list) ? list : [];
}
