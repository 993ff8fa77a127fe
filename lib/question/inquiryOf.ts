import { callKind, requiredActions, tagAction } from "../facts/actions.js";
import { vaultArn } from "../facts/arn.js";
import { publishedKeyPolicy } from "../facts/kms.js";
import type { Layer, PolicyLayer } from "../facts/layers.js";
import { notNamed } from "../facts/names.js";
import { openTagsKey } from "../facts/planKeys.js";
import { again } from "../policy/again.js";
import type { UnknownResource } from "../policy/EvaluationRequest.js";
import type { Truth } from "../policy/Truth.js";
import { type LayerEvidence, layerEvidence } from "../snapshot/layerEvidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { ContextParts } from "./ContextParts.js";
import { contextOf, type KnownContextKey } from "./contextOf.js";
import { type KnownCaller, knownCaller } from "./KnownCaller.js";
import { type KnownKey, knownKey } from "./KnownKey.js";

/** One required action, as policies are asked it: on which resource, in which context. Who asks is the inquiry's. */
export interface Question {
  action: string;
  kind: "own" | "storage" | "kms";
  resource: string | UnknownResource;
  context: (key: string) => KnownContextKey;
  /** Layers that do not touch this action, whatever stands in them. */
  exempt: ReadonlySet<Layer>;
}

/** A snapshot read once: who asks, about which key, with which policies, and the questions. */
export interface Inquiry {
  caller: KnownCaller;
  key: KnownKey;
  request: Snapshot["request"];
  principalHasBoundary: Truth;
  evidence: Record<PolicyLayer, LayerEvidence>;
  /** The seven in the order of AWS's checklist; after them backup:TagResource where tags are given. */
  questions: readonly Question[];
}

/**
 * Turns a snapshot into the questions that policies are asked. After this nobody looks into the snapshot again but for
 * what other sources said.
 *
 * @see https://repost.aws/knowledge-center/backup-vault-access-denied
 */
export function inquiryOf(snapshot: Snapshot): Inquiry {
  const caller = knownCaller(snapshot);
  const key = knownKey(snapshot);
  const evidence = layerEvidence(snapshot);
  if (key.isDefault && evidence["key-policy"].status !== "read") {
    const { partition, region, accountId } = snapshot.request;
    evidence["key-policy"] = published(partition, region, accountId);
  }
  const parts = contextParts(snapshot, caller, key);
  const exemptions = exemptionsOf(snapshot, caller, key);
  const actions: string[] = [...requiredActions];
  const willHaveTags = Object.keys(snapshot.request.backupVaultTags).length > 0 || parts.given.has(openTagsKey);
  if (willHaveTags) actions.push(tagAction);
  const contexts = new Map<string, Question["context"]>();
  return {
    caller,
    key,
    request: snapshot.request,
    principalHasBoundary: hasBoundary(snapshot, caller),
    evidence,
    questions: actions.map((action) => {
      const kind = callKind(action);
      // Both calls of the caller, and both uses of the key, carry the same.
      const call = kind === "own" ? kind : action === "kms:GenerateDataKey" ? "kms:Decrypt" : action;
      const context = contexts.get(call) ?? contextOf(parts, action);
      contexts.set(call, context);
      return { action, kind, resource: resourceOf(snapshot, key, kind), context, exempt: exemptions(action, kind) };
    }),
  };
}

