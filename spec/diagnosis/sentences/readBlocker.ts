import type { Blocker, Diagnosis } from "../../../lib/diagnosis/Diagnosis.js";
import type { Snapshot } from "../../../lib/snapshot/Snapshot.js";
import type { Layer } from "../../oracle/Layer.js";
import { listOf } from "../../oracle/listOf.js";
import {
  concerns,
  isCalled,
  layersByName,
  listed,
  plainlyAllows,
  policiesHere,
  saysWhom,
  someActions,
  someLayer,
  statementsIn,
  whoCalls,
  wordsOfAws,
} from "./facts.js";

const policyNamed = '(?: "([\\s\\S]+?)")?(?: \\(([^()]+)\\))?';
const explicit = new RegExp(
  `^(?:The ${someLayer}${policyNamed}|(An?) ${someLayer})(?: at (\\S+))? explicitly denies ${someActions}(?: by its statement (?:at index (\\d+)|"([\\s\\S]*)" \\(index (\\d+)\\)))?\\.$`,
);
const silences: [RegExp, (match: string[], about: About) => string[]][] = [
  [
    new RegExp(`^No identity policy of (.+) allows ${someActions}\\.$`),
    ([, who = "", what = ""], about) => [
      ...is("whose policies", who, whoCalls(about.snapshot).holder),
      ...silence(about, "identity-policy", what, null),
    ],
  ],
  [
    new RegExp(`^The permissions boundary(?: of (.+?)|${policyNamed}) does not allow ${someActions}\\.$`),
    ([, who, name, attached, what = ""], about) => [
      ...(who === undefined ? [] : is("whose boundary", who, whoCalls(about.snapshot).holder)),
      ...named(about, "permissions-boundary", name, attached, null),
      ...silence(about, "permissions-boundary", what, null),
    ],
  ],
  [
    new RegExp(`^No session policy of the session allows ${someActions}\\.$`),
    ([, what = ""], about) => silence(about, "session-policy", what, null),
  ],
  [
    new RegExp(`^The organization's service control policies do not allow ${someActions}\\.$`),
    ([, what = ""], about) => silence(about, "service-control-policy", what, null),
  ],
  [
    new RegExp(`^No service control policy at (\\S+)(?: \\((.+)\\))? allows ${someActions}\\.$`),
    ([, target = "", name, what = ""], about) => {
      const { serviceControl } = about.snapshot.policies;
      const found = serviceControl.status === "read" ? serviceControl.value.find(({ id }) => id === target) : undefined;
      return [
        ...(found === undefined ? [`there is no target ${target}`] : is("the target's name", name, found.name)),
        ...silence(about, "service-control-policy", what, target),
      ];
    },
  ],
  [
    new RegExp(`^The resource control policies(?: at (\\S+))? do not allow ${someActions}\\.$`),
    ([, target, what = ""], about) => silence(about, "resource-control-policy", what, target ?? null),
  ],
  [
    new RegExp(
      `^The key policy neither grants ${someActions} to (.+) nor leaves it to the account's identity policies\\.$`,
    ),
    ([, what = "", who = ""], about) => [
      ...is("to whom", who, whoCalls(about.snapshot).told),
      ...silence(about, "key-policy", what, null),
    ],
  ],
  [
    new RegExp(`^The key cannot be used for ${someActions}: ([\\s\\S]+)\\.$`),
    ([, what = "", why = ""], about) => [...actionsAre(about, what), ...unusable(about.snapshot, why)],
  ],
  [
    new RegExp(`^The VPC endpoint policy${policyNamed} does not allow ${someActions}\\.$`),
    ([, name, attached, what = ""], about) => [
      ...named(about, "vpc-endpoint-policy", name, attached, null),
      ...silence(about, "vpc-endpoint-policy", what, null),
    ],
  ],
];

interface About {
  snapshot: Snapshot;
  diagnosis: Diagnosis;
  blocker: Blocker;
}

/** What a blocker's reason says that is not so; a sentence of another shape is untrue, too. */
export function readBlocker(snapshot: Snapshot, diagnosis: Diagnosis, blocker: Blocker): string[] {
  const about = { snapshot, diagnosis, blocker };
  const match = explicit.exec(blocker.reason);
  if (match !== null) return readDenial(match, about);
  for (const [shape, read] of silences) {
    const found = shape.exec(blocker.reason);
    if (found !== null) {
      return [...is("the effect", "implicitDeny", blocker.effect), ...read(found, about)];
    }
  }
  return ["a sentence of no known shape"];
}

function readDenial(match: RegExpExecArray, about: About): string[] {
  const [, layerNamed, name, attached, article, layerUnnamed, target, what = "", bare, sid, index] = match;
  const layerName = layerNamed ?? layerUnnamed ?? "";
  const layer = layersByName[layerName] ?? "key-state";
  const { blocker } = about;
  const number = bare ?? index;
  return [
    ...(article === undefined ? [] : is("the article", article, /^[aeiou]/i.test(layerName) ? "An" : "A")),
    ...is("the layer", layer, blocker.layer),
    ...is("the effect", "explicitDeny", blocker.effect),
    ...is("the target", target, blocker.target ?? undefined),
    ...is("the statement", number, blocker.statement === null ? undefined : String(blocker.statement.index)),
    ...is("the statement's Sid", sid, blocker.statement?.sid ?? undefined),
    ...actionsAre(about, what),
    ...named(about, layer, name, attached, target ?? null),
    ...(number === undefined ? [] : denies(about, layer, name, target ?? null, Number(number), sid, what)),
  ];
}

