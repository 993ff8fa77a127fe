import type { Key, OrganizationTarget, Policy, Snapshot } from "../../lib/snapshot/Snapshot.js";
import type { Filling } from "../oracle/Filling.js";
import { isIssuerOpen } from "../oracle/withSession.js";
import { documentsIn, mentionedKeys } from "./mentionedKeys.js";

const listKeys =
  /^(aws:(tagkeys|calledvia|principalorgpaths|resourceorgpaths|vpceorgpaths|sourceorgpaths)|kms:(encryptioncontextkeys|grantoperations|resourcealiases))$/;

const anything = { Action: "*", Resource: "*" };
/** Everything, nothing, and the opposite of everything. */
const documents: Policy["document"][] = [
  { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, ...anything }] },
  {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "s3:None", Resource: "*" }],
  },
  { Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: { AWS: "*" }, ...anything }] },
];
/** A value of each type that operands are compared as. */
const typical = [
  "something-else",
  "203.0.113.7",
  "2001:db8:ffff::7",
  "100.64.0.7",
  "true",
  "false",
  "-1",
  "1000000",
  "2026-11-20T11:30:00Z",
] as const;
const states = ["Enabled", "Disabled", "Unavailable"];

/** Chooses one of so many: the whole of what a filling needs to be told. */
export type Choose = (count: number) => number;

/** A small generator of numbers, so that a seed tells every choice. */
export function chooser(seed: number): Choose {
  let state = seed >>> 0;
  // Mulberry32: a plain congruential generator's draws hang together, and some fillings would never come.
  return (count) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  };
}

/**
 * Ways to fill in all that a snapshot leaves open, another one each time: keys with operands that the policies mention, with
 * something else or with absence; unread policies that allow everything, nothing, or deny everything.
 *
 * @param isWhole also the session, endpoint and resource control policies that are taken to allow where they were not read
 */
export function fillingsOf(snapshot: Snapshot, choose: Choose, { isWhole = false } = {}): () => Filling {
  const open = {
    isWhole,
    mentioned: mentionedKeys(snapshot),
    own: ownValues(snapshot),
    keyArns: keysMentioned(snapshot),
    sessions: sessionsMentioned(snapshot),
    roleIds: rolesMentioned(snapshot),
    issueTimes: issueTimes(snapshot),
    issuers: isIssuerOpen(snapshot) ? usersMentioned(snapshot) : null,
  };
  return () => filling(snapshot, open, choose);
}

interface Open {
  isWhole: boolean;
  mentioned: ReadonlyMap<string, string[]>;
  own: readonly string[];
  keyArns: readonly string[];
  sessions: readonly [string, ...string[]];
  roleIds: readonly [string, ...string[]];
  issueTimes: readonly [string, ...string[]];
  issuers: readonly [string, ...string[]] | null;
}

function filling(snapshot: Snapshot, open: Open, choose: Choose): Filling {
  const { mentioned, own, keyArns: named } = open;
  const values = new Map<string, string | string[] | null>();
  const facts = new Map<string, boolean>();
  const pick = <T>(all: readonly [T, ...T[]]): T => {
    const [chosen = all[0]] = all.slice(choose(all.length));
    return chosen;
  };
  const document = documents[choose(documents.length)] ?? null;
  const policy = (name: string): Policy => ({ name, document: documents[choose(documents.length)] ?? null });
  const target: OrganizationTarget = { id: "r-ab12", type: "ROOT", policies: [policy("scp")] };
  const arn =
    snapshot.request.encryptionKeyArn?.replace(/:alias\/.*/, ":key/1") ??
    `arn:${snapshot.request.partition}:kms:${snapshot.request.region}:${snapshot.request.accountId}:key/1`;
  const keyArns = [arn, ...named];
  const key: Key = {
    arn,
    accountId: arn.split(":")[4] ?? "",
    manager: "CUSTOMER",
    state: states[choose(states.length)] ?? "Enabled",
    policy: { status: "read", value: policy("default") },
    grants: { status: "none" },
  };
  return {
    contextValue: (name, _action, present) => {
      const known = values.get(name);
      if (known !== undefined && !(present && known === null)) return known;
      const asked = (mentioned.get(name) ?? []).map((one) => one.replace(/\/\d+$/, ""));
      // A star is itself to StringEquals, and anything to StringLike.
      const operands = [...asked, ...asked.filter((one) => one.includes("*")).map((one) => one.replaceAll("*", "x"))];
      if (name === "aws:tokenissuetime" && present) return pick(open.issueTimes);
      const value = pick([...typical, ...operands, ...defaultsIn(operands), ...own, ...(present ? [] : [null])]);
      const found = value !== null && listKeys.test(name) ? [value] : value;
      values.set(name, found);
      return found;
    },
    undocumented: (fact) => {
      const known = facts.get(fact) ?? choose(2) === 0;
      facts.set(fact, known);
      return known;
    },
    identity: [policy("identity")],
    permissionsBoundary: choose(4) === 0 ? null : policy("boundary"),
    session: open.isWhole ? [policy("session")] : null,
    sessionName: pick(open.sessions),
    roleId: pick(open.roleIds),
    ...(open.issuers !== null && { issuerArn: pick(open.issuers) }),
    serviceControl: [target],
    resourceControl: open.isWhole ? [{ ...target, policies: [policy("rcp")] }] : [],
    vpcEndpoint: open.isWhole ? policy("endpoint") : null,
    document,
    key,
    keyArn: keyArns[choose(keyArns.length)] ?? arn,
    keyPolicy: policy("default"),
    keyState: states[choose(states.length)] ?? "Enabled",
    organization: null,
  };
}

