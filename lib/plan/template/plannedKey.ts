import type { PlannedKey } from "../../question/PlannedKey.js";
import { isNotKnown, notKnown } from "../NotKnown.js";
import { defaultKeyDocument, type PlanPlace, scalarText } from "../PlanPlace.js";
import { policyOfPlan } from "../policyOfPlan.js";
import { tagsOfPlan } from "../tagsOfPlan.js";
import type { ResourceField } from "./templateFields.js";
import type { TemplateResource } from "./templateSchema.js";

/**
 * The key that a template makes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html
 */
export function plannedKey(
  address: string,
  resource: TemplateResource,
  field: ResourceField,
  place: PlanPlace,
): PlannedKey {
  const isReplica = resource.Type === "AWS::KMS::ReplicaKey";
  // A replica is of its primary's kind.
  const spec = isReplica ? notKnown(`the primary of ${address}`) : field("KeySpec");
  const given = { spec, usage: field("KeyUsage"), origin: field("Origin"), isOn: field("Enabled") };
  const [keySpec, keyUsage, origin] = [given.spec, given.usage, given.origin].map(scalarText);
  const isOn = truth(given.isOn, true);
  const isOpen = isOn === null || [given.spec, given.usage, given.origin].some(isNotKnown);
  const multiRegion = isReplica ? true : truth(field("MultiRegion"), false);
  const policy = field("KeyPolicy");
  return {
    status: "new",
    address,
    region: null,
    accountId: null,
    isGuarded: policy !== undefined && policy !== "" && truth(field("BypassPolicyLockoutSafetyCheck"), false) === false,
    parts: {
      manager: "CUSTOMER",
      state: origin === "EXTERNAL" ? "PendingImport" : isOn === false ? "Disabled" : isOpen ? null : "Enabled",
      policy: policyOfPlan("default", policy === undefined || policy === "" ? defaultKeyDocument(place) : policy),
      grants: { status: "none" },
      aliases: { status: "notRead" },
      tags: tagsOfPlan(field("Tags")),
      ...(keySpec !== undefined && { keySpec }),
      ...(keyUsage !== undefined && { keyUsage }),
      ...(!isNotKnown(given.origin) && { origin: origin ?? "AWS_KMS" }),
      ...(multiRegion !== null && {
        multiRegion,
        ...(multiRegion && { multiRegionKeyType: isReplica ? "REPLICA" : "PRIMARY" }),
      }),
    },
  };
}

/**
 * A truth, as YAML 1.1 writes it; null where only the deployment tells.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
function truth(value: unknown, otherwise: boolean): boolean | null {
  const text = scalarText(value);
  if (text === undefined || text === "") return isNotKnown(value) ? null : otherwise;
  if (/^(true|yes|on)$/i.test(text)) return true;
  return /^(false|no|off)$/i.test(text) ? false : null;
}
