import { isDeepStrictEqual } from "node:util";
import type { PlannedKey } from "../../question/PlannedKey.js";
import type { Evidence } from "../../snapshot/Evidence.js";
import type { Policy } from "../../snapshot/Snapshot.js";
import { eitherPolicy } from "../eitherPolicy.js";
import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { isNotKnown, notKnown } from "../NotKnown.js";
import { defaultKeyDocument, type PlanPlace, scalarText } from "../PlanPlace.js";
import { policyOfPlan } from "../policyOfPlan.js";
import { tagsOfPlan } from "../tagsOfPlan.js";
import { deployerOf } from "./deployerOf.js";
import { policyFields } from "./isKey.js";
import { fieldsOf, kindOfKey } from "./kindOfKey.js";
import { mayBeNull } from "./mayBeNull.js";
import { configOf, scopeOf } from "./moduleScope.js";
import { plannedValues } from "./plannedValues.js";
import { policyOfDataSource } from "./policyOfDataSource.js";
import { policyResourcesOf, takenPolicyOf } from "./policyResourcesOf.js";
import { sourcesOf } from "./references.js";
import { tagsIn } from "./tagsIn.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";
import { waitsFor } from "./waitsFor.js";

/** A policy of a key, and the resource that gives it to a key that is there by then; null where none does. */
export interface KeyPolicyOfPlan {
  policy: Evidence<Policy>;
  by: ResourceChange | null;
  /** The one that it has before that; null where it is not known. */
  earlier: Evidence<Policy> | null;
}

/** A key that a plan makes, as the apply will leave it; but for where. */
type NewKey = Omit<Extract<PlannedKey, { status: "new" }>, "region" | "accountId">;

/** With what gives it its policy, and the one that it has before. */
type MadeKey = Omit<KeyPolicyOfPlan, "policy"> & { key: NewKey };

const keysByPlace = foundOnce<ResourceChange, Map<string, MadeKey>>(() => new Map());

/**
 * A key that a plan makes, as the apply will leave it, and what gives it its policy. Read once, however
 * many vaults use it.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key
 */
export function newKeyOf(plan: TerraformPlan, change: ResourceChange, place: PlanPlace): MadeKey {
  const known = keysByPlace(change);
  const at = JSON.stringify(place);
  const earlier = known.get(at);
  if (earlier !== undefined) return earlier;
  const told = keyPolicyOfPlan(plan, change, place);
  const isGuarded = isGuardedPolicy(told, change, place);
  const made = { key: plannedTerraformKey(plan, change, told.policy, isGuarded), by: told.by, earlier: told.earlier };
  known.set(at, made);
  return made;
}

function plannedTerraformKey(
  plan: TerraformPlan,
  change: ResourceChange,
  policy: Evidence<Policy>,
  isGuarded: boolean,
): NewKey {
  const values = plannedValues(change);
  const field = fieldsOf(plan, change);
  const isReplica = change.type.includes("replica");
  const given = kindOfKey(plan, change);
  const [keySpec, keyUsage, origin] = [given.spec, given.usage, given.origin].map(scalarText);
  const state = stateOf(change, values, field, origin);
  const multiRegion = isReplica ? true : fieldOf(values, "multi_region");
  return {
    status: "new",
    address: change.address,
    isGuarded,
    parts: {
      manager: "CUSTOMER",
      state: state === "Enabled" && Object.values(given).some(isNotKnown) ? null : state,
      policy,
      grants: hasGrants(plan) ? { status: "notRead" } : { status: "none" },
      aliases: { status: "notRead" },
      tags: tagsOfPlan(tagsIn(values, change.type.startsWith("awscc") ? "tags" : "tags_all", deployerOf(plan, change))),
      ...(keySpec !== undefined && { keySpec }),
      ...(keyUsage !== undefined && { keyUsage }),
      ...(origin !== undefined && { origin }),
      ...(typeof multiRegion === "boolean" && {
        multiRegion,
        ...(multiRegion && { multiRegionKeyType: isReplica ? "REPLICA" : "PRIMARY" }),
      }),
    },
  };
}

/** Null where only the apply tells. */
function stateOf(
  { type }: ResourceChange,
  values: unknown,
  field: (name: string) => unknown,
  origin: string | undefined,
): string | null {
  const material = fieldOf(values, "key_material_base64");
  if (origin === "EXTERNAL" && (material === null || material === undefined)) return "PendingImport";
  const isOn = type.startsWith("awscc") ? field("enabled") : switchOf(values);
  if (isNotKnown(isOn) || isNotKnown(material)) return null;
  return isOn === false ? "Disabled" : "Enabled";
}

const switchOf = (values: unknown) => fieldOf(values, "is_enabled") ?? fieldOf(values, "enabled");

/** What the plan makes of the state of a key that is there; undefined where it leaves it alone. */
export function switchedState(change: ResourceChange): "Enabled" | "Disabled" | null | undefined {
  const isOn = switchOf(plannedValues(change));
  if (isNotKnown(isOn)) return null;
  if (typeof isOn !== "boolean" || isOn === switchOf(change.change.before)) return undefined;
  return isOn ? "Enabled" : "Disabled";
}

/** A grant that the plan makes may be of any of its keys. */
const hasGrants = foundOnce(({ resource_changes }: TerraformPlan) =>
  resource_changes.some(({ type, change }) => type === "aws_kms_grant" && change.actions.includes("create")),
);

/**
 * The policy that a key will have: of a resource of its own (`aws_kms_key_policy`), else the key's own, else the one that
 * KMS gives.
 */
