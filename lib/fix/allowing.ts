import { callKind } from "../facts/actions.js";
import { viaService } from "../facts/kms.js";
import type { Conditions } from "./Conditions.js";
import { literalText } from "./literalText.js";

/** What the statements of an Allow are to name. */
export interface Allowing {
  actions: readonly string[];
  region: string;
  /** The resource that an action is called on, as the policy names it: in a key policy "*" is the key. */
  resource: (action: string) => string;
  /** Resource policies: whom; left out in policies without Principal. */
  principal?: object | string;
  /** The only principal it is meant for, where others are under the same policy. */
  onlyFor?: string;
  /** What else is demanded of a call; nothing by default. */
  demanded?: (action: string) => Conditions;
  /** Without the conditions that bind the use of the key to AWS Backup; false by default. */
  isUnbound?: boolean;
  sids: ReadonlySet<string>;
}

/**
 * Allow statements for required actions, each on the resource that it is really called on: use of the key only through
 * AWS Backup (kms:ViaService), and grants only for an AWS service (kms:GrantIsForAWSResource). kms:RetireGrant has no
 * such condition, since AWS does not document how it is called.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource
 */
export function allowing(given: Allowing): object[] {
  const { actions, resource, principal, region, onlyFor, isUnbound = false, demanded = () => ({}) } = given;
  const groups = new Map<string, { actions: string[]; resource: string; condition: Conditions; sid: string }>();
  for (const action of actions) {
    const kind = kindOf(action);
    const where = resource(action);
    const more = isUnbound ? {} : demanded(action);
    const key = `${kind} ${where} ${JSON.stringify(more)}`;
    const known = groups.get(key);
    if (known !== undefined) known.actions.push(action);
    else {
      const condition = {
        ...(isUnbound ? {} : boundTo(kind, region)),
        ...(onlyFor !== undefined && { ArnEquals: { "aws:PrincipalArn": literalText(onlyFor) } }),
      };
      groups.set(key, { actions: [action], resource: where, condition: bothOf(more, condition), sid: sidOf[kind] });
    }
  }
  const sids = new Set(given.sids);
  return [...merged([...groups.values()])].map(({ actions: some, resource: where, condition, sid }) => ({
    Sid: freeSid(sid, sids),
    Effect: "Allow",
    ...(principal !== undefined && { Principal: principal }),
    Action: single(some),
    Resource: where,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  }));
}

/** Of a key under one operator, what the second says. */
function bothOf(one: Conditions, other: Conditions): Conditions {
  const operators = [...new Set([...Object.keys(other), ...Object.keys(one)])];
  return Object.fromEntries(operators.map((operator) => [operator, { ...one[operator], ...other[operator] }]));
}

type Kind = "own" | "storage" | "grant" | "retire" | "use";

const sidOf: Readonly<Record<Kind, string>> = {
  own: "CreateBackupVault",
  storage: "MountCapsule",
  grant: "CreateGrantForBackupVault",
  retire: "RetireGrantOfBackupVault",
  use: "UseKeyForBackupVault",
};

function kindOf(action: string): Kind {
  if (action === "kms:CreateGrant") return "grant";
  if (action === "kms:RetireGrant") return "retire";
  const kind = callKind(action);
  return kind === "kms" ? "use" : kind;
}

function boundTo(kind: Kind, region: string): Conditions {
  const via = { StringEquals: { "kms:ViaService": viaService(region) } };
  if (kind === "grant") return { ...via, Bool: { "kms:GrantIsForAWSResource": "true" } };
  return kind === "use" ? via : {};
}

/** What differs in nothing but its actions is one statement. */
function merged<G extends { actions: string[]; resource: string; condition: Conditions }>(groups: readonly G[]): G[] {
  const found = new Map<string, G>();
  for (const group of groups) {
    const key = JSON.stringify([group.resource, group.condition]);
    const known = found.get(key);
    if (known === undefined) found.set(key, group);
    else known.actions.push(...group.actions);
  }
  return [...found.values()];
}

/** A Sid that no other statement of the document has. */
export function freeSid(wanted: string, taken: Set<string>): string {
  let sid = wanted;
  for (let count = 2; taken.has(sid); count += 1) sid = `${wanted}${count}`;
  taken.add(sid);
  return sid;
}

/** One text alone, several as a list: as people write policies. */
export function single(texts: readonly string[]): string | string[] {
  const [first, ...rest] = texts;
  return first !== undefined && rest.length === 0 ? first : [...texts];
}

/** What a fix shows as its statement: the one, or a whole document where there are several. */
export function statementShown(statements: readonly object[]): object {
  const [only, ...others] = statements;
  return only !== undefined && others.length === 0 ? only : { Version: "2012-10-17", Statement: statements };
}
