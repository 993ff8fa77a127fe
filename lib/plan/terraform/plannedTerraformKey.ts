import type { PlannedKey } from "../../question/PlannedKey.js";
import type { Evidence } from "../../snapshot/Evidence.js";
import type { Policy } from "../../snapshot/Snapshot.js";
import { fieldOf } from "../fieldOf.js";
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
  const text = (name: string) => scalarText(fieldOf(values, name));
  const isReplica = change.type.includes("replica");
  const multiRegion = isReplica ? true : fieldOf(values, "multi_region");
  const keySpec = text("key_spec") ?? text("customer_master_key_spec");
  const keyUsage = text("key_usage");
  return {
    status: "new",
    address: change.address,
    parts: {
      manager: "CUSTOMER",
      state: stateOf(change, values),
      policy,
      grants: hasGrants(plan) ? { status: "notRead" } : { status: "none" },
      aliases: { status: "notRead" },
      tags: tagsOfPlan(
        fieldOf(values, change.type.startsWith("awscc") ? "tags" : "tags_all") ?? fieldOf(values, "tags"),
      ),
      ...(keySpec !== undefined && { keySpec }),
      ...(keyUsage !== undefined && { keyUsage }),
      origin: change.type.includes("external") ? "EXTERNAL" : "AWS_KMS",
      ...(typeof multiRegion === "boolean" && {
        multiRegion,
        ...(multiRegion && { multiRegionKeyType: isReplica ? "REPLICA" : "PRIMARY" }),
      }),
    },
  };
}

function stateOf({ type }: ResourceChange, values: unknown): string | null {
  if (type.includes("external") && fieldOf(values, "key_material_base64") === null) return "PendingImport";
  const isOn = fieldOf(values, "is_enabled") ?? fieldOf(values, "enabled");
  // awscc leaves to the apply what was not written, which is then enabled.
  if (isNotKnown(isOn)) return type.startsWith("awscc") ? "Enabled" : null;
  return isOn === false ? "Disabled" : "Enabled";
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