export function keyPolicyOfPlan(plan: TerraformPlan, change: ResourceChange, place: PlanPlace): KeyPolicyOfPlan {
  const { given: apart, perhaps } = policyResourcesOf(plan, change);
  const [first] = apart;
  if (first !== undefined) {
    const policy = alikePolicy(plan, apart, place);
    const by = apart.find((one) => !one.change.actions.includes("no-op")) ?? null;
    return {
      policy: policy ?? policyOfPlan(name, notKnown(`which policy ${change.address} has`)),
      by,
      earlier: by === null || apart.length > 1 ? null : earlierOf(plan, by, change, place),
    };
  }
  if (perhaps !== null)
    return {
      policy: policyOfPlan(name, notKnown(`whether ${perhaps.address} is of ${change.address}`)),
      by: null,
      earlier: null,
    };
  const taken = takenPolicyOf(plan, change);
  if (taken !== null)
    return {
      policy: policyOfPlan(name, notKnown(`which policy is left when ${taken.address} is deleted`)),
      by: taken,
      earlier: null,
    };
  const field = policyFields[change.type] ?? "policy";
  const policy = documentOf(plan, change, field, place);
  return isUpdated(change, field)
    ? { policy, by: change, earlier: documentThere(change.change.before, field) }
    : { policy, by: null, earlier: null };
}

const isUpdated = ({ change: { actions, before, after } }: ResourceChange, field: string): boolean =>
  actions.includes("update") && fieldOf(before, field) !== fieldOf(after, field);

/** The policy of a key until a resource of its own gives it another: that resource's earlier one, else the key's own. */
function earlierOf(plan: TerraformPlan, by: ResourceChange, key: ResourceChange, place: PlanPlace) {
  const field = policyFields[key.type] ?? "policy";
  // Made anew, it leaves the key without for a while; and a key that is given another itself has three in turn.
  if (by.change.actions.includes("delete") || isUpdated(key, field)) return null;
  if (by.change.before != null) return documentThere(by.change.before, "policy");
  return key.change.actions.includes("create")
    ? documentOf(plan, key, field, place)
    : documentThere(key.change.before, field);
}

function documentThere(values: unknown, field: string): Evidence<Policy> | null {
  const document = fieldOf(values, field);
  return typeof document === "string" && document !== "" ? policyOfPlan(name, document) : null;
}

/** The policy that is in force when a vault is made: where the vault does not wait for what gives it, it is one of two. */
export function policyInForce(
  plan: TerraformPlan,
  vault: ResourceChange,
  { policy, by, earlier }: KeyPolicyOfPlan,
): Evidence<Policy> {
  if (by === null || waitsFor(plan, vault, by)) return policy;
  const because = `whether ${by.address} comes before ${vault.address}, which depends_on decides`;
  return earlier === null ? policyOfPlan(name, notKnown(because)) : eitherPolicy(earlier, policy, { name, because });
}

/** Whether KMS looks if a policy lets whoever puts it change it again: not the one that KMS gives, nor where it is told not to. */
export function isGuardedPolicy(
  { policy, by }: Pick<KeyPolicyOfPlan, "policy" | "by">,
  key: ResourceChange,
  place: PlanPlace,
): boolean {
  const told = fieldOf(plannedValues(by ?? key), "bypass_policy_lockout_safety_check");
  const isGiven = policy.status === "read" && !isDeepStrictEqual(policy.value.document, defaultKeyDocument(place));
  return isGiven && told !== true && !isNotKnown(told);
}

const name = "default";

const alikePolicies = foundOnce<readonly ResourceChange[], Map<string, Evidence<Policy> | null>>(() => new Map());

/** Which of several gives a key its policy, the plan does not tell: null where they are not all the same. */
function alikePolicy(plan: TerraformPlan, apart: readonly ResourceChange[], place: PlanPlace): Evidence<Policy> | null {
  const known = alikePolicies(apart);
  const at = JSON.stringify(place);
  const earlier = known.get(at);
  if (earlier !== undefined) return earlier;
  const [first = null, ...others] = apart.map((one) => documentOf(plan, one, "policy", place));
  const policy = others.every((other) => isDeepStrictEqual(other, first)) ? first : null;
  known.set(at, policy);
  return policy;
}

const policyOfSource = foundOnce((source: ResourceChange): Evidence<Policy> | null => {
  const document = policyOfDataSource(plannedValues(source));
  return document === null ? null : policyOfPlan(name, document);
});

function documentOf(plan: TerraformPlan, change: ResourceChange, field: string, place: PlanPlace): Evidence<Policy> {
  const given = fieldOf(plannedValues(change), field);
  if (typeof given === "string" && given !== "") return policyOfPlan(name, given);
  const scope = scopeOf(plan, change.module_address ?? "");
  const config = scope === null ? null : configOf(scope, change);
  const written = fieldOf(config?.expressions, field);
  if (!isNotKnown(given))
    return policyOfPlan(
      name,
      given === undefined || given === null || given === "" ? defaultKeyDocument(place) : given,
    );
  if (scope === null || config === null) return policyOfPlan(name, given);
  if (written === undefined) return policyOfPlan(name, defaultKeyDocument(place));
  const sources = sourcesOf(plan, scope, written, config);
  const [only, ...others] = sources;
  // All that it is written with is known: were it a text, it would be known, too. So it is null.
  if (only === undefined) return policyOfPlan(name, defaultKeyDocument(place));
  if (others.length === 0 && only.kind === "resource" && only.change.type === "aws_iam_policy_document") {
    const policy = policyOfSource(only.change);
    // A policy of its own resource cannot be left out.
    const test = change.type === "aws_kms_key_policy" ? null : mayBeNull(plan, change, field);
    if (policy !== null && test === null) return policy;
    if (test !== null)
      return policyOfPlan(name, notKnown(`whether ${change.address} has one, which ${test} may decide`));
  }
  return policyOfPlan(name, given);
}
