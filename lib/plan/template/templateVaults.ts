import { parseArn } from "../../facts/arn.js";
import { keyArn } from "../../facts/names.js";
import type { ContextValue } from "../../policy/ContextValue.js";
import type { PlannedKey } from "../../question/PlannedKey.js";
import { firstNotKnown, isNotKnown, type NotKnown, notKnown, type Piece } from "../NotKnown.js";
import type { KeyOfVault, PlannedVault, ReadPlan } from "../PlannedVault.js";
import { defaultKeyDocument, type PlanPlace, scalarText, textOrNotKnown } from "../PlanPlace.js";
import { policyOfPlan } from "../policyOfPlan.js";
import { knownTags, tagsOfPlan } from "../tagsOfPlan.js";
import { type ResourceField, templateFields, transformsOf } from "./templateFields.js";
import { templateResolver } from "./templateResolver.js";
import type { Template, TemplateResource } from "./templateSchema.js";

/** How a template would be deployed. */
export interface Deployment {
  file: string;
  place: PlanPlace;
  /** Parameters by name. */
  parameters: Readonly<Record<string, string>>;
  /** CloudFormation's service role; null where it makes the calls on the caller's behalf. */
  role: string | NotKnown | null;
  /** Put before logical ids, where several templates are read; "" else. */
  prefix: string;
  /** Of the stack, which CloudFormation gives its resources. */
  tags: Readonly<Record<string, string>>;
}

/**
 * Without a service role CloudFormation calls on behalf of whoever deploys.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
const onBehalf: Record<string, ContextValue> = {
  "aws:CalledVia": ["cloudformation.amazonaws.com"],
  "aws:ViaAWSService": "true",
};

const otherTypes = new Set(["AWS::Backup::LogicallyAirGappedBackupVault", "AWS::Backup::RestoreAccessBackupVault"]);

/** The vaults that a CloudFormation template creates, as far as it alone tells. */
export function templateVaults(template: Template, deployment: Deployment): ReadPlan {
  const { parameters, place, prefix } = deployment;
  const resolver = templateResolver(template, parameters, place);
  const reading: Reading = { template, deployment, fieldsOf: templateFields(template, resolver), keys: new Map() };
  const vaults: PlannedVault[] = [];
  const passedOver = transformsOf(template).map(
    (name) =>
      `Transform ${name}: what it makes of the template is not looked into; aws cloudformation get-template --template-stage Processed tells it.`,
  );
  for (const [id, resource] of Object.entries(template.Resources)) {
    const address = `${prefix}${id}`;
    if (Array.isArray(resource)) passedOver.push(`${address}: Fn::ForEach is not looked into.`);
    else if (resource.Type === "AWS::CloudFormation::Stack")
      passedOver.push(`${address}: a nested stack is not looked into; check its template, too.`);
    else if (otherTypes.has(resource.Type)) passedOver.push(`${address}: made by another call than CreateBackupVault.`);
    else if (resource.Type === "AWS::Backup::BackupVault") {
      const exists = resource.Condition === undefined ? true : resolver.condition(resource.Condition);
      if (exists !== false) vaults.push(vaultOf(id, resource, exists, reading));
    }
  }
  return { vaults, passedOver };
}

interface Reading {
  template: Template;
  deployment: Deployment;
  fieldsOf: (resource: TemplateResource) => ResourceField;
  /** By their logical ids: a key of many vaults is read once. */
  keys: Map<string, PlannedKey>;
}

function vaultOf(id: string, resource: TemplateResource, exists: true | NotKnown, reading: Reading): PlannedVault {
  const { file, place, role, prefix, tags } = reading.deployment;
  const address = `${prefix}${id}`;
  const field = reading.fieldsOf(resource);
  const own = field("BackupVaultTags");
  const key = keyOf(field("EncryptionKeyArn"), reading);
  return {
    address,
    name: textOrNotKnown(field("BackupVaultName")) ?? notKnown(`${address}.BackupVaultName`),
    region: place.region,
    tags: { ...tags, ...knownTags(own) },
    hasUnknownTags: firstNotKnown(own) !== null,
    key: key.key,
    context: role === null ? onBehalf : {},
    role,
    assumptions: [
      ...(isNotKnown(exists) ? [`${address} is made, which hangs on ${exists.because}.`] : []),
      ...(role === null
        ? [
            "CloudFormation makes the call on behalf of the principal; with a service role it would make it as that role.",
          ]
        : []),
    ],
    file,
    path: ["Resources", id],
    keyPath: key.id === null ? null : ["Resources", key.id],
    keyPolicyPath: key.id === null ? null : ["Resources", key.id, "Properties", "KeyPolicy"],
  };
}

function keyOf(given: unknown, reading: Reading): { key: KeyOfVault; id: string | null } {
  if (isNotKnown(given)) {
    const id = keyIdIn(given.pieces ?? []);
    const { Resources: resources } = reading.template;
    const resource = id !== null && Object.hasOwn(resources, id) ? resources[id] : undefined;
    if (id === null || resource === undefined || Array.isArray(resource) || !isKey(resource)) {
      return { key: { kind: "planned", planned: { status: "unknown", because: given.because } }, id: null };
    }
    const planned = reading.keys.get(id) ?? plannedKey(id, resource, reading);
    reading.keys.set(id, planned);
    return { key: { kind: "planned", planned }, id };
  }
  const arn = scalarText(given);
  if (arn === undefined || arn === "") return { key: { kind: "default" }, id: null };
  if (keyArn.test(arn)) return { key: { kind: "existing", arn, changes: null }, id: null };
  const because = `${arn}, which is no key's ARN`;
  return { key: { kind: "planned", planned: { status: "unknown", because } }, id: null };
}

const isKey = ({ Type: type }: TemplateResource) => type === "AWS::KMS::Key" || type === "AWS::KMS::ReplicaKey";

/** The logical id in a key's ARN: as GetAtt gives it, or put together around the key's id. */
function keyIdIn(pieces: readonly Piece[]): string | null {
  const [first, second, ...others] = pieces;
  if (first === undefined || others.length > 0) return null;
  if (typeof first !== "string") return first.attribute === "Arn" && second === undefined ? first.resource : null;
  if (second === undefined || typeof second === "string") return null;
  const isId = second.attribute === "Ref" || second.attribute === "KeyId";
  const before = parseArn(first);
  return isId && before?.service === "kms" && before.resource === "key/" ? second.resource : null;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
function plannedKey(
  id: string,
  resource: TemplateResource,
  { fieldsOf, deployment: { place, prefix } }: Reading,
): PlannedKey {
  const field = fieldsOf(resource);
  const given = { spec: field("KeySpec"), usage: field("KeyUsage"), origin: field("Origin"), isOn: field("Enabled") };
  const [keySpec, keyUsage, origin] = [given.spec, given.usage, given.origin].map(scalarText);
  const isOn = truth(given.isOn, true);
  const isOpen = isOn === null || [given.spec, given.usage, given.origin].some(isNotKnown);
  const isReplica = resource.Type === "AWS::KMS::ReplicaKey";
  const multiRegion = isReplica ? true : truth(field("MultiRegion"), false);
  const policy = field("KeyPolicy");
  return {
    status: "new",
    address: `${prefix}${id}`,
    region: null,
    accountId: null,
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
