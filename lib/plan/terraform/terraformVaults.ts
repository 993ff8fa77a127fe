import { parsePrincipalArn } from "../../facts/arn.js";
import { keyArn } from "../../facts/names.js";
import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { firstNotKnown, isNotKnown, type NotKnown, notKnown } from "../NotKnown.js";
import type { KeyOfVault, PlannedVault, ReadPlan } from "../PlannedVault.js";
import { type PlanPlace, scalarText, textOrNotKnown } from "../PlanPlace.js";
import { knownTags } from "../tagsOfPlan.js";
import { alikeKey } from "./alikeKey.js";
import { assumedOf } from "./assumedOf.js";
import { changedInTerraform } from "./changedInTerraform.js";
import { changedPolicies } from "./changedPolicies.js";
import { type Deployer, deployerOf } from "./deployerOf.js";
import { isKey } from "./isKey.js";
import { keySources } from "./keySources.js";
import { changedOfKey, keyThere, unknownKey } from "./keyThere.js";
import { mayBeNull } from "./mayBeNull.js";
import { configOf, scopeOf } from "./moduleScope.js";
import { policyInForce } from "./plannedTerraformKey.js";
import { plannedValues } from "./plannedValues.js";
import { sourcesOf, type ValueSource } from "./references.js";
import { roleVariable } from "./roleVariable.js";
import { tagsIn } from "./tagsIn.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** What each provider calls a vault's attributes. */
const vaultTypes: Readonly<Record<string, { name: string; key: string; tags: string }>> = {
  aws_backup_vault: { name: "name", key: "kms_key_arn", tags: "tags_all" },
  awscc_backup_backup_vault: { name: "backup_vault_name", key: "encryption_key_arn", tags: "backup_vault_tags" },
};

/** Vaults that another call makes. */
const otherVaults = new Set([
  "aws_backup_logically_air_gapped_vault",
  "awscc_backup_logically_air_gapped_backup_vault",
  "aws_backup_restore_access_backup_vault",
]);

/**
 * Calls of Cloud Control API, which the provider awscc makes, come from CloudFormation on the caller's behalf.
 *
 * @see https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations.html
 */
const throughCloudControl = { "aws:CalledVia": { present: true }, "aws:ViaAWSService": "true" } as const;

/** The vaults that a Terraform or OpenTofu plan creates. */
export function terraformVaults(plan: TerraformPlan, file: string, place: PlanPlace): ReadPlan {
  const passedOver: string[] = [];
  const notLookedInto = (plan.deferred_changes ?? [])
    .filter(({ resource_change: { mode, type } }) => mode === "managed" && Object.hasOwn(vaultTypes, type))
    .map(({ resource_change: { address } }) => `${address}: it is left to a later plan.`);
  if (plan.errored === true) notLookedInto.push("the plan ended with an error; what would come after it is not in it.");
  const vaults = plan.resource_changes.flatMap((change, index): PlannedVault[] => {
    const isCreated = change.mode === "managed" && change.change.actions.includes("create");
    if (isCreated && otherVaults.has(change.type))
      passedOver.push(`${change.address}: made by another call than CreateBackupVault.`);
    const fields = Object.hasOwn(vaultTypes, change.type) ? vaultTypes[change.type] : undefined;
    if (!isCreated || fields === undefined) return [];
    const elsewhere = whyElsewhere(deployerOf(plan, change), place);
    if (elsewhere !== null) {
      notLookedInto.push(`${change.address}: ${elsewhere}`);
      return [];
    }
    return [vaultOf(plan, change, fields, { file, place, path: ["resource_changes", index] })];
  });
  return { vaults, passedOver, notLookedInto, changes: changedInTerraform(plan) };
}

/**
 * Why a provider would make nothing in the account that is asked about, nor in its role's; null where it would.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs#allowed_account_ids
 */
function whyElsewhere({ role, allowedAccounts, forbiddenAccounts }: Deployer, { accountId }: PlanPlace): string | null {
  const own = typeof role === "string" ? (parsePrincipalArn(role)?.accountId ?? null) : null;
  const asked = [accountId, own].filter((one) => one !== null);
  const isFit = (one: string) => (allowedAccounts?.includes(one) ?? true) && !forbiddenAccounts.includes(one);
  if (asked.length === 0 || asked.some(isFit)) return null;
  const works =
    allowedAccounts === null
      ? `does not work in account ${forbiddenAccounts.join(", ")}`
      : `works in account ${allowedAccounts.join(", ")} alone`;
  return `its provider ${works}, and account ${asked.join(", ")} is asked about; expected credentials, or --principal ARN, of another.`;
}

