import { type ChangedBeside, mayServeBackup, ofEndpoint, ofIdentities, ofOrganization } from "../ChangedBeside.js";
import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { isNotKnown } from "../NotKnown.js";
import { policyThere } from "./changedPolicies.js";
import { configOf, scopeOf } from "./moduleScope.js";
import { plannedValues } from "./plannedValues.js";
import { sourcesOf } from "./references.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** Where resources of IAM say whose rights they are. */
const whose: readonly [field: string, kind: string][] = [
  ["role", "role"],
  ["role_name", "role"],
  ["roles", "role"],
  ["user", "user"],
  ["user_name", "user"],
  ["users", "user"],
];

const ofIam =
  /^aws(?:cc)?_iam_(?:(?:role|user|group)(?:_(?:polic(?:y|ies)|group_membership|membership)\w*)?|(?:managed_)?policy(?:_attachment)?)$/;
const isOfOrganization =
  /^aws(?:cc)?_(?:organizations_(?:policy|policy_attachment|account|organization)|controltower_(?:control|enabled_control))$/;
const ofPermissionSet = /^aws(?:cc)?_(?:ssoadmin_(?:permission|permissions|managed|customer)|sso_permission_set)/;

const ofVpcEndpoint = /^aws(?:cc)?_(?:ec2_)?vpc_endpoint(?:_policy)?$/;

/** What makes nothing by itself where it is new: somebody has to be given it, or to take it. */
const idle = /^aws(?:cc)?_(?:iam_(?:role|user|group|policy)|organizations_(?:policy|account)|ssoadmin_permission_set)$/;

/**
 * What a Terraform plan changes of identities' rights, of the organization's policies and of VPC endpoints'.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 * @see https://docs.aws.amazon.com/controltower/latest/controlreference/controls.html (preventive ones are SCPs and RCPs)
 */
export function changedInTerraform(plan: TerraformPlan): ChangedBeside[] {
  return plan.resource_changes.flatMap((one): ChangedBeside[] => {
    const { address, mode, type, change } = one;
    const isChanged = change.actions.some((action) => /^(?:create|update|delete)$/.test(action));
    const isNew = change.actions.every((action) => action === "create");
    if (
      mode !== "managed" ||
      !isChanged ||
      policyThere(one) !== null ||
      (isNew && idle.test(type) && !type.startsWith("awscc_"))
    )
      return [];
    if (ofPermissionSet.test(type)) return [{ address, of: ["role/AWSReservedSSO_*"], layers: ofIdentities }];
    if (isOfOrganization.test(type))
      return isOfOtherKind(plan, one) ? [] : [{ address, of: null, layers: ofOrganization }];
    if (ofVpcEndpoint.test(type)) return isOfBackup(plan, one) ? [{ address, of: null, layers: ofEndpoint }] : [];
    return ofIam.test(type) ? [{ address, of: namesIn(plan, one), layers: ofIdentities }] : [];
  });
}

function namesIn(plan: TerraformPlan, one: ResourceChange): string[] | null {
  const { type, change } = one;
  if (/_iam_(?:managed_)?policy$/.test(type)) return null;
  // Groups have users alone.
  const names = /_iam_group/.test(type) ? ["user/*"] : [];
  const own = /^aws(?:cc)?_iam_(role|user)$/.exec(type)?.[1];
  const fields = own === undefined ? whose : [...whose, ["name", own] as const, [`${own}_name`, own] as const];
  for (const [field, kind] of fields) {
    for (const value of [fieldOf(plannedValues(one), field), fieldOf(change.before, field)].flat()) {
      if (typeof value === "string" && value !== "") names.push(`${kind}/${value}`);
      else if (isNotKnown(value) && !isNewName(plan, one, field)) names.push(`${kind}/*`);
    }
  }
  return names;
}

/** Whether it gives another policy to an endpoint that calls of AWS Backup may pass. */
function isOfBackup(plan: TerraformPlan, one: ResourceChange): boolean {
  const field = one.type.startsWith("awscc_") ? "policy_document" : "policy";
  const policy = fieldOf(plannedValues(one), field);
  const before = fieldOf(one.change.before, field);
  // One that is given none lets everything pass.
  const isGiven = isNotKnown(policy) ? isWritten(plan, one, field) : typeof policy === "string" && policy !== before;
  if (!one.type.endsWith("_policy")) return isGiven && mayServeBackup(fieldOf(plannedValues(one), "service_name"));
  const endpoints = sourcesIn(plan, one, "vpc_endpoint_id");
  const services = endpoints.map((source) =>
    source.kind === "resource" ? fieldOf(plannedValues(source.change), "service_name") : null,
  );
  return isGiven && (services.length === 0 || services.some(mayServeBackup));
}

/** A name that only the apply tells is of somebody who is made then, and who can have called nothing before. */
function isNewName(plan: TerraformPlan, one: ResourceChange, field: string): boolean {
  if (one.change.actions.includes("create") && /_iam_(?:role|user)$/.test(one.type)) return true;
  const sources = sourcesIn(plan, one, field);
  return sources.length > 0 && sources.every((source) => source.kind === "resource" && isMade(source.change));
}

const isMade = ({ mode, type, change }: ResourceChange) =>
  mode === "managed" && /_iam_(?:role|user)$/.test(type) && change.actions.includes("create");

/** Backup and tag policies decide no call. */
function isOfOtherKind(plan: TerraformPlan, one: ResourceChange): boolean {
  const isOther = ({ type, change: { before, after } }: ResourceChange) =>
    type.endsWith("_organizations_policy") &&
    [before, after].every(
      (value) => !/^(?:undefined|SERVICE_CONTROL_POLICY|RESOURCE_CONTROL_POLICY)$/.test(kindOf(value)),
    );
  if (!one.type.endsWith("_attachment")) return isOther(one);
  const id = fieldOf(one.change.after ?? one.change.before, "policy_id");
  const policies =
    typeof id === "string"
      ? (policiesById(plan).get(id) ?? [])
      : sourcesIn(plan, one, "policy_id").flatMap((source) => (source.kind === "resource" ? [source.change] : []));
  return policies.length > 0 && policies.every(isOther);
}

const policiesById = foundOnce(({ resource_changes }: TerraformPlan): ReadonlyMap<string, ResourceChange[]> => {
  const found = new Map<string, ResourceChange[]>();
  for (const one of resource_changes) {
    const id = fieldOf(one.change.after ?? one.change.before, "id");
    if (!one.type.endsWith("_organizations_policy") || typeof id !== "string") continue;
    const alike = found.get(id);
    if (alike === undefined) found.set(id, [one]);
    else alike.push(one);
  }
  return found;
});

/** Where there is no policy, it is of no kind; one that does not say it is a service control policy. */
const kindOf = (value: unknown) => (value === null ? "none" : String(fieldOf(value, "type")));

function isWritten(plan: TerraformPlan, one: ResourceChange, field: string): boolean {
  const scope = scopeOf(plan, one.module_address ?? "");
  return scope === null || fieldOf(configOf(scope, one)?.expressions, field) !== undefined;
}

function sourcesIn(plan: TerraformPlan, one: ResourceChange, field: string) {
  const scope = scopeOf(plan, one.module_address ?? "");
  const config = scope === null ? null : configOf(scope, one);
  return scope === null || config === null ? [] : sourcesOf(plan, scope, fieldOf(config.expressions, field), config);
}
