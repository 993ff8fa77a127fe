import { inertJson } from "../report/inertJson.js";

export const policyKinds = ["creator", "key", "reader"] as const;

/** Whose policy: who creates the vault, the key, or who reads the evidence. */
export type PolicyKind = (typeof policyKinds)[number];

export const policyForms = ["json", "terraform", "cloudformation"] as const;

/** For which tool a policy is printed. */
export type PolicyForm = (typeof policyForms)[number];

const titles: Readonly<Record<PolicyKind, string>> = {
  creator: "Who creates the vault: identity policy",
  key: "The key: statement of its key policy",
  reader: "Who reads the evidence: identity policy",
};

const names: Readonly<Record<PolicyKind, string>> = {
  creator: "BackupVaultCreator",
  key: "BackupVaultKey",
  reader: "BackupVaultAccessReader",
};

/**
 * Policies, or one of them, as documents of their own or as what a tool takes.
 *
 * @param only left out by null: all three
 * @param form null: for people to read
 */
export function policiesAs(
  policies: Readonly<Record<PolicyKind, object>>,
  only: PolicyKind | null,
  form: PolicyForm | null,
): string {
  const kinds = only === null ? policyKinds : [only];
  const json = (value: object) => inertJson(value, 2);
  switch (form) {
    case null:
      return only === null
        ? `${kinds.map((kind) => `${titles[kind]}\n${json(policies[kind])}`).join("\n\n")}\n`
        : `${json(policies[only])}\n`;
    case "json":
      return `${json(only === null ? policies : policies[only])}\n`;
    case "terraform":
      return kinds.map((kind) => terraform(kind, policies[kind])).join("\n");
    case "cloudformation":
      return only === "key" ? keyProperty(json(policies.key)) : `${json(template(kinds, policies))}\n`;
  }
}

/** JSON is an expression of HCL, but for what HCL would fill in. */
function terraform(kind: PolicyKind, document: object): string {
  const value = inertJson(document, 2)
    .replace(/[$%](?=\{)/g, "$&$&")
    .replaceAll("\n", "\n  ");
  const name = names[kind].replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return kind === "key"
    ? `# Belongs into the policy of the key (aws_kms_key_policy), beside the statements that are there.\nlocals {\n  ${name}_statement = ${value}\n}\n`
    : `resource "aws_iam_policy" "${name}" {\n  name   = "${names[kind]}"\n  policy = jsonencode(${value})\n}\n`;
}

/** A template without a resource is none: the statement alone is YAML, with where it belongs. */
function keyProperty(statement: string): string {
  return `# Belongs into the KeyPolicy of the key (AWS::KMS::Key), beside the statements that are there.\n${statement}\n`;
}

/** The key's statement is metadata: CloudFormation cannot add one to the policy of a key that is there. */
function template(kinds: readonly PolicyKind[], policies: Readonly<Record<PolicyKind, object>>): object {
  const own = kinds.filter((kind) => kind !== "key");
  const resources = own.map((kind) => [
    names[kind],
    { Type: "AWS::IAM::ManagedPolicy", Properties: { ManagedPolicyName: names[kind], PolicyDocument: policies[kind] } },
  ]);
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    ...(kinds.includes("key") && {
      Metadata: {
        [names.key]: { Description: "A statement for the KeyPolicy of the vault's key", Statement: policies.key },
      },
    }),
    ...(resources.length > 0 && { Resources: Object.fromEntries(resources) as object }),
  };
}