function vaultOf(
  plan: TerraformPlan,
  change: ResourceChange,
  fields: { name: string; key: string; tags: string },
  { file, place, path }: { file: string; place: PlanPlace; path: (string | number)[] },
): PlannedVault {
  const values = plannedValues(change);
  const deployer = deployerOf(plan, change);
  const region = regionOf(values, deployer);
  const tags = tagsIn(values, fields.tags, deployer);
  const { key, keyChange, taken } = keyOf(plan, change, fields.key, deployer, place);
  const changed = key.kind === "existing" ? changedOfKey(plan, key.arn, "aws_kms_grant") : null;
  const keyIndex = keyChange === null ? -1 : (placesIn(plan).get(keyChange) ?? -1);
  const isCloudControl = change.type.startsWith("awscc_") && deployer.role === null;
  return {
    address: change.address,
    name: textOrNotKnown(fieldOf(values, fields.name)) ?? notKnown(`${change.address}.${fields.name}`),
    region,
    tags: knownTags(tags),
    // Which of its tags are sent, the planned ones do not tell.
    hasUnknownTags: hasOpenTags(tags, change) || deployer.ignoresTags,
    key,
    context: isCloudControl ? throughCloudControl : {},
    session: deployer.session,
    role: deployer.role,
    profile: deployer.role === null ? deployer.profile : null,
    plannedAs: deployer.plannedAs,
    // A dynamic block is one of the provider aws alone; awscc has an attribute for it.
    perhapsAs: change.type.startsWith("aws_") && deployer.plannedAs === null ? roleVariable(plan) : null,
    narrowed: deployer.narrowed,
    changedPolicies: changedPolicies(plan),
    unsettled: [
      ...(changed === null ? [] : [`the plan changes ${changed}; it is judged by how its key is now`]),
      ...deployer.endpoints.map((name) => `${name}: it is judged as AWS's own endpoints would answer`),
    ],
    assumptions: assumedOf(deployer, { region, isCloudControl, taken, key: keyChange?.address ?? "" }),
    file,
    path,
    keyPath: keyIndex < 0 ? null : ["resource_changes", keyIndex],
    keyPolicyPath: null,
  };
}

const placesIn = foundOnce(
  ({ resource_changes }: TerraformPlan) => new Map(resource_changes.map((change, at) => [change, at])),
);

function regionOf(values: unknown, deployer: Deployer): string | NotKnown | null {
  return scalarText(fieldOf(values, "region")) ?? deployer.region;
}

/** awscc leaves tags that were not written to the apply. */
function hasOpenTags(tags: unknown, { type }: ResourceChange): boolean {
  return type.startsWith("awscc_") ? !isNotKnown(tags) && firstNotKnown(tags) !== null : firstNotKnown(tags) !== null;
}

