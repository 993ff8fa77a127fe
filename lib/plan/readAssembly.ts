import * as v from "valibot";
import { formatIssue } from "../snapshot/formatIssue.js";
import { PlanFormatError } from "./PlanFormatError.js";

/*
 * What of a cloud assembly's manifest.json is read.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth
 */

const text = v.string();
const texts = v.record(text, text);

const manifestSchema = v.object({
  version: text,
  missing: v.optional(v.array(v.unknown())),
  artifacts: v.optional(
    v.record(
      text,
      v.object({
        type: text,
        environment: v.optional(text),
        properties: v.optional(
          v.object({
            templateFile: v.optional(text),
            directoryName: v.optional(text),
            cloudFormationExecutionRoleArn: v.optional(text),
            stackName: v.optional(text),
            parameters: v.optional(texts),
            tags: v.optional(texts),
          }),
        ),
      }),
    ),
  ),
});

/** A stack of a cloud assembly. */
export interface AssemblyStack {
  name: string;
  /** As CloudFormation will call it. */
  stackName: string;
  /** Within the assembly's folder. */
  templateFile: string;
  accountId: string | null;
  region: string | null;
  /** May hold ${AWS::Partition}, ${AWS::AccountId} and ${AWS::Region}. */
  role: string | null;
  parameters: Record<string, string>;
  tags: Record<string, string>;
}

/**
 * The stacks of an assembly's manifest, and the folders of the assemblies within it (stages).
 *
 * @throws PlanFormatError where it is no manifest, leads out of its folder, or was written before what it looks up was known
 * @see https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
export function readAssembly(manifest: string): { stacks: AssemblyStack[]; folders: string[] } {
  let document: unknown;
  try {
    document = JSON.parse(manifest);
  } catch (cause) {
    throw new PlanFormatError(
      `manifest.json: expected JSON (${cause instanceof Error ? cause.message : String(cause)})`,
    );
  }
  const parsed = v.safeParse(manifestSchema, document);
  if (!parsed.success) {
    const { path, expected } = formatIssue(parsed.issues[0]);
    throw new PlanFormatError(`manifest.json: ${path}: ${expected}; expected a folder that cdk synth wrote`);
  }
  if ((parsed.output.missing ?? []).length > 0) {
    throw new PlanFormatError(
      "manifest.json: missing: made-up values stand for what the app looks up, as a key's ARN; expected a folder that cdk synth wrote with its lookups",
    );
  }
  const stacks: AssemblyStack[] = [];
  const folders: string[] = [];
  for (const [name, { type, environment = "", properties = {} }] of Object.entries(parsed.output.artifacts ?? {})) {
    const { templateFile, directoryName, parameters = {}, tags = {} } = properties;
    if (type === "cdk:cloud-assembly" && directoryName !== undefined) folders.push(within(directoryName));
    if (type !== "aws:cloudformation:stack" || templateFile === undefined) continue;
    const [, account = "", region = ""] = /^aws:\/\/([^/]*)\/([^/]*)$/.exec(environment) ?? [];
    stacks.push({
      name,
      stackName: properties.stackName ?? name,
      templateFile: within(templateFile),
      accountId: account === "" || account === "unknown-account" ? null : account,
      region: region === "" || region === "unknown-region" ? null : region,
      role: properties.cloudFormationExecutionRoleArn ?? null,
      parameters,
      tags,
    });
  }
  return { stacks, folders };
}

/** A name of a file in the folder itself. */
function within(name: string): string {
  if (/^[\w][\w .+@-]*$/.test(name)) return name;
  throw new PlanFormatError(
    `manifest.json: ${name.slice(0, 100)}: expected the name of a file in the assembly's folder`,
  );
}
