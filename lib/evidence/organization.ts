import { type Answer, malformed, reasonOf } from "../aws/Answer.js";
import { handled } from "../aws/handled.js";
import { parseArn } from "../facts/arn.js";
import { accountId } from "../facts/names.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Organization, OrganizationTarget, Policy } from "../snapshot/Snapshot.js";
import type { Reading } from "./Reading.js";
import { readAnswer } from "./readAnswer.js";
import { readList } from "./readList.js";

type PolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

/** What Organizations tells of one account. */
export interface AccountOrganization {
  organization: Evidence<Organization>;
  targets: Evidence<OrganizationTarget[]>;
}

export interface OrganizationReader {
  /** The organization of an account and the policies of one type at each level above it, root first. */
  account: (accountId: string, isOwn: boolean, type: PolicyType) => Promise<AccountOrganization>;
}

type Target = Pick<OrganizationTarget, "id" | "type" | "name">;

/** Where an account stands, and in which organization, where that was told. */
interface Place {
  levels: Answer<Target[]>;
  organization: Omit<Organization, "path"> | null;
}

const notInUse = "AWSOrganizationsNotInUseException";
const notFound = "AccountNotFoundException";

/**
 * Reads the organization: itself and its enabled policy types at once, each account's place by DescribeAccount's Paths
 * (else by walking its parents), the policies of all levels side by side, each policy's text once.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html (AccountNotFoundException:
 * the account is of no organization, or of another one than the reader's)
 */
export function organizationReader(reading: Reading): OrganizationReader {
  const described = handled(describeOrganization(reading));
  const roots = handled(rootOf(reading));
  const places = new Map<string, Promise<Place>>();
  const texts = new Map<string, Promise<{ document: string } | { unreadable: string }>>();

  const placeOf = (accountId: string) => {
    const known = places.get(accountId) ?? accountPlace(reading, accountId);
    places.set(accountId, known);
    return known;
  };
  const textOf = (policyId: string) => {
    const known = texts.get(policyId) ?? policyText(reading, policyId);
    texts.set(policyId, known);
    return known;
  };

  return {
    async account(id, isOwn, type) {
      const place = placeOf(id);
      const targets = handled(
        place.then(async ({ levels }): Promise<Evidence<OrganizationTarget[]>> => {
          if (!levels.ok) return { status: "unreadable", reason: reasonOf(levels) };
          return attachedAt(reading, levels.value, type, textOf);
        }),
      );
      const readers = await described;
      const told = await place;
      // Another account may be of another organization than the reader's, which its own ARN tells.
      const others = isOwn ? null : told.organization;
      if (others !== null && !(readers.ok && readers.value.id === others.id)) {
        return { organization: withPath(others, told.levels), targets: await targets };
      }
      if (!readers.ok && readers.name === notInUse) {
        // Asked of the caller's organization; of another account's nothing follows.
        return isOwn
          ? { organization: { status: "none" }, targets: { status: "none" } }
          : { organization: { status: "notRead" }, targets: { status: "notRead" } };
      }
      if (isOwn && !told.levels.ok && told.levels.name === notFound) {
        // The reader's organization is another than the caller's.
        const reason = reasonOf(told.levels);
        return { organization: { status: "unreadable", reason }, targets: { status: "unreadable", reason } };
      }
      const isMember = isOwn || others !== null || told.levels.ok;
      const root = await roots;
      const named = told.organization ?? root.organization;
      const organization: typeof readers = readers.ok || named === null ? readers : { ok: true, value: named };
      const isEnabled = root.types === null || root.types.has(type);
      return {
        organization: organizationOf(organization, told, isMember),
        targets: !isEnabled && isMember ? { status: "read", value: [] } : touching(organization, await targets),
      };
    },
  };
}

function organizationOf(
  organization: Answer<Omit<Organization, "path">>,
  { levels }: Place,
  isMember: boolean,
): Evidence<Organization> {
  if (!organization.ok) return { status: "unreadable", reason: reasonOf(organization) };
  // That another account is in this organization is known only where it could be described.
  if (!isMember && !levels.ok) return { status: "unreadable", reason: reasonOf(levels) };
  return withPath(organization.value, levels);
}

function withPath(organization: Omit<Organization, "path">, levels: Answer<Target[]>): Evidence<Organization> {
  if (!levels.ok) return { status: "read", value: { ...organization, path: null } };
  const above = levels.value.filter(({ type }) => type !== "ACCOUNT").map(({ id }) => `${id}/`);
  return { status: "read", value: { ...organization, path: `${organization.id}/${above.join("")}` } };
}

async function describeOrganization(reading: Reading): Promise<Answer<Omit<Organization, "path">>> {
  const answer = await readAnswer(reading, "organizations:DescribeOrganization", {});
  if (!answer.ok) return answer;
  const { Id: id, MasterAccountId: managementAccountId } = answer.value.Organization;
  return { ok: true, value: { id, managementAccountId } };
}