/**
 * What a policy variable may become in this request, what stands before a dash in a vault's name, and what the context
 * says: a variable over an unknown key may be compared with it.
 */
function ownValues({ request, caller, context, organization }: Snapshot): string[] {
  const [team = ""] = request.backupVaultName.split(/-[^-]*$/);
  const tags = [caller.tags, caller.sessionTags].flatMap((one) =>
    one?.status === "read" ? Object.values(one.value) : [],
  );
  const told = Object.values(context).flatMap((value) => (typeof value === "string" ? [value] : []));
  return [
    ...told,
    ...tags,
    ...(organization.status === "read" ? [organization.value.id] : []),
    request.accountId,
    caller.principalArn,
    "AssumedRole",
    "User",
    "FederatedUser",
    "*",
    "?",
    "$",
    team,
  ];
}

/** The keys that the policies name whole. */
function keysMentioned(snapshot: Snapshot): string[] {
  const text = JSON.stringify(documentsIn(snapshot));
  return [...text.matchAll(/"(arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+)"/g)].map(([, arn = ""]) => arn);
}

/** Sessions that the policies and the grants name, by their ARN or by their user id, and one that they do not. */
function sessionsMentioned(snapshot: Snapshot): [string, ...string[]] {
  const text = JSON.stringify([documentsIn(snapshot), snapshot.key]);
  const named = [...text.matchAll(/(?:assumed-role\/[^/"]+\/|AROA\w+:)([\w+=,.@-]+)/g)].map(([, name = ""]) => name);
  const ids = mentionedKeys(snapshot).get("aws:userid") ?? [];
  const patterns = ids.flatMap((id) => id.split(":").slice(1)).map((name) => name.replaceAll("*", "x"));
  return ["another-session", ...new Set([...named, ...patterns])];
}

/** The unique ids of roles that conditions name, and one that they do not. One in a Principal is a deleted role's. */
function rolesMentioned(snapshot: Snapshot): [string, ...string[]] {
  const ids = mentionedKeys(snapshot).get("aws:userid") ?? [];
  return ["AROAUNKNOWNUNKNOWN00", ...new Set(ids.flatMap((id) => id.match(/^AROA\w+/) ?? []))];
}

/** The users of the caller's account that the policies and the grants name, and one that they do not. */
function usersMentioned(snapshot: Snapshot): [string, ...string[]] {
  const { partition, accountId } = snapshot.request;
  const own = `arn:${partition}:iam::${accountId}:user/`;
  const text = JSON.stringify([documentsIn(snapshot), snapshot.key]);
  const named = [...text.matchAll(/"(arn:[\w-]+:iam::\d{12}:user\/[^"]+)"/g)].map(([, arn = ""]) => arn);
  return [`${own}another-user`, ...new Set(named.filter((arn) => arn.startsWith(own)))];
}

/** When a session may have begun: within the 36 hours before, at what the policies compare it with, and beside that. */
function issueTimes(snapshot: Snapshot): [string, ...string[]] {
  const now = Date.parse(snapshot.capturedAt);
  const told = (mentionedKeys(snapshot).get("aws:tokenissuetime") ?? []).map((text) => Date.parse(text));
  const hour = 3_600_000;
  const beside = told
    .flatMap((time) => [time - 1_000, time, time + 1_000])
    .filter((time) => time > now - 36 * hour && time <= now);
  const iso = (time: number) => new Date(time).toISOString();
  return [iso(now - hour / 2), iso(now - 35 * hour), ...beside.map(iso)];
}

/** The defaults of policy variables, as "ana" of `${aws:username, 'ana'}`. */
function defaultsIn(operands: readonly string[]): string[] {
  return operands.flatMap((operand) => [...operand.matchAll(/,\s*'([^']*)'\}/g)].map(([, text = ""]) => text));
}
