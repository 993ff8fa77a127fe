import { fieldOf } from "../fieldOf.js";
import type { Template } from "./templateSchema.js";

/** A nested stack's template that was read. */
export interface NestedTemplate {
  /** As it is named to people. */
  file: string;
  template: Template;
  /** Those of its own nested stacks, by their logical ids; why one was not read. */
  nested: NestedTemplates;
}

export type NestedTemplates = ReadonlyMap<string, NestedTemplate | { unread: string }>;

/** Where a type of resource names the template of the stack that it makes. */
export const nestedTypes: Readonly<Record<string, string>> = {
  "AWS::CloudFormation::Stack": "TemplateURL",
  "AWS::Serverless::Application": "Location",
};

/**
 * The files of nested stacks that a template names, relative to it: as cdk tells them, in the template or beside it, else as
 * they stand there for `aws cloudformation package` and `sam build`. What else stands in a bucket is none of them.
 *
 * @param assets the files that cdk will put into a bucket, by the names that they will have there
 * @see https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 * @see https://github.com/aws/aws-cdk packages/aws-cdk-lib/cx-api/lib/assets.ts (aws:asset:path, aws:asset:property)
 */
export function nestedFiles(
  { Resources: resources }: Template,
  assets: ReadonlyMap<string, string> = new Map(),
): { id: string; path: string }[] {
  return Object.entries(resources).flatMap(([id, resource]) => {
    const property = Array.isArray(resource) ? undefined : fieldOf(nestedTypes, resource.Type);
    if (Array.isArray(resource) || typeof property !== "string") return [];
    const { Metadata: told, Properties: properties } = resource;
    const asset = fieldOf(told, "aws:asset:property") === property ? fieldOf(told, "aws:asset:path") : undefined;
    const given = fieldOf(properties, property);
    const path = asset ?? assetIn(given, assets) ?? given;
    return typeof path === "string" && path !== "" && !/^[a-z][a-z0-9+.-]*:/i.test(path) ? [{ id, path }] : [];
  });
}

/** What an address ends with, whatever it is put together of. */
function assetIn(address: unknown, assets: ReadonlyMap<string, string>): string | undefined {
  if (assets.size === 0) return undefined;
  return assets.get(/\/([0-9a-f]{32,128}\.json)"/.exec(JSON.stringify(address) ?? "")?.[1] ?? "");
}
