import * as v from "valibot";

/*
 * What of a CloudFormation template is read.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */

const text = v.string();

const resourceSchema = v.object({
  Type: text,
  Condition: v.optional(text),
  Properties: v.optional(v.unknown()),
  Metadata: v.optional(v.unknown()),
  DependsOn: v.optional(v.unknown()),
  "Fn::Transform": v.optional(v.unknown()),
});

export const templateSchema = v.object({
  Parameters: v.optional(v.record(text, v.object({ Type: v.optional(text), Default: v.optional(v.unknown()) }))),
  Transform: v.optional(v.unknown()),
  Mappings: v.optional(v.unknown()),
  Conditions: v.optional(v.unknown()),
  Rules: v.optional(v.unknown()),
  Outputs: v.optional(v.unknown()),
  // Fn::ForEach stands among the resources as a list.
  Resources: v.record(text, v.union([resourceSchema, v.array(v.unknown())])),
});

export type Template = v.InferOutput<typeof templateSchema> & {
  /** `Fn::Transform` among the resources, where it is none of them. */
  resourcesTransform?: unknown;
};
export type TemplateResource = v.InferOutput<typeof resourceSchema>;
