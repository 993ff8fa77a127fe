import * as v from "valibot";

/*
 * What of `terraform show -json` is read.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */

const text = v.string();
const values = v.optional(v.nullable(v.record(text, v.unknown())));
const index = v.optional(v.union([v.number(), v.string()]));

const changeSchema = v.object({
  address: text,
  module_address: v.optional(text),
  mode: text,
  type: text,
  name: text,
  index,
  change: v.object({
    actions: v.array(text),
    before: values,
    after: values,
    after_unknown: v.optional(v.nullable(v.union([v.boolean(), v.record(text, v.unknown())]))),
  }),
});

const configResourceSchema = v.object({
  mode: v.optional(text),
  type: text,
  name: text,
  provider_config_key: v.optional(text),
  expressions: v.optional(v.unknown()),
  for_each_expression: v.optional(v.unknown()),
  count_expression: v.optional(v.unknown()),
  depends_on: v.optional(v.array(text)),
});

/** How often a resource or a module is made. */
export interface Repeated {
  for_each_expression?: unknown;
  count_expression?: unknown;
}

/** A module as it is written: variables, resources, the modules that it calls, outputs. */
export interface ConfigModule {
  variables?: Record<string, { default?: unknown }> | undefined;
  resources?: v.InferOutput<typeof configResourceSchema>[] | undefined;
  module_calls?: Record<string, ModuleCall> | undefined;
  outputs?: Record<string, { expression?: unknown; depends_on?: string[] | undefined }> | undefined;
}

interface ModuleCall extends Repeated {
  expressions?: unknown;
  module?: ConfigModule | undefined;
  depends_on?: string[] | undefined;
}

const moduleSchema: v.GenericSchema<unknown, ConfigModule> = v.object({
  variables: v.optional(v.record(text, v.object({ default: v.optional(v.unknown()) }))),
  resources: v.optional(v.array(configResourceSchema)),
  module_calls: v.optional(
    v.record(
      text,
      v.object({
        expressions: v.optional(v.unknown()),
        module: v.optional(v.lazy(() => moduleSchema)),
        for_each_expression: v.optional(v.unknown()),
        count_expression: v.optional(v.unknown()),
        depends_on: v.optional(v.array(text)),
      }),
    ),
  ),
  outputs: v.optional(
    v.record(text, v.object({ expression: v.optional(v.unknown()), depends_on: v.optional(v.array(text)) })),
  ),
}) as v.GenericSchema<unknown, ConfigModule>;

export const terraformPlanSchema = v.object({
  format_version: v.pipe(v.string(), v.regex(/^[01]\./, "expected format_version 1.x, which this program knows")),
  variables: v.optional(v.record(text, v.object({ value: v.optional(v.unknown()) }))),
  planned_values: v.unknown(),
  resource_changes: v.optional(v.array(changeSchema)),
  /** What Terraform leaves to a later plan. */
  deferred_changes: v.optional(v.array(v.object({ resource_change: changeSchema }))),
  errored: v.optional(v.boolean()),
  /** What all that changes is made of. */
  relevant_attributes: v.optional(v.unknown()),
  /** What was there when the plan was made. */
  prior_state: v.optional(v.unknown()),
  configuration: v.optional(
    v.object({
      provider_config: v.optional(v.record(text, v.object({ expressions: v.optional(v.unknown()) }))),
      root_module: v.optional(moduleSchema),
    }),
  ),
});

export type ResourceChange = v.InferOutput<typeof changeSchema>;
export type TerraformPlan = v.InferOutput<typeof terraformPlanSchema> & { resource_changes: ResourceChange[] };
export type ConfigResource = v.InferOutput<typeof configResourceSchema>;
