import { asRecord, fieldOf } from "../fieldOf.js";
import { isNotKnown } from "../NotKnown.js";
import { circleIn } from "./circleIn.js";
import { transformsOf } from "./templateFields.js";
import type { TemplateStack } from "./templateStack.js";

const pseudoNames = /^AWS::(?:AccountId|NotificationARNs|NoValue|Partition|Region|StackId|StackName|URLSuffix)$/;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupvault.html */
const ofVault = new Set([
  "AccessPolicy",
  "BackupVaultName",
  "BackupVaultTags",
  "EncryptionKeyArn",
  "LockConfiguration",
  "Notifications",
]);

/**
 * What CloudFormation's validation refuses of a template, with its place, so that it makes nothing of it; null where none of
 * it is seen here. Of what a macro, a module or a loop may add, nothing is refused.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ValidateTemplate.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html
 */
export function templateFault({ template, fieldsOf, resolver }: TemplateStack): string | null {
  const { Resources: resources, Parameters: parameters, Conditions: conditions, Outputs: outputs } = template;
  const all = Object.entries(resources);
  if (transformsOf(template).length > 0) return null;
  if (all.some(([, one]) => Array.isArray(one) || one.Type.endsWith("::MODULE"))) return null;
  for (const [id, resource] of all) {
    if (Array.isArray(resource)) continue;
    const { Type: type, Properties: properties, "Fn::Transform": transform } = resource;
    const isWrong = properties !== undefined && !isNotKnown(properties) && asRecord(properties) === null;
    if (isWrong) return `Resources.${id}.Properties: expected an object`;
    const isNameless = type === "AWS::Backup::BackupVault" && fieldsOf(resource)("BackupVaultName") === undefined;
    const other = Object.keys(asRecord(properties) ?? {}).find(
      (name) => !/^(?:Fn::|Ref$)/.test(name) && !ofVault.has(name),
    );
    if (type === "AWS::Backup::BackupVault" && other !== undefined)
      return `Resources.${id}.Properties.${other}: a vault has no such property`;
    if (isNameless && transform === undefined) return `Resources.${id}.Properties.BackupVaultName: expected a name`;
  }
  const wrong = unknownName(template, { resources, parameters, conditions, outputs }) ?? cycleIn(conditions);
  if (wrong !== null) return wrong;
  const isMade = (id: string) => {
    const condition = fieldOf(fieldOf(resources, id), "Condition");
    return typeof condition !== "string" || resolver.condition(condition) === true;
  };
  const circle = circleIn(resources, isMade);
  return circle === null
    ? null
    : `Resources: a circle in which each waits for the next: ${circle.slice(0, 5).join(", ")}`;
}

type Sections = Readonly<Record<"resources" | "parameters" | "conditions" | "outputs", unknown>>;

/** The first reference to what is not there. */
function unknownName(template: unknown, { resources, parameters, conditions }: Sections): string | null {
  const isIn = (section: unknown, name: string) => fieldOf(section, name) !== undefined;
  const isKnown = (name: string) => pseudoNames.test(name) || isIn(parameters, name) || isIn(resources, name);
  const seen = new WeakSet<object>();
  const wrongName = (key: string, value: unknown): string | null => {
    const [first, second] = Array.isArray(value) ? value : [value];
    if (typeof first !== "string") return null;
    switch (key) {
      case "Ref":
        return isKnown(first) ? null : first;
      case "Fn::GetAtt":
        return isIn(resources, Array.isArray(value) ? first : (first.split(".")[0] ?? "")) ? null : first;
      case "Fn::If":
        return isIn(conditions, first) ? null : first;
      case "Fn::Sub": {
        const names = [...first.matchAll(/\$\{([^!${}][^${}]*)\}/g)].map(([, name = ""]) => name.trim());
        return names.find((name) => !isIn(second, name) && !isKnown(name.split(".")[0] ?? "")) ?? null;
      }
      default:
        return null;
    }
  };
  const missingIn = (names: unknown) =>
    [names].flat().find((name): name is string => typeof name === "string" && !isIn(resources, name));
  const open: { value: unknown; place: string }[] = ["Resources", "Conditions", "Outputs"].map((place) => ({
    value: fieldOf(template, place),
    place,
  }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, place } = next;
    if (typeof value !== "object" || value === null || isNotKnown(value) || seen.has(value)) continue;
    seen.add(value);
    const entries = Object.entries(value);
    for (const [key, part] of entries) {
      const here = `${place}.${key}`;
      const wrong = entries.length === 1 && !Array.isArray(value) ? wrongName(key, part) : null;
      if (wrong !== null) return `${here}: there is no ${wrong}`;
      const isCondition =
        key === "Condition" && typeof part === "string" && /^(?:Resources|Outputs)\.[^.]+$|^Conditions\./.test(place);
      if (part === null) return `${here}: null, which no template may hold`;
      const gone = /^Resources\.[^.]+$/.test(place) && key === "DependsOn" ? missingIn(part) : undefined;
      if (gone !== undefined) return `${here}: there is no ${gone}`;
      if (isCondition && !isIn(conditions, part)) return `${here}: there is no condition ${part}`;
      open.push({ value: part, place: here });
    }
  }
  return null;
}

/** The first condition that leads into itself. */
function cycleIn(conditions: unknown): string | null {
  const uses = new Map(
    Object.entries(asRecord(conditions) ?? {}).map(([name, written]) => [name, conditionsIn(written)]),
  );
  const done = new Set<string>();
  for (const start of uses.keys()) {
    const open = [...(uses.get(start) ?? [])];
    const seen = new Set<string>();
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (name === start) return `Conditions.${start}: it leads into itself`;
      if (seen.has(name) || done.has(name)) continue;
      seen.add(name);
      open.push(...(uses.get(name) ?? []));
    }
    done.add(start);
  }
  return null;
}

function conditionsIn(written: unknown): string[] {
  if (typeof written !== "object" || written === null) return [];
  return Object.entries(written).flatMap(([key, part]) =>
    key === "Condition" && typeof part === "string" ? [part] : conditionsIn(part),
  );
}
