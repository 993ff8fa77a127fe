import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { scalarText } from "../PlanPlace.js";
import { scopeOf } from "./moduleScope.js";
import { sourcesOf, type ValueSource } from "./references.js";
import type { TerraformPlan } from "./terraformPlanSchema.js";

/** More names than these nobody's changes are made of. */
const most = 20_000;

/** Of AWS's own resources but those of KMS, none of these is a key's ARN. */
const neverKey =
  /^(?:account_id|arn|id|json|key_id|minified_json|name|name_prefix|policy_id|principal|service_principal|unique_id|url|version)$/;
const keyless =
  /^aws_(?:backup_(?!vault$)|caller_identity$|iam_|organizations_|partition$|region$|sns_topic_(?:policy|subscription)$|vpc$|subnet$|security_group)/;

/**
 * Where a key's ARN may come from. What a local value is made of a plan does not say, but it names every attribute that what
 * it changes is made of, through local values, too: those of them that are not known yet and may be a key's.
 *
 * @returns `taken`: the local values of which that was so taken
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation (relevant_attributes)
 */
export function keySources(
  plan: TerraformPlan,
  sources: readonly ValueSource[],
): { sources: readonly ValueSource[]; taken: readonly string[] } {
  const isLocal = (source: ValueSource) => source.kind === "other" && source.name.startsWith("local.");
  const locals = sources.filter(isLocal);
  const perhaps = locals.length === 0 ? [] : relevantKeys(plan);
  if (perhaps.length === 0) return { sources, taken: [] };
  const taken = locals.flatMap((source) => (source.kind === "other" ? [source.name] : []));
  return { sources: [...sources.filter((source) => !isLocal(source)), ...perhaps], taken };
}

const relevantKeys = foundOnce((plan: TerraformPlan): readonly ValueSource[] => {
  const { relevant_attributes: given } = plan;
  if (!Array.isArray(given) || given.length > most) return [];
  const found = new Map<string, ValueSource>();
  for (const one of given) {
    const [, module = "", resource = ""] = split.exec(scalarText(fieldOf(one, "resource")) ?? "") ?? [];
    const [attribute]: unknown[] = [fieldOf(one, "attribute")].flat();
    const scope = scopeOf(plan, module.slice(0, -1));
    // What stands in no module that is written, may be anything.
    if (scope === null || resource === "") return [];
    const name = typeof attribute === "string" ? `${resource}.${attribute}` : resource;
    for (const source of sourcesOf(plan, scope, { references: [name] }, null)) {
      if (mayBeKey(source)) found.set(nameOf(source), source);
    }
  }
  return [...found.values()];
});

const split = /^((?:module\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.)*)(.*)$/;

function mayBeKey(source: ValueSource): boolean {
  if (source.kind === "other") return true;
  const { change, attribute } = source;
  const { type } = change;
  if (/^aws(?:cc)?_kms_/.test(type)) return !/^(?:id|key_id)$/.test(attribute ?? "");
  return !(keyless.test(type) || (/^aws(?:cc)?_/.test(type) && neverKey.test(attribute ?? "")));
}

const nameOf = (source: ValueSource) =>
  source.kind === "other" ? `other ${source.name}` : `${source.change.address}.${source.attribute ?? ""}`;
