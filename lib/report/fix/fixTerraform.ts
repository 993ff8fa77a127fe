import { lastSegment, policyPath } from "../../facts/arn.js";
import type { FixStep, Tag } from "./fixSteps.js";
import { isText, quotedText } from "./quotedText.js";

/**
 * Resources of Terraform's AWS provider that make a change. Null where there is nothing to write. Of tags that Terraform
 * would change, that it cannot be written: it composes the letters of every text, and no escape keeps it from that.
 *
 * @param at which step of the change, from 0: of several each has a name of its own
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#heredoc-strings
 */
export function fixTerraform(step: FixStep, at = 0): string[] | null {
  const lines = linesOf(step, at);
  if (lines === null || !("tags" in step)) return lines;
  const texts = step.tags.flatMap(({ key, value }) => [key, value]);
  if (texts.every((text) => isText(text) && text.normalize("NFC") === text)) return lines;
  return [
    "# No resource can hold this: Terraform would put other letters in the place of a tag's (it composes them, NFC).",
  ];
}

function linesOf(step: FixStep, at: number): string[] | null {
  switch (step.kind) {
    case "inline": {
      const { kind, name } = step.to;
      return resource(`aws_iam_${kind}_policy`, { name: step.name, [kind]: name, policy: heredoc(step.document) });
    }
    case "managed-version":
      return [
        "# Where it is not in the state yet: terraform import aws_iam_policy.backup_vault ARN",
        "# Its description must be what it is now: with another one, or none, Terraform makes the policy anew.",
        ...resource("aws_iam_policy", {
          name: lastSegment(step.arn),
          ...pathOf(step.arn),
          policy: heredoc(step.document),
        }),
      ];
    case "managed-new": {
      const { kind, name } = step.to;
      const made = resource("aws_iam_policy", { name: step.name, policy: heredoc(step.document) });
      const arn = { expression: "aws_iam_policy.backup_vault.arn" };
      if (step.as === "boundary") {
        return [...made, "", `# And in the resource of the ${kind}: permissions_boundary = ${arn.expression}`];
      }
      return [...made, "", ...resource(`aws_iam_${kind}_policy_attachment`, { [kind]: name, policy_arn: arn })];
    }
    case "organization-edit":
    case "organization-new": {
      const called = at === 0 ? "backup_vault" : `backup_vault_${at + 1}`;
      const values = { name: step.name, type: step.type, content: heredoc(step.document) };
      const made = resource("aws_organizations_policy", values, called);
      if (step.kind === "organization-edit") {
        return [
          `# Where it is not in the state yet: terraform import aws_organizations_policy.${called} POLICY_ID`,
          ...made,
        ];
      }
      const id = { expression: `aws_organizations_policy.${called}.id` };
      const attached = { policy_id: id, target_id: step.target };
      return [...made, "", ...resource("aws_organizations_policy_attachment", attached, called)];
    }
    case "key-policy":
      return resource("aws_kms_key_policy", { key_id: step.keyArn, policy: heredoc(step.document) });
    case "endpoint":
      return resource("aws_vpc_endpoint_policy", { vpc_endpoint_id: step.id, policy: heredoc(step.document) });
    case "session": {
      // The provider makes no federated users.
      if (step.as === "federated-user") return null;
      const { roleArn, sessionName, sourceIdentity, policyArns, tags, document } = step;
      const role = block("  assume_role", {
        role_arn: roleArn,
        session_name: sessionName,
        ...(policyArns.length > 0 && { policy_arns: { expression: `[${policyArns.map(literal).join(", ")}]` } }),
        ...(sourceIdentity !== null && { source_identity: sourceIdentity }),
        ...tagsOf(tags),
        policy: heredoc(document),
      });
      return ['provider "aws" {', ...role, "}"];
    }
    case "enable-key":
      return ["# In the key's own resource:", ...resource("aws_kms_key", { is_enabled: { expression: "true" } })];
    case "vault":
      return resource("aws_backup_vault", {
        name: step.name,
        ...(step.keyArn !== null && { kms_key_arn: step.keyArn }),
        ...tagsOf(step.tags),
      });
    case "words":
      return null;
  }
}

/** Without its path Terraform would make the policy anew. */
function pathOf(arn: string): { path?: string } {
  const path = policyPath(arn);
  return path === "/" ? {} : { path };
}

function tagsOf(tags: readonly Tag[]): { tags?: Value } {
  if (tags.length === 0) return {};
  return {
    tags: { expression: `{ ${tags.map(({ key, value }) => `${literal(key)} = ${literal(value)}`).join(", ")} }` },
  };
}

type Value = string | { expression: string } | { heredoc: string };

function heredoc(text: string): Value {
  return { heredoc: text };
}

function resource(type: string, values: Record<string, Value>, called = "backup_vault"): string[] {
  return block(`resource "${type}" "${called}"`, values);
}

function block(head: string, values: Record<string, Value>): string[] {
  const indent = /^ */.exec(head)?.[0] ?? "";
  const lines = Object.entries(values).flatMap(([name, value]) => {
    if (typeof value === "string") return [`${indent}  ${name} = ${literal(value)}`];
    if ("expression" in value) return [`${indent}  ${name} = ${value.expression}`];
    return [
      `${indent}  ${name} = <<-POLICY`,
      ...template(value.heredoc)
        .split(/\r?\n/)
        .map((line) => `${indent}    ${line}`),
      `${indent}  POLICY`,
    ];
  });
  return [`${head} {`, ...lines, `${indent}}`];
}

/** `${` and `%{` begin a template, and doubled they do not. */
function template(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

function literal(text: string): string {
  return template(quotedText(text));
}