/**
 * The levels' policies; not read where nobody tells the management account, for they would not touch that one.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
function touching(
  organization: Answer<unknown>,
  targets: Evidence<OrganizationTarget[]>,
): Evidence<OrganizationTarget[]> {
  if (organization.ok || targets.status !== "read") return targets;
  return {
    status: "unreadable",
    reason: `${reasonOf(organization)} (whether the account is the management account, which they do not touch, is not known)`,
  };
}

/** What the root tells: the policy types that are enabled in it, and its organization; null where it could not be read. */
async function rootOf(
  reading: Reading,
): Promise<{ types: ReadonlySet<string> | null; organization: Place["organization"] }> {
  const answer = await readList(reading, "organizations:ListRoots", {});
  const roots = answer.ok ? answer.value : [];
  // A root that is not named enables nothing that could be known.
  if (roots.length === 0) return { types: null, organization: null };
  const types = roots.flatMap(({ PolicyTypes }) => PolicyTypes);
  return {
    types: new Set(types.filter(({ Status }) => Status !== "PENDING_ENABLE").map(({ Type }) => Type)),
    organization: organizationIn(roots[0]?.Arn),
  };
}

/** Root, organizational units and account, in this order. */
async function accountPlace(reading: Reading, AccountId: string): Promise<Place> {
  const account = await readAnswer(reading, "organizations:DescribeAccount", { AccountId });
  const { Name: name, Arn: arn, Paths: paths } = account.ok ? account.value.Account : {};
  const own: Target = { id: AccountId, type: "ACCOUNT", ...(name !== undefined && { name }) };
  const organization = organizationIn(arn);
  const told = levelsOf(paths?.[0]);
  if (told.length > 0) return { levels: { ok: true, value: [...told, own] }, organization };
  if (!account.ok && account.name === notInUse) return { levels: account, organization };
  const walked = await parentsOf(reading, AccountId);
  if (walked.ok) return { levels: { ok: true, value: [...walked.value, own] }, organization };
  return { levels: account.ok ? walked : account, organization };
}

/**
 * "arn:aws:organizations::111122223333:account/o-a1b2c3d4e5/444455556666": the management account and its organization, as a
 * root's ARN names them, too.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
function organizationIn(arn: string | undefined): Place["organization"] {
  const { service, accountId: managementAccountId = "", resource = "" } = parseArn(arn ?? "") ?? {};
  const [kind = "", id = ""] = resource.split("/");
  const isNamed = kind === "account" || kind === "root";
  const isOne = service === "organizations" && isNamed && accountId.test(managementAccountId);
  return isOne && id.startsWith("o-") ? { id, managementAccountId } : null;
}

/** "o-a1/r-b2/ou-b2-c3/444455556666/" as its root and organizational units. */
function levelsOf(path: string | undefined): Target[] {
  return (path ?? "").split("/").flatMap((id): Target[] => {
    if (id.startsWith("r-")) return [{ id, type: "ROOT" }];
    return id.startsWith("ou-") ? [{ id, type: "ORGANIZATIONAL_UNIT" }] : [];
  });
}

async function parentsOf(reading: Reading, childId: string): Promise<Answer<Target[]>> {
  const levels: Target[] = [];
  let ChildId = childId;
  // An organization is at most a root and five levels of units deep.
  for (let depth = 0; depth < 8; depth += 1) {
    const answer = await readList(reading, "organizations:ListParents", { ChildId });
    if (!answer.ok) return answer;
    const [parent] = answer.value;
    if (parent === undefined) break;
    levels.unshift({ id: parent.Id, type: parent.Type });
    if (parent.Type === "ROOT") return { ok: true, value: levels };
    ChildId = parent.Id;
  }
  return malformed("the parents do not lead to a root");
}

async function attachedAt(
  reading: Reading,
  levels: Target[],
  type: PolicyType,
  textOf: (policyId: string) => Promise<{ document: string } | { unreadable: string }>,
): Promise<Evidence<OrganizationTarget[]>> {
  const read = await Promise.all(
    levels.map(async (target) => ({ target, list: await policiesAt(reading, target.id, type) })),
  );
  const refused = read.map(({ list }) => list).filter((list) => !list.ok);
  const [first] = refused;
  if (first !== undefined && !first.ok && refused.length === read.length) {
    return { status: "unreadable", reason: reasonOf(first) };
  }
  const value = await Promise.all(
    read.map(async ({ target, list }): Promise<OrganizationTarget> => {
      if (!list.ok) return { ...target, policies: [], unreadable: reasonOf(list) };
      const policies = await Promise.all(
        list.value.map(async ({ Id, Arn, Name = Id }): Promise<Policy> => {
          const text = await textOf(Id);
          return {
            name: Name,
            id: Id,
            ...(Arn !== undefined && { arn: Arn }),
            ...("document" in text ? { document: text.document } : { document: null, unreadable: text.unreadable }),
          };
        }),
      );
      return { ...target, policies };
    }),
  );
  return { status: "read", value };
}

function policiesAt(reading: Reading, TargetId: string, Filter: PolicyType) {
  return readList(reading, "organizations:ListPoliciesForTarget", { TargetId, Filter });
}

async function policyText(reading: Reading, PolicyId: string): Promise<{ document: string } | { unreadable: string }> {
  const answer = await readAnswer(reading, "organizations:DescribePolicy", { PolicyId });
  return answer.ok ? { document: answer.value.Policy.Content } : { unreadable: reasonOf(answer) };
}