function keyOf(
  plan: TerraformPlan,
  vault: ResourceChange,
  field: string,
  deployer: Deployer,
  place: PlanPlace,
): { key: KeyOfVault; keyChange: ResourceChange | null; taken: readonly string[] } {
  const told = (key: KeyOfVault, keyChange: ResourceChange | null = null, taken: readonly string[] = []) => ({
    key,
    keyChange,
    taken,
  });
  const given = fieldOf(plannedValues(vault), field);
  const scope = scopeOf(plan, vault.module_address ?? "");
  const config = scope === null ? null : configOf(scope, vault);
  if (!isNotKnown(given)) {
    const arn = scalarText(given);
    // The provider aws takes an empty one for none, awscc sends it as it is.
    if (arn === undefined || (arn === "" && !vault.type.startsWith("awscc_"))) return told({ kind: "default" });
    if (!keyArn.test(arn))
      return told(unknownKey(`${vault.address}.${field} is ${arn || "empty"}, which is no key's ARN`));
    return { ...keyThere(plan, vault, arn, place), taken: [] };
  }
  if (scope === null || config === null) return told(unknownKey(given.because));
  const written = fieldOf(config.expressions, field);
  if (written === undefined) return told({ kind: "default" });
  const { sources, taken } = keySources(plan, sourcesOf(plan, scope, written, config));
  if (sources.length === 0) return told({ kind: "default" });
  const alias = aliasArn(plan, sources, place);
  if (alias !== null) return told({ kind: "existing", arn: alias, changes: null });
  const changes = keysBehind(plan)(sources);
  const [keyChange] = changes;
  if (keyChange === undefined) return told(unknownKey(listed(sources)));
  const other = deployerOf(plan, keyChange);
  if (isNotKnown(other.role)) return told(unknownKey(other.role.because));
  const isElsewhere = deployer.role === null ? deployer.profile !== other.profile : !isOfCaller(plan, other, place);
  if (other.role === null && isElsewhere) return told(unknownKey(`the account of ${keyChange.address}`));
  const made = alikeKey(plan, changes, accountOf(other, place));
  if (made === null) return told(unknownKey(`which of ${listed(sources)}`));
  const region = regionOf(plannedValues(keyChange), other) ?? place.region;
  // Of one provider the Region is the same, whatever it is.
  if (isNotKnown(region) && region !== regionOf(plannedValues(vault), deployer))
    return told(unknownKey(region.because));
  const test = mayBeNull(plan, vault, field);
  if (test !== null) return told(unknownKey(`whether it is ${listed(sources)} or none, which ${test} may decide`));
  const { parts } = made.key;
  // An expression of its ARN may be that of its replica, as replace() makes it: the plan does not say.
  const here = regionOf(plannedValues(vault), deployer) ?? place.region;
  if (parts.multiRegion === true && region !== here)
    return told(unknownKey(`whether it is ${keyChange.address} itself or its replica`));
  const planned = {
    ...made.key,
    parts: { ...parts, policy: policyInForce(plan, vault, { ...made, policy: parts.policy }) },
    region: typeof region === "string" ? region : null,
    accountId: other.role === deployer.role ? null : accountOf(other, place).accountId,
  };
  return told({ kind: "planned", planned }, keyChange, taken);
}

/** The ARN of an alias that is made, which follows from its name; null where it is none, or not known. AWS Backup takes no alias. */
function aliasArn(plan: TerraformPlan, [only, ...others]: readonly ValueSource[], place: PlanPlace): string | null {
  if (only?.kind !== "resource" || others.length > 0 || only.change.type !== "aws_kms_alias") return null;
  const [values, deployer] = [plannedValues(only.change), deployerOf(plan, only.change)];
  const { partition, accountId } = accountOf(deployer, place);
  const [name, region] = [scalarText(fieldOf(values, "name")), regionOf(values, deployer) ?? place.region];
  if (only.attribute !== "arn" || name === undefined || accountId === null || isNotKnown(deployer.role)) return null;
  return typeof region === "string" ? `arn:${partition}:kms:${region}:${accountId}:${name}` : null;
}

/** Whether a provider without a role surely calls in the account of whoever calls here. */
function isOfCaller(plan: TerraformPlan, { profile, plannedAs }: Deployer, place: PlanPlace): boolean {
  const account = plannedAs === null ? place.accountId : parsePrincipalArn(plannedAs)?.accountId;
  const isOther = profile !== null || (plannedAs === null && roleVariable(plan) !== null);
  return place.isCallers === true && account === place.accountId && !isOther;
}

/** The account in which a provider makes things. */
function accountOf({ role }: Deployer, place: PlanPlace): PlanPlace {
  const parsed = typeof role === "string" ? parsePrincipalArn(role) : null;
  return parsed === null ? place : { ...place, accountId: parsed.accountId, partition: parsed.partition };
}

/** The keys of which the value is one, all of one provider; none where it may be something else. */
const keysBehind = foundOnce((plan: TerraformPlan) =>
  foundOnce((sources: readonly ValueSource[]): readonly ResourceChange[] => {
    const keys = keysIn(sources);
    return new Set(keys.map((key) => deployerOf(plan, key))).size === 1 ? keys : [];
  }),
);

function keysIn(sources: readonly ValueSource[]): readonly ResourceChange[] {
  const keys: ResourceChange[] = [];
  for (const source of sources) {
    // An id alone is no key that a vault takes.
    if (source.kind === "other" || !isKey(source.change) || /^(id|key_id)$/.test(source.attribute ?? "")) return [];
    keys.push(source.change);
  }
  return keys;
}

function listed(sources: readonly ValueSource[]): string {
  const first = sources.slice(0, 3).map((source) => (source.kind === "other" ? source.name : source.change.address));
  return `${first.join(", ")}${sources.length > 3 ? ` and ${sources.length - 3} more` : ""}`;
}
