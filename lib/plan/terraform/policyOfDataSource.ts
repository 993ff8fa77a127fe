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
  return { Version: version, Statement: statements.map(statementOf) };
}

function statementOf(given: unknown): object {
  const field = (name: string) => fieldOf(given, name);
  const effect = field("effect");
  return {
    ...(typeof field("sid") === "string" && field("sid") !== "" && { Sid: field("sid") }),
    Effect: effect === undefined || effect === null ? "Allow" : effect,
    ...listField("Action", field("actions")),
    ...listField("NotAction", field("not_actions")),
    ...listField("Resource", field("resources")),
    ...listField("NotResource", field("not_resources")),
    ...principals("Principal", field("principals")),
    ...principals("NotPrincipal", field("not_principals")),
    ...conditions(field("condition")),
  };
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
    byType.set(type, [...(byType.get(type) ?? []), ...listOf(fieldOf(one, "identifiers"))]);
  }
  // The provider writes every principal of every service as the one star.
  if (byType.has("*")) return { [name]: "*" };
  return { [name]: Object.fromEntries(byType) };
}

function conditions(value: unknown): object {
  if (isEmpty(value)) return {};
  if (isNotKnown(value)) return { Condition: value };
  const tests: Record<string, Record<string, unknown>> = {};
  for (const one of listOf(value)) {
    const [test, variable, values] = [fieldOf(one, "test"), fieldOf(one, "variable"), fieldOf(one, "values")];
    if (typeof test !== "string" || typeof variable !== "string")
      return { Condition: isNotKnown(test) ? test : variable };
    tests[test] = { ...tests[test], [variable]: values };
  }
  return { Condition: tests };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function listOf(value: unknown): unknown[] {
  return isEmpty(value) ? [] : Array.isArray(value) ? value : [value];
}