/** A policy that is named stands there, or AWS named it; and none is named "". */
function named(
  { snapshot }: About,
  layer: Layer,
  name: string | undefined,
  attached: string | undefined,
  target: string | null,
): string[] {
  if (name === undefined) return [];
  if (name === "") return ['a policy named ""'];
  const here = (policiesHere(snapshot, layer) ?? []).filter((one) => target === null || one.target?.id === target);
  const found = here.filter(({ policy }) => isCalled(policy, name));
  if (found.length === 0) {
    return isPublished(snapshot, layer) || wordsOfAws(snapshot).includes(name) ? [] : [`there is no ${layer} ${name}`];
  }
  if (attached === undefined) return [];
  return found.some(({ policy }) => policy.attachedTo === attached) ? [] : [`${name} is not attached to ${attached}`];
}

/** The key policy of alias/aws/backup, which is known without having been read. */
function isPublished({ request, key }: Snapshot, layer: Layer): boolean {
  const isUnread = key.status !== "read" || key.value.policy.status !== "read";
  return layer === "key-policy" && request.encryptionKeyArn === null && isUnread;
}

function denies(
  { snapshot }: About,
  layer: Layer,
  name: string | undefined,
  target: string | null,
  index: number,
  sid: string | undefined,
  what: string,
): string[] {
  const here = (policiesHere(snapshot, layer) ?? []).filter(
    (one) => (target === null || one.target?.id === target) && isCalled(one.policy, name ?? ""),
  );
  const isSo = here.some(({ policy }) => {
    const statement = wholeStatements(policy)[index];
    if (statement === undefined || statement.Effect !== "Deny") return false;
    return statement.Sid === sid && listed(what).every((action) => concerns(statement, action));
  });
  return isSo ? [] : [`no statement ${index} of ${name} denies ${what}`];
}

/** A damaged document's statements keep their numbers, so they are read from the text itself. */
function wholeStatements(policy: Parameters<typeof statementsIn>[0]): ReturnType<typeof statementsIn> {
  const { document } = policy;
  if (document === null) return [];
  try {
    const parsed: unknown =
      typeof document === "string"
        ? JSON.parse(document.startsWith("%7B") ? decodeURIComponent(document) : document)
        : document;
    return listOf((parsed as { Statement?: ReturnType<typeof statementsIn> }).Statement ?? []);
  } catch {
    return [];
  }
}

/** Where the policies themselves were heard, none of them plainly allows what is said not to be allowed. */
function silence(about: About, layer: Layer, what: string, target: string | null): string[] {
  const { snapshot, diagnosis, blocker } = about;
  const untrue = [...is("the layer", layer, blocker.layer), ...actionsAre(about, what)];
  const here = policiesHere(snapshot, layer);
  for (const action of listed(what)) {
    const sources = diagnosis.actions.find((row) => row.action === action)?.layers[layer].sources ?? [];
    if (sources.some((source) => source !== "policies")) continue;
    if (here === null && !isPublished(snapshot, layer))
      untrue.push(`the ${layer} was not read, so nothing is known of ${action}`);
    for (const { policy, target: place } of here ?? []) {
      if (target !== null && place?.id !== target) continue;
      const allowing = statementsIn(policy).find(
        (statement) => plainlyAllows(statement, action) && (!saysWhom(layer) || lets(snapshot, statement)),
      );
      if (allowing !== undefined) untrue.push(`${policy.name} allows ${action}`);
    }
  }
  return untrue;
}

function lets({ caller, request }: Snapshot, { Principal }: ReturnType<typeof statementsIn>[number]): boolean {
  if (Principal === undefined) return false;
  const names = Principal === "*" ? ["*"] : listOf(Principal.AWS);
  const { partition, accountId } = request;
  const own = ["*", caller.arn, caller.principalArn, accountId, `arn:${partition}:iam::${accountId}:root`];
  return names.some((name) => own.includes(name));
}

function unusable({ request, key, dryRun }: Snapshot, why: string): string[] {
  const given = request.encryptionKeyArn ?? "";
  return why.split("; ").flatMap((one) => {
    const [, state] = /^the key is in state (\w+)$/.exec(one) ?? [];
    if (state !== undefined) return is("the key's state", state, key.status === "read" ? key.value.state : null);
    const [, ofKey, ofVault] = /^the key is in Region (\S+), the vault would be in Region (\S+)$/.exec(one) ?? [];
    if (ofKey !== undefined) {
      return [...is("the key's Region", ofKey, given.split(":")[3]), ...is("the vault's", ofVault, request.region)];
    }
    const [, spec, usage] = /^the key is (?:of spec (\w+)|for (\w+)), and AWS Backup needs \w+$/.exec(one) ?? [];
    const read = key.status === "read" ? key.value : undefined;
    if (spec !== undefined) return is("the key's spec", spec, read?.keySpec);
    if (usage !== undefined) return is("the key's usage", usage, read?.keyUsage);
    if (one.startsWith("the key is named by an alias")) return given.includes(":alias/") ? [] : ["no alias was given"];
    if (one === "the key does not exist") return is("the key", key.status, "none");
    if (/dry run/.test(one)) {
      const isSo = dryRun?.status === "read" && dryRun.value.some(({ keyState }) => keyState === "refused");
      return isSo ? [] : ["no dry run was refused for the key's state"];
    }
    return [`a reason of no known shape: ${one}`];
  });
}

function actionsAre({ blocker }: About, what: string): string[] {
  return is("the actions", listed(what).join(), blocker.actions.join());
}

function is(what: string, said: string | null | undefined, so: string | null | undefined): string[] {
  return said === so ? [] : [`${what}: "${said}" is said, it is "${so}"`];
}
