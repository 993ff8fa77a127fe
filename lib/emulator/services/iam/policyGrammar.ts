import { parseOperator } from "../../../policy/parseOperator.js";
import { type Fields, isFields } from "../../../policy/policyFields.js";
import { isPolicyDate } from "./isPolicyDate.js";
import { resourceFault } from "./resourceFault.js";

const syntax = "Syntax errors in policy.";
const legacy = "The policy failed legacy parsing";

const elements = new Set(["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"]);
const principals = new Set(["Principal", "NotPrincipal"]);

/**
 * How IAM refuses to store an identity policy; null: it stores it. IAM looks for one thing after another in the whole
 * document, and names the first that it finds.
 *
 * @param partition the account's own: resources of others are refused
 * @param isManaged managed policies must say Version 2012-10-17, inline ones need not
 * @see aws-behaviour, policy-refused
 */
export function identityPolicyFault(text: string, partition: string, isManaged: boolean): string | null {
  const document = jsonOf(text);
  const statements = document === null ? null : statementsOf(document, principals);
  if (document === null || statements === null) return syntax;
  if (isManaged && document.Version !== "2012-10-17") return "Policy document must be version 2012-10-17 or greater.";
  if (statements.some((one) => Object.keys(one).some((name) => principals.has(name)))) {
    return "Policy document should not specify a principal.";
  }
  if (statements.some(failsLegacyParsing)) return legacy;
  let wrongResource: string | null = null;
  for (const statement of statements) {
    const fault = resourceFault(textsOf(statement.Resource ?? statement.NotResource), partition);
    if (fault === "legacy" && wrongResource === null) return legacy;
    if (fault !== "legacy") wrongResource ??= fault;
  }
  const sids = statements.flatMap(({ Sid }) => (typeof Sid === "string" && Sid !== "" ? [Sid] : []));
  if (new Set(sids).size < sids.length) return "Statement IDs (SID) in a single policy must be unique.";
  const actions = statements.map((one) => textsOf(one.Action ?? one.NotAction));
  if (actions.some(({ length }) => length === 0)) return "Policy statement must contain actions.";
  if (statements.some((one) => textsOf(one.Resource ?? one.NotResource).length === 0)) {
    return "Policy statement must contain resources.";
  }
  return wrongResource ?? firstOf(actions.flat(), actionFault);
}

const trustElements = new Set(principals);
const trustActions = /^sts:(?:assumerole(?:withsaml|withwebidentity)?|tagsession|setsourceidentity|setcontext)$/i;

/**
 * How IAM refuses to store a role's trust policy, but for principals that there are not; null: it stores it.
 *
 * @see aws-behaviour, trust-policy-refused
 */
export function trustPolicyFault(text: string): string | null {
  const document = jsonOf(text);
  if (document === null) return "This policy contains invalid Json";
  const statements = statementsOf(document, trustElements);
  if (statements === null) return syntax;
  if (statements.some(failsLegacyParsing)) return legacy;
  return firstOf(statements, (statement) => {
    if (statement.Resource !== undefined) return "Has prohibited field Resource";
    if (statement.NotResource !== undefined) return "AssumeRole policy must not contain resources.";
    const { Principal, NotPrincipal } = statement;
    if (Principal === undefined && NotPrincipal === undefined) return "Missing required field Principal";
    if (isFields(Principal) && Object.keys(Principal).length === 0) {
      return "Missing required field Principal cannot be empty!";
    }
    const actions = textsOf(statement.Action);
    if (actions.length === 0 && statement.NotAction === undefined) return "Policy statement must contain actions.";
    return actions.every((action) => trustActions.test(action))
      ? null
      : "AssumeRole policy may only specify STS AssumeRole actions.";
  });
}

function firstOf<T>(list: readonly T[], fault: (item: T) => string | null): string | null {
  for (const item of list) {
    const found = fault(item);
    if (found !== null) return found;
  }
  return null;
}

function jsonOf(text: string): Fields | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isFields(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** The statements where nothing is wrong with their form, else null. */
function statementsOf(document: Fields, more: ReadonlySet<string>): Fields[] | null {
  const { Version, Id, Statement } = document;
  if (Object.keys(document).some((name) => !["Version", "Id", "Statement"].includes(name))) return null;
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") return null;
  if (Id !== undefined && typeof Id !== "string") return null;
  const list: unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  const statements = list.filter(isFields).filter((one) => isStatement(one, more));
  return list.length > 0 && statements.length === list.length ? statements : null;
}

function isStatement(statement: Fields, more: ReadonlySet<string>): boolean {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Condition } = statement;
  return (
    Object.keys(statement).every((name) => elements.has(name) || more.has(name)) &&
    (Action === undefined || NotAction === undefined) &&
    (Resource === undefined || NotResource === undefined) &&
    (Sid === undefined || typeof Sid === "string") &&
    typeof Effect === "string" &&
    /^(?:allow|deny)$/i.test(Effect) &&
    [Action, NotAction, Resource, NotResource].every((value) => value === undefined || isTexts(value)) &&
    (Condition === undefined || isCondition(Condition))
  );
}

function isTexts(value: unknown): boolean {
  return typeof value === "string" || (Array.isArray(value) && value.every((item) => typeof item === "string"));
}

/** An operator that there is not is refused only where it has something to test. */
function isCondition(condition: unknown): boolean {
  if (!isFields(condition)) return false;
  return Object.entries(condition).every(([operator, keys]) => {
    if (!isFields(keys)) return false;
    const values = Object.values(keys).flat();
    const isKnown = parseOperator(operator) !== null || Object.keys(keys).length === 0;
    return isKnown && values.every((value) => ["string", "number", "boolean"].includes(typeof value));
  });
}

/** What IAM's older parser wants beside: Effect in its own letters, and dates that are dates. */
function failsLegacyParsing({ Effect, Condition }: Fields): boolean {
  if (Effect !== "Allow" && Effect !== "Deny") return true;
  if (!isFields(Condition)) return false;
  return Object.entries(Condition).some(([written, keys]) => {
    if (parseOperator(written)?.operator.startsWith("Date") !== true || !isFields(keys)) return false;
    return Object.values(keys)
      .flat()
      .some((value) => !isPolicyDate(String(value)));
  });
}

function actionFault(action: string): string | null {
  const [vendor = "", ...rest] = action.split(":");
  if (action === "*") return null;
  if (rest.length === 0) return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  if (rest.length > 1) return "Actions/Condition can contain only one colon.";
  return /^[A-Za-z\d.-]+$|^\*$/.test(vendor) ? null : `Vendor ${vendor} is not valid`;
}

function textsOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === "string");
}
