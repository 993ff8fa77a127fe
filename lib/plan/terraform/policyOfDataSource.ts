import { asRecord, fieldOf } from "../fieldOf.js";
import { isNotKnown } from "../NotKnown.js";

/**
 * The document that an `aws_iam_policy_document` will make, where the plan knows what goes into it, in part at least; null
 * where it takes other documents in, or is not known at all.
 *
 * @param values as the plan has them, with what is not known marked
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyOfDataSource(values: unknown): object | null {
  const given = asRecord(values);
  if (given === null) return null;
  const others = ["source_policy_documents", "override_policy_documents", "source_json", "override_json"];
  if (others.some((name) => given[name] !== undefined && given[name] !== null)) return null;
  const statements = listOf(given.statement);
  if (statements.some(isNotKnown) || isNotKnown(given.statement)) return null;
  const version = typeof given.version === "string" ? given.version : "2012-10-17";
  return { Version: version, Statement: statements.map((one) => statementOf(one, version)) };
}

function statementOf(given: unknown, version: string): object {
  const field = (name: string) => fieldOf(given, name);
  const variables = (name: string) => withVariables(field(name), version);
  const effect = field("effect");
  return {
    ...(typeof field("sid") === "string" && field("sid") !== "" && { Sid: field("sid") }),
    Effect: effect === undefined || effect === null ? "Allow" : effect,
    ...listField("Action", field("actions")),
    ...listField("NotAction", field("not_actions")),
    ...listField("Resource", variables("resources")),
    ...listField("NotResource", variables("not_resources")),
    ...principals("Principal", variables("principals")),
    ...principals("NotPrincipal", variables("not_principals")),
    ...conditions(variables("condition")),
  };
}

/** Terraform's own `${` is written `&{` in it; the provider makes policy variables of that where policies have them. */
function withVariables(value: unknown, version: string): unknown {
  if (typeof value === "string") return version === "2012-10-17" ? value.replaceAll("&{", "${") : value;
  if (Array.isArray(value)) return value.map((one) => withVariables(one, version));
  const record = asRecord(value);
  if (record === null) return value;
  return Object.fromEntries(Object.entries(record).map(([name, one]) => [name, withVariables(one, version)]));
}

function listField(name: string, value: unknown): object {
  return isEmpty(value) ? {} : { [name]: value };
}

function principals(name: string, value: unknown): object {
  if (isEmpty(value)) return {};
  if (isNotKnown(value)) return { [name]: value };
  const byType = new Map<string, unknown[]>();
  for (const one of listOf(value)) {
    const type = fieldOf(one, "type");
    if (typeof type !== "string") return { [name]: isNotKnown(type) ? type : value };
    const names = byType.get(type) ?? [];
    for (const name of listOf(fieldOf(one, "identifiers"))) names.push(name);
    byType.set(type, names);
  }
  // The provider writes every principal of every service as the one star.
  if (byType.has("*")) return { [name]: "*" };
  return { [name]: Object.fromEntries(byType) };
}

function conditions(value: unknown): object {
  if (isEmpty(value)) return {};
  if (isNotKnown(value)) return { Condition: value };
  const tests = new Map<string, Map<string, unknown[]>>();
  for (const one of listOf(value)) {
    const [test, variable, values] = [fieldOf(one, "test"), fieldOf(one, "variable"), fieldOf(one, "values")];
    if (typeof test !== "string" || typeof variable !== "string")
      return { Condition: isNotKnown(test) ? test : variable };
    // Of one test of one key the provider makes one, with all their values.
    const keys = tests.get(test) ?? new Map<string, unknown[]>();
    const joined = keys.get(variable) ?? [];
    for (const value of listOf(values)) joined.push(value);
    tests.set(test, keys.set(variable, joined));
  }
  return { Condition: Object.fromEntries([...tests].map(([test, keys]) => [test, Object.fromEntries(keys)])) };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function listOf(value: unknown): unknown[] {
  return isEmpty(value) ? [] : Array.isArray(value) ? value : [value];
}
