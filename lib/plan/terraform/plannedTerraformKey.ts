import type { PlannedKey } from "../../question/PlannedKey.js";
import type { Evidence } from "../../snapshot/Evidence.js";
import type { Policy } from "../../snapshot/Snapshot.js";
import { asRecord, fieldOf } from "../fieldOf.js";
import { isNotKnown } from "../NotKnown.js";
import { defaultKeyDocument, type PlanPlace, scalarText } from "../PlanPlace.js";
import { policyOfPlan } from "../policyOfPlan.js";
import { tagsOfPlan } from "../tagsOfPlan.js";
import { plannedValues } from "./plannedValues.js";
import { policyOfDataSource } from "./policyOfDataSource.js";
import { configOf, scopeOf, sourcesOf } from "./references.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** Resources that are KMS keys, each with what it calls its policy. */
const policyFields: Readonly<Record<string, string>> = {
  aws_kms_key: "policy",
  aws_kms_external_key: "policy",
  aws_kms_replica_key: "policy",
  aws_kms_replica_external_key: "policy",
  awscc_kms_key: "key_policy",
  awscc_kms_replica_key: "key_policy",
};

export function isKeyType(type: string): boolean {
  return Object.hasOwn(policyFields, type);
}

/** A policy of a key, and what was taken for granted of it. */
export interface KeyPolicyOfPlan {
  policy: Evidence<Policy>;
  assumption: string | null;
}

/**
 * A key that a plan makes, as the apply will leave it.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key
 */
export function plannedTerraformKey(
  plan: TerraformPlan,
  change: ResourceChange,
  policy: Evidence<Policy>,
): Omit<Extract<PlannedKey, { status: "new" }>, "region" | "accountId"> {
  const values = plannedValues(change);
  const written = writtenOf(plan, change);
  // What is not written, and not known, the provider takes from KMS, which takes its defaults.
  const field = (name: string) => {
    const value = fieldOf(values, name);
    return isNotKnown(value) && written !== null && !Object.hasOwn(written, name) ? undefined : value;
  };
  const given = {
    spec: field("key_spec") ?? field("customer_master_key_spec"),
    usage: field("key_usage"),
    origin: change.type.includes("external") ? "EXTERNAL" : (field("origin") ?? "AWS_KMS"),
  };
  const [keySpec, keyUsage, origin] = [given.spec, given.usage, given.origin].map(scalarText);
  const state = stateOf(change, values, field, origin);
  const isReplica = change.type.includes("replica");
  const multiRegion = isReplica ? true : fieldOf(values, "multi_region");
  return {
    status: "new",
    address: change.address,
    parts: {
      manager: "CUSTOMER",
      state: state === "Enabled" && Object.values(given).some(isNotKnown) ? null : state,
      policy,
      grants: hasGrants(plan) ? { status: "notRead" } : { status: "none" },
      aliases: { status: "notRead" },
      tags: tagsOfPlan(
        fieldOf(values, change.type.startsWith("awscc") ? "tags" : "tags_all") ?? fieldOf(values, "tags"),
      ),
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
  const isOn = type.startsWith("awscc")
    ? field("enabled")
    : (fieldOf(values, "is_enabled") ?? fieldOf(values, "enabled"));
  if (isNotKnown(isOn) || isNotKnown(material)) return null;
  return isOn === false ? "Disabled" : "Enabled";
}

/** What is written of a resource; null where the plan does not say. */
function writtenOf(plan: TerraformPlan, change: ResourceChange): Readonly<Record<string, unknown>> | null {
  const scope = scopeOf(plan, change.module_address ?? "");
  return asRecord(scope === null ? null : configOf(scope, change)?.expressions);
}

/** A grant that the plan makes may be of any of its keys. */
function hasGrants({ resource_changes }: TerraformPlan): boolean {
  return resource_changes.some(({ type, change }) => type === "aws_kms_grant" && change.actions.includes("create"));
}

/**
 * The policy that a key will have: of a resource of its own (`aws_kms_key_policy`), else the key's own, else the one that
 * KMS gives.
 */
export function keyPolicyOfPlan(plan: TerraformPlan, change: ResourceChange, place: PlanPlace): KeyPolicyOfPlan {
  const apart = plan.resource_changes.find((one) => isPolicyOf(plan, one, change));
  if (apart !== undefined) {
    return {
      policy: documentOf(plan, apart, "policy", place),
      assumption: apart.change.actions.includes("no-op")
        ? null
        : `${apart.address} is applied before the vault is made; depends_on in the vault would make sure of it.`,
    };
  }
  return { policy: documentOf(plan, change, policyFields[change.type] ?? "policy", place), assumption: null };
}

function isPolicyOf(plan: TerraformPlan, one: ResourceChange, key: ResourceChange): boolean {
  if (one.type !== "aws_kms_key_policy" || one.change.after === null) return false;
  const named = fieldOf(one.change.after, "key_id");
  const own = [fieldOf(key.change.after, "arn"), fieldOf(key.change.after, "key_id")];
  if (typeof named === "string") return own.includes(named);
  const scope = scopeOf(plan, one.module_address ?? "");
  const config = scope === null ? null : configOf(scope, one);
  if (scope === null || config === null) return false;
  const sources = sourcesOf(plan, scope, fieldOf(config.expressions, "key_id"), config);
  const [first, ...others] = sources.filter(
    (source) =>
      source.kind === "other" ||
      source.change.index === undefined ||
      source.change.index === one.index ||
      sources.length === 1,
  );
  return others.length === 0 && first?.kind === "resource" && first.change === key;
}

function documentOf(plan: TerraformPlan, change: ResourceChange, field: string, place: PlanPlace): Evidence<Policy> {
  const name = "default";
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
    const document = policyOfDataSource(plannedValues(only.change));
    if (document !== null) return policyOfPlan(name, document);
  }
  return policyOfPlan(name, given);
}
