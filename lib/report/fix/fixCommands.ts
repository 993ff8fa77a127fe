import { inertJson } from "../inertJson.js";
import type { FixStep } from "./fixSteps.js";
import { isText } from "./quotedText.js";
import { shellNote } from "./shellNote.js";

/**
 * The AWS CLI commands that make a change, for a POSIX shell: whatever stands in a name or a document stays inside its
 * quotes. Null where there is nothing to type.
 *
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-quoting-strings.html
 */
export function fixCommands(step: FixStep): string[] | null {
  if ("tags" in step && !step.tags.every(({ key, value }) => isText(key) && isText(value))) {
    return [shellNote("No command can hold this: a tag has half a letter in it, which is no text.")];
  }
  switch (step.kind) {
    case "inline": {
      const { kind, name } = step.to;
      return [
        aws(
          "iam",
          `put-${kind}-policy`,
          [`${kind}-name`, name],
          ["policy-name", step.name],
          ["policy-document", step.document],
        ),
      ];
    }
    case "managed-version":
      return [
        shellNote("A policy has five versions at most: delete one that is not in use where there are five."),
        `${aws("iam", "create-policy-version", ["policy-arn", step.arn], ["policy-document", step.document])} --set-as-default`,
      ];
    case "managed-new": {
      const { kind, name } = step.to;
      const holder: Flag = [`${kind}-name`, name];
      return [
        aws("iam", "create-policy", ["policy-name", step.name], ["policy-document", step.document]),
        step.as === "boundary"
          ? aws("iam", `put-${kind}-permissions-boundary`, holder, ["permissions-boundary", step.arn])
          : aws("iam", `attach-${kind}-policy`, holder, ["policy-arn", step.arn]),
      ];
    }
    case "organization-edit":
      return [aws("organizations", "update-policy", ["policy-id", step.id], ["content", step.document])];
    case "organization-new": {
      const made = aws(
        "organizations",
        "create-policy",
        ["name", step.name],
        ["description", "Lets backup vaults be created"],
        ["type", step.type],
        ["content", step.document],
      );
      return [
        `policy_id=$(${made} --query Policy.PolicySummary.Id --output text)`,
        `aws organizations attach-policy --policy-id "$policy_id"${flags([["target-id", step.target]])}`,
      ];
    }
    case "key-policy":
      return [
        aws(
          "kms",
          "put-key-policy",
          ["region", step.region],
          ["key-id", step.keyArn],
          ["policy-name", "default"],
          ["policy", step.document],
        ),
      ];
    case "endpoint":
      return [
        aws(
          "ec2",
          "modify-vpc-endpoint",
          ["region", step.region],
          ["vpc-endpoint-id", step.id],
          ["policy-document", step.document],
        ),
      ];
    case "session": {
      const { policyArns, tags, document } = step;
      const tagged: Flag[] =
        tags.length === 0 ? [] : [["tags", inertJson(tags.map(({ key, value }) => ({ Key: key, Value: value })))]];
      const managed = policyArns.length === 0 ? "" : ` --policy-arns${policyArnWords(policyArns)}`;
      if (step.as === "federated-user") {
        return [
          shellNote("With the long-term credentials of the user who federates."),
          aws("sts", "get-federation-token", ["name", step.name], ["policy", document], ...tagged) + managed,
        ];
      }
      const { roleArn, sessionName, sourceIdentity } = step;
      const identified: Flag[] = sourceIdentity === null ? [] : [["source-identity", sourceIdentity]];
      return [
        shellNote("assume-role-with-saml and assume-role-with-web-identity take the same policies."),
        aws(
          "sts",
          "assume-role",
          ["role-arn", roleArn],
          ["role-session-name", sessionName],
          ["policy", document],
          ...tagged,
          ...identified,
        ) + managed,
      ];
    }
    case "enable-key": {
      const key: Flag[] = [
        ["region", step.region],
        ["key-id", step.keyArn],
      ];
      return [
        ...(step.isPendingDeletion ? [aws("kms", "cancel-key-deletion", ...key)] : []),
        aws("kms", "enable-key", ...key),
      ];
    }
    case "vault": {
      const { tags } = step;
      const named: Flag[] = step.keyArn === null ? [] : [["encryption-key-arn", step.keyArn]];
      const map = Object.fromEntries(tags.map(({ key, value }) => [key, value]));
      if (tags.length > 0) named.push(["backup-vault-tags", inertJson(map)]);
      return [
        aws("backup", "create-backup-vault", ["region", step.region], ["backup-vault-name", step.name], ...named),
      ];
    }
    case "words":
      return null;
  }
}

/** In the CLI's shorthand, or as JSON where a name holds what the shorthand would end at: IAM allows "," and "=" in it. */
function policyArnWords(arns: readonly string[]): string {
  if (arns.some((arn) => /[^\w+.@:/-]/.test(arn))) return word(JSON.stringify(arns.map((arn) => ({ arn }))));
  return arns.map((arn) => word(`arn=${arn}`)).join("");
}

type Flag = [name: string, value: string];

function aws(service: string, operation: string, ...given: Flag[]): string {
  return `aws ${service} ${operation}${flags(given)}`;
}

function flags(given: readonly Flag[]): string {
  return given.map(([name, value]) => ` --${name}${word(value)}`).join("");
}

/** A value behind its flag. The CLI reads `file://` and the like as a place to read from, which no name of AWS's begins with. */
function word(value: string): string {
  if (/^(fileb?|https?):\/\//i.test(value)) return " FILL_IN";
  // A zsh puts a command's path in the place of a bare word that begins with "=".
  const quoted = /^(?!=)[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
  return value.startsWith("-") ? `=${quoted}` : ` ${quoted}`;
}
