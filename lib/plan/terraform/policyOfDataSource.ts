import { asRecord, fieldOf } from "../fieldOf.js";
import { isNotKnown } from "../NotKnown.js";

/** What is merged: a statement replaces the one of its Sid. */
interface Merged {
  Version?: unknown;
  Statement: unknown[];
}

/**
 * The document that an `aws_iam_policy_document` will make, where the plan knows what goes into it, in part at least; null
 * where it takes other documents in that are not known, or is not known at all.
 *
 * @param values as the plan has them, with what is not known marked
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyOfDataSource(values: unknown): object | null {
  const given = asRecord(values);
  if (given === null) return null;
  const sources = documentsIn([given.source_json, given.source_policy_documents]);
  const overrides = documentsIn([given.override_json, given.override_policy_documents]);
  if (sources === null || overrides === null) return null;
  const statements = listOf(given.statement);
  if (statements.some(isNotKnown) || isNotKnown(given.statement)) return null;
  const version = typeof given.version === "string" ? given.version : "2012-10-17";
  const own = { Version: version, Statement: statements.map((one) => statementOf(one, version)) };
  // Which one it replaces, or is replaced by, its Sid says.
  const isOpen = statements.some((one) => isNotKnown(fieldOf(one, "sid")));
  const others = [...sources, ...overrides];
  if (isOpen && others.length > 0) return null;
  return others.length === 0 ? own : [...sources, own, ...overrides].reduce(merged, { Statement: [] });
}

/** In their order; null where one of them is not known, or is none. */
function documentsIn(given: readonly unknown[]): Merged[] | null {
  const documents: Merged[] = [];
  for (const one of given.flat()) {
    if (one === null || one === undefined || one === "") continue;
    const document = typeof one === "string" ? parsed(one) : null;
    if (document === null) return null;
    documents.push({ Version: document.Version, Statement: listOf(document.Statement) });
  }
  return documents;
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return null;
  }
}

/** As the provider does: the later Version counts, and the later of two statements with one Sid, in the earlier's place. */
function merged(into: Merged, { Version: version, Statement: statements }: Merged): Merged {
  const places = new Map(into.Statement.map((one, at) => [fieldOf(one, "Sid"), at]));
  const all = [...into.Statement];
  for (const one of statements) {
    const sid = fieldOf(one, "Sid");
    const at = typeof sid === "string" && sid !== "" ? places.get(sid) : undefined;
    if (at === undefined) places.set(sid, all.push(one) - 1);
    else all[at] = one;
  }
  const isLater = typeof version === "string" && (typeof into.Version !== "string" || version > into.Version);
  return { Version: isLater ? version : into.Version, Statement: all };
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