/** What the context of every action is made of, put together from a snapshot. */
export function contextParts(
  snapshot: Pick<Snapshot, "capturedAt" | "request" | "caller" | "context" | "organization" | "policies">,
  caller: KnownCaller,
  key: KnownKey,
): ContextParts {
  const { capturedAt, request, context, organization, policies } = snapshot;
  const given = new Map(Object.entries(context).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  return {
    capturedAt,
    request,
    caller: snapshot.caller,
    context,
    organization,
    policies,
    knownCaller: caller,
    knownKey: key,
    given,
  };
}

/**
 * The resource that an action is called on: the vault's ARN, the key's ARN, or "*" for MountCapsule, which has no
 * resource type. The key behind an alias, also alias/aws/backup, is unknown until its ARN was read; a planned one always.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_backup-storage.html
 */
export function resourceOf(
  { request }: Pick<Snapshot, "request">,
  key: KnownKey,
  kind: Question["kind"],
): Question["resource"] {
  switch (kind) {
    case "own":
      // A plan may leave the name to the apply.
      if (request.backupVaultName !== notNamed) return vaultArn(request, request.backupVaultName);
      return { prefix: vaultArn(request, ""), isUuid: false, name: "request.backupVaultName" };
    case "storage":
      return "*";
    case "kms":
      if (key.arn !== null) return key.arn;
      // A plan may leave to the apply which key it is, and with it whose.
      if (key.isPlanned && key.read === null) {
        return { prefix: `arn:${request.partition}:kms:`, isUuid: false, name: "key.arn" };
      }
      return {
        prefix: `arn:${request.partition}:kms:${key.region}:${key.accountId}:key/`,
        isUuid: key.isDefault || (key.isPlanned && key.read?.multiRegion === false),
        name: "key.arn",
      };
  }
}

function hasBoundary({ policies }: Snapshot, { kind }: KnownCaller): Truth {
  if (kind === "root") return "false";
  switch (policies.permissionsBoundary.status) {
    case "read":
      return "true";
    case "none":
      return "false";
    case "unreadable":
    case "notRead":
      return "unknown";
  }
}

/** The same object for every vault of an account and Region. */
const published = again((partition: string, region: string, accountId: string): LayerEvidence => {
  const policy = { name: "default", document: publishedKeyPolicy({ partition, region, accountId }) };
  const places = [{ layer: "key-policy" as const, target: null, path: "key.policy", policy }];
  const levels = [{ target: null, name: null, path: "key.policy", places, unreadable: null }];
  return { status: "read", levels: () => levels, source: policy };
});

/**
 * Who is exempt (specification, rule 8).
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
function exemptionsOf(snapshot: Snapshot, caller: KnownCaller, key: KnownKey) {
  const { organization, request } = snapshot;
  const always: Layer[] = [];
  if (caller.kind === "root") always.push("identity-policy", "permissions-boundary");
  if (!caller.isTemporary) always.push("session-policy");
  const isManagement = organization.status === "read" && organization.value.managementAccountId === request.accountId;
  if (organization.status === "none" || isManagement || caller.isServiceLinked) always.push("service-control-policy");
  const keyOrganization = key.organization;
  const isKeyOfManagement =
    keyOrganization.status === "read" && keyOrganization.value.managementAccountId === key.accountId;
  if (key.isAwsManaged || caller.isServiceLinked || keyOrganization.status === "none" || isKeyOfManagement) {
    always.push("resource-control-policy");
  }
  if (key.isMissing) always.push("key-policy");

  const sets = exemptionSets(always);
  return (action: string, kind: Question["kind"]): ReadonlySet<Layer> => {
    if (kind === "kms") return action === "kms:RetireGrant" ? sets.retireGrant : sets.kms;
    return sets[kind];
  };
}

type Exemptions = Record<Question["kind"] | "retireGrant", ReadonlySet<Layer>>;

/** There are only so many: six layers are exempt from every action, or are not. */
const known = new Map<string, Exemptions>();

function exemptionSets(always: readonly Layer[]): Exemptions {
  const name = always.join();
  const sets = known.get(name) ?? newExemptionSets(always);
  known.set(name, sets);
  return sets;
}

function newExemptionSets(always: readonly Layer[]): Exemptions {
  const own: readonly Layer[] = [...always, "resource-control-policy", "key-policy", "key-state"];
  return {
    own: new Set(own),
    storage: new Set<Layer>([...own, "vpc-endpoint-policy"]),
    kms: new Set<Layer>([...always, "vpc-endpoint-policy"]),
    retireGrant: new Set<Layer>([...always, "vpc-endpoint-policy", "resource-control-policy"]),
  };
}
