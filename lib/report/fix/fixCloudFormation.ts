import { lastSegment, policyPath } from "../../facts/arn.js";
import type { FixStep, Tag } from "./fixSteps.js";
import { isText, quotedText } from "./quotedText.js";

/**
 * A CloudFormation template with the resource that makes a change; the document stands in it as JSON, which YAML takes.
 * Null where there is nothing to write. Of a text that a template would put something else in the place of, that it cannot
 * be written: CloudFormation has no escape for `{{resolve:`, which it looks for after its functions, nor for their names.
 *
 * @param at which step of the change, from 0: those behind the first one go on in its template
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function fixCloudFormation(step: FixStep, at = 0): string[] | null {
  const lines = templateOf(step, at);
  if (lines === null) return null;
  const tags = "tags" in step ? step.tags : [];
  if (!tags.every(({ key, value }) => isText(key) && isText(value))) {
    return ["# No template can hold this: a tag has half a letter in it, which is no text."];
  }
  if (isLiteral(step, tags)) return lines;
  return [
    "# No template can hold this: CloudFormation would put something else in the place of {{resolve:, Ref or Fn::.",
  ];
}

function isLiteral(step: FixStep, tags: readonly Tag[]): boolean {
  const document: unknown = "document" in step ? JSON.parse(step.document) : null;
  return !hasReference([step, document]) && !hasFunctions([document, mapOf(tags)]);
}

function hasReference(value: unknown): boolean {
  if (typeof value === "string") return /\{\{\s*resolve:/i.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, part]) => hasReference(name) || hasReference(part));
}

function hasFunctions(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, part]) => /^(Ref$|Fn::)/.test(name) || hasFunctions(part));
}

function mapOf(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

function templateOf(step: FixStep, at: number): string[] | null {
  switch (step.kind) {
    case "inline": {
      const type = { role: "RolePolicy", user: "UserPolicy", group: "GroupPolicy" }[step.to.kind];
      const holder = { role: "RoleName", user: "UserName", group: "GroupName" }[step.to.kind];
      return template(`AWS::IAM::${type}`, {
        PolicyName: text(step.name),
        [holder]: text(step.to.name),
        PolicyDocument: json(step.document),
      });
    }
    case "managed-version":
      return [
        "# For the stack that the policy belongs to.",
        ...template("AWS::IAM::ManagedPolicy", {
          ManagedPolicyName: text(lastSegment(step.arn)),
          ...(policyPath(step.arn) !== "/" && { Path: text(policyPath(step.arn)) }),
          PolicyDocument: json(step.document),
        }),
      ];
    case "managed-new": {
      const holders = { role: "Roles", user: "Users", group: "Groups" }[step.to.kind];
      const made = template("AWS::IAM::ManagedPolicy", {
        ManagedPolicyName: text(step.name),
        PolicyDocument: json(step.document),
        ...(step.as === "attached" && { [holders]: [`[${JSON.stringify(step.to.name)}]`] }),
      });
      if (step.as === "attached") return made;
      return [...made, `# And in the resource of the ${step.to.kind}: PermissionsBoundary: !Ref BackupVaultAccess`];
    }
    case "organization-edit":
    case "organization-new":
      return [
        ...(step.kind === "organization-edit" ? ["# For the stack that the policy belongs to."] : []),
        ...template(
          "AWS::Organizations::Policy",
          {
            Name: text(step.name),
            Type: text(step.type),
            ...(step.kind === "organization-new" && { TargetIds: [`[${JSON.stringify(step.target)}]`] }),
            Content: json(step.document),
          },
          at,
        ),
      ];
    case "key-policy":
      return [
        "# For the stack that the key belongs to.",
        ...template("AWS::KMS::Key", { KeyPolicy: json(step.document) }),
      ];
    case "endpoint":
      return [
        "# For the stack that the endpoint belongs to, beside its ServiceName and VpcId.",
        ...template("AWS::EC2::VPCEndpoint", { PolicyDocument: json(step.document) }),
      ];
    case "enable-key":
      return [
        "# For the stack that the key belongs to, beside its KeyPolicy.",
        ...template("AWS::KMS::Key", { Enabled: ["true"] }),
      ];
    case "vault":
      return template("AWS::Backup::BackupVault", {
        BackupVaultName: text(step.name),
        ...(step.keyArn !== null && { EncryptionKeyArn: text(step.keyArn) }),
        ...(step.tags.length > 0 && {
          BackupVaultTags: [
            `{${step.tags.map(({ key, value }) => `${quotedText(key)}:${quotedText(value)}`).join(",")}}`,
          ],
        }),
      });
    case "session":
    case "words":
      return null;
  }
}

function text(value: string): string[] {
  return [JSON.stringify(value)];
}

function json(document: string): string[] {
  // Tabs may not indent in YAML.
  return [
    "",
    ...document
      .trim()
      .split(/\r?\n/)
      .map((line) => `  ${line.replace(/^[\t ]+/, (blanks) => blanks.replaceAll("\t", "  "))}`),
  ];
}

function template(type: string, properties: Record<string, string[]>, at = 0): string[] {
  const lines = Object.entries(properties).flatMap(([name, [first = "", ...rest]]) => [
    `      ${name}:${first === "" ? "" : ` ${first}`}`,
    ...rest.map((line) => `      ${line}`),
  ]);
  const head = at === 0 ? ["Resources:", "  BackupVaultAccess:"] : [`  BackupVaultAccess${at + 1}:`];
  return [...head, `    Type: ${type}`, "    Properties:", ...lines];
}
