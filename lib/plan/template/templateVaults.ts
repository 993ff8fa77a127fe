import { parseArn } from "../../facts/arn.js";
import { keyArn } from "../../facts/names.js";
import type { ContextValue } from "../../policy/ContextValue.js";
import type { PlannedKey } from "../../question/PlannedKey.js";
import { firstNotKnown, isNotKnown, type NotKnown, notKnown, type Piece } from "../NotKnown.js";
import type { KeyOfVault, PlannedVault, PlanPath, ReadPlan } from "../PlannedVault.js";
import { type PlanPlace, scalarText, textOrNotKnown } from "../PlanPlace.js";
import { knownTags } from "../tagsOfPlan.js";
import { changedInTemplate } from "./changedInTemplate.js";
import { type NestedTemplates, nestedTypes } from "./nestedFiles.js";
import { plannedKey } from "./plannedKey.js";
import { templateFault } from "./templateFault.js";
import { transformsOf } from "./templateFields.js";
import type { Template, TemplateResource } from "./templateSchema.js";
import { resourceIn, type StackFamily, type TemplateStack, templateStack } from "./templateStack.js";

/** How a template would be deployed. */
export interface Deployment {
  file: string;
  place: PlanPlace;
  /** Parameters by name. */
  parameters: Readonly<Record<string, string>>;
  /** CloudFormation's service role, also of nested stacks; null where it makes the calls on the caller's behalf. */
  role: string | NotKnown | null;
  /** Put before logical ids, where several templates are read, with a slash behind it; "" else. */
  prefix: string;
  /** The stacks that are deployed with it in the same place. */
  family: StackFamily;
  /** Of the stack, which CloudFormation gives its resources. */
  tags: Readonly<Record<string, string>>;
  /** AWS::StackName; left out: whoever deploys says it. */
  stackName?: string;
  /** The templates of its nested stacks. */
  nested: NestedTemplates;
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

/** What makes stacks of templates that are not here. */
const otherStacks: Readonly<Record<string, string>> = {
  "AWS::CloudFormation::StackSet": "a stack set",
  "AWS::ServiceCatalog::CloudFormationProvisionedProduct": "a product of Service Catalog",
};

/**
 * Opens a template; the vaults that it creates, with those of its nested stacks, are told when all are open that are deployed
 * with it.
 */
export function templateVaults(template: Template, deployment: Deployment): () => ReadPlan {
  const { file, parameters, prefix: scope, family, nested, tags, stackName } = deployment;
  const stack = templateStack(template, file, parameters, { scope, nested, family, stackName });
  return () =>
    vaultsIn(stack, { tags, hasUnknownTags: false, assumptions: [] }, { deployment, family, keys: new Map() });
}

interface Reading {
  deployment: Deployment;
  family: StackFamily;
  /** By their logical ids: a key of many vaults is read once. */
  keys: Map<string, PlannedKey>;
}

/** What a stack hands to all that it makes. */
interface Inherited {
  tags: Readonly<Record<string, string>>;
  hasUnknownTags: boolean;
  assumptions: readonly string[];
}

function vaultsIn(stack: TemplateStack, inherited: Inherited, reading: Reading): ReadPlan {
  const vaults: PlannedVault[] = [];
  const notLookedInto: string[] = [];
  const broken = stack.resolver.brokenRule();
  if (broken !== null) {
    const why = `${stack.file}: ${broken}: a rule that does not hold, so that CloudFormation makes none of it.`;
    return { vaults, passedOver: [], notLookedInto: [why], changes: [] };
  }
  const fault = templateFault(stack);
  if (fault !== null) notLookedInto.push(`${stack.file}: ${fault}; CloudFormation takes no such template.`);
  const changes = changedInTemplate(stack);
  const passedOver = transformsOf(stack.template).map(
    (name) =>
      `Transform ${name}: what it makes of the template is not looked into; aws cloudformation get-template --template-stage Processed tells it.`,
  );
  for (const [id, resource] of Object.entries(stack.template.Resources)) {
    const address = `${stack.scope}${id}`;
    if (Array.isArray(resource)) {
      notLookedInto.push(`${address}: Fn::ForEach is not looked into.`);
      continue;
    }
    const { Type: type, Condition: condition } = resource;
    const exists = condition === undefined ? true : stack.resolver.condition(condition);
    if (exists === false) continue;
    const made = madeOf(address, exists, inherited);
    if (Object.hasOwn(nestedTypes, type)) {
      const child = stack.nested(id);
      if (child === null || "unread" in child) {
        const why = child === null ? "" : ` (${child.unread})`;
        notLookedInto.push(`${address}: a nested stack is not looked into${why}; check its template, too.`);
        continue;
      }
      const own = stack.fieldsOf(resource)("Tags");
      const told = vaultsIn(child, withTags(made, own), reading);
      vaults.push(...told.vaults);
      passedOver.push(...told.passedOver.map((note) => (note.startsWith("Transform") ? `${address}: ${note}` : note)));
      notLookedInto.push(...told.notLookedInto);
      changes.push(...told.changes);
    } else if (Object.hasOwn(otherStacks, type) || type.endsWith("::MODULE")) {
      const what = otherStacks[type] ?? "a module";
      notLookedInto.push(`${address}: ${what} is not looked into; check its template, too.`);
    } else if (otherTypes.has(type)) passedOver.push(`${address}: made by another call than CreateBackupVault.`);
    else if (type === "AWS::Backup::BackupVault") vaults.push(vaultOf(id, resource, stack, made, reading));
  }
  return { vaults, passedOver, notLookedInto, changes };
}

function madeOf(address: string, exists: true | NotKnown, inherited: Inherited): Inherited {
  if (!isNotKnown(exists)) return inherited;
  return {
    ...inherited,
    assumptions: [...inherited.assumptions, `${address} is made, which hangs on ${exists.because}.`],
  };
}

/** A stack's tags are its resources', too. */
function withTags(inherited: Inherited, own: unknown): Inherited {
  return {
    ...inherited,
    tags: { ...inherited.tags, ...knownTags(own) },
    hasUnknownTags: inherited.hasUnknownTags || firstNotKnown(own) !== null,
  };
}

function vaultOf(
  id: string,
  resource: TemplateResource,
  stack: TemplateStack,
  inherited: Inherited,
  reading: Reading,
): PlannedVault {
  const { place, role, file } = reading.deployment;
  const address = `${stack.scope}${id}`;
  const field = stack.fieldsOf(resource);
  const told = withTags(inherited, field("BackupVaultTags"));
  const { key, made } = keyOf(field("EncryptionKeyArn"), address, reading);
  const keyCondition = made?.resource.Condition;
  const isKeyMade = keyCondition === undefined ? true : (made?.stack.resolver.condition(keyCondition) ?? true);
  const keyPath = made === null ? null : pathOf(made.id, made.stack);
  return {
    address,
    name: textOrNotKnown(field("BackupVaultName")) ?? notKnown(`${address}.BackupVaultName`),
    region: place.region,
    tags: told.tags,
    hasUnknownTags: told.hasUnknownTags,
    key,
    context: role === null ? onBehalf : {},
    role,
    assumptions: [
      ...told.assumptions,
      ...(isNotKnown(isKeyMade)
        ? [`${made?.stack.scope}${made?.id} is made, which hangs on ${isKeyMade.because}.`]
        : []),
      ...(role === null
        ? [
            "CloudFormation makes the call on behalf of the principal; with a service role it would make it as that role.",
          ]
        : []),
    ],
    file: stack.file,
    plan: file,
    ...(made !== null && { keyFile: made.stack.file }),
    path: pathOf(id, stack),
    keyPath,
    keyPolicyPath:
      keyPath === null || made === null || made.stack.loops.has(made.id)
        ? null
        : [...keyPath, "Properties", "KeyPolicy"],
  };
}

/** Of what a loop makes, the loop's. */
function pathOf(id: string, { loops }: TemplateStack): PlanPath {
  return ["Resources", loops.get(id) ?? id];
}

function keyOf(
  given: unknown,
  address: string,
  reading: Reading,
): { key: KeyOfVault; made: ReturnType<typeof resourceIn> } {
  if (isNotKnown(given)) {
    const name = keyIdIn(given.pieces ?? []);
    const made = name === null ? null : resourceIn(reading.family, name);
    const elsewhere = elsewhereIn(given.pieces ?? [], reading.deployment.place);
    if (elsewhere !== null)
      return { key: { kind: "planned", planned: { status: "unknown", because: elsewhere } }, made: null };
    if (name === null || made === null || !isKey(made.resource)) {
      return { key: { kind: "planned", planned: { status: "unknown", because: given.because } }, made: null };
    }
    const planned =
      reading.keys.get(name) ??
      plannedKey(name, made.resource, made.stack.fieldsOf(made.resource), reading.deployment.place);
    reading.keys.set(name, planned);
    return { key: { kind: "planned", planned }, made };
  }
  if (given === undefined || given === null) return { key: { kind: "default" }, made: null };
  const arn = scalarText(given);
  if (arn !== undefined && keyArn.test(arn)) return { key: { kind: "existing", arn, changes: null }, made: null };
  const because = `${address}.EncryptionKeyArn is ${arn === undefined ? "no text" : arn || "empty"}, which is no key's ARN`;
  return { key: { kind: "planned", planned: { status: "unknown", because } }, made: null };
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

/** Why an ARN is of no key that this stack makes, where it is written out with another Region or account. */
function elsewhereIn([first]: readonly Piece[], place: PlanPlace): string | null {
  const arn = typeof first === "string" ? parseArn(first) : null;
  if (arn === null) return null;
  const isOther = (own: string, here: string | null) => here !== null && own !== here;
  return isOther(arn.region, place.region) || isOther(arn.accountId, place.accountId)
    ? `a key in ${arn.region} of account ${arn.accountId}, where this stack makes none`
    : null;
}
