import * as v from "valibot";
import { firstTooDeep } from "../policy/firstTooDeep.js";
import { formatIssue, misplacedList, pathText, shownText } from "../snapshot/formatIssue.js";
import { shieldNames } from "../snapshot/shieldNames.js";
import { asRecord, fieldOf } from "./fieldOf.js";
import { PlanFormatError } from "./PlanFormatError.js";
import { parseYaml } from "./template/parseYaml.js";
import { type Template, templateSchema } from "./template/templateSchema.js";
import { type TerraformPlan, terraformPlanSchema } from "./terraform/terraformPlanSchema.js";

/** A file that was recognised and checked. */
export type PlanDocument = { kind: "terraform"; plan: TerraformPlan } | { kind: "template"; template: Template };

/** Plans go some thirty levels down. */
const deepest = 200;

/** Parts, counted as JSON would write them: aliases of YAML may stand for many. */
const largest = 20_000_000;

const show = "terraform plan -out=tfplan && terraform show -json tfplan > plan.json";

/**
 * Recognises a Terraform or OpenTofu plan in JSON, or a CloudFormation template in JSON or YAML, and checks it.
 *
 * @throws PlanFormatError with what it was instead, where it is wrong, and what to do
 */
export function readPlan(text: string): PlanDocument {
  const plain = text.replace(/^\uFEFF/, "");
  const document = documentIn(plain);
  const deep = firstTooDeep(document, deepest, largest);
  if (deep !== null)
    throw new PlanFormatError(`${pathText(deep)}: expected at most ${deepest} levels and ${largest} parts`);
  const record = asRecord(document);
  if (record === null) throw new PlanFormatError(`expected a Terraform plan (${show}) or a CloudFormation template`);
  if (Object.hasOwn(record, "Resources")) return { kind: "template", template: templateIn(record) };
  if (Object.hasOwn(record, "planned_values") || Object.hasOwn(record, "resource_changes")) {
    const plan = checked(terraformPlanSchema, record);
    refuseStripped(plan);
    // Terraform leaves it out where nothing is.
    return { kind: "terraform", plan: { ...plan, resource_changes: plan.resource_changes ?? [] } };
  }
  throw new PlanFormatError(whatElse(record));
}

function templateIn(record: Readonly<Record<string, unknown>>): Template {
  const resources = asRecord(record.Resources);
  if (resources === null || !Object.hasOwn(resources, "Fn::Transform")) return checked(templateSchema, record);
  const { "Fn::Transform": resourcesTransform, ...Resources } = resources;
  return { ...checked(templateSchema, { ...record, Resources }), resourcesTransform };
}

function documentIn(text: string): unknown {
  if (text.startsWith("PK"))
    throw new PlanFormatError(
      `this is Terraform's own plan file; make JSON of it: terraform show -json FILE > plan.json`,
    );
  if (text.trim() === "") throw new PlanFormatError("the file is empty");
  if (!/^\s*[{[]/.test(text)) {
    if (/^\s*(resource|module|provider|terraform|variable|data|locals|output)\b[^:\n]*\{/m.test(text)) {
      throw new PlanFormatError(`this is Terraform's configuration; make a plan of it: ${show}`);
    }
    if (/^ *(?:Terraform|OpenTofu) will perform the following actions:/m.test(text)) {
      throw new PlanFormatError(`this is what terraform plan prints for people; make JSON of the plan: ${show}`);
    }
    if (/^\{"format_version"/m.test(text))
      throw new PlanFormatError(`lines stand before the plan; expected it alone: ${show}`);
    return parseYaml(text);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const lines = text.trimEnd().split("\n", 2);
    if (lines.length > 1 && isLogLine(lines[0] ?? "")) {
      throw new PlanFormatError(
        `this is the log of terraform plan -json; what it would do stands in the plan: ${show}`,
      );
    }
    if (/\n\{"format_version"/.test(text))
      throw new PlanFormatError(
        `there are several plans in it, as terragrunt prints those of several units; expected one a file: ${show}`,
      );
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new PlanFormatError(`expected JSON (${shownText(message)})`);
  }
}

function isLogLine(line: string): boolean {
  try {
    const record = asRecord(JSON.parse(line));
    return record !== null && Object.hasOwn(record, "@level");
  } catch {
    return false;
  }
}

/** What people have at hand instead, by fields that it alone has, and what to do. */
const others: readonly (readonly [fields: readonly string[], told: string])[] = [
  [["@level"], `this is the log of terraform plan -json; what it would do stands in the plan: ${show}`],
  [["values"], `this is Terraform's state, which says what is, not what will be; make a plan: ${show}`],
  [["lineage"], `this is Terraform's state, which says what is, not what will be; make a plan: ${show}`],
  [["artifacts"], "this is a cloud assembly's manifest; name its folder instead, as cdk.out"],
  [
    ["encrypted_data"],
    "this plan is encrypted by OpenTofu; make JSON of it where its key is configured: tofu show -json FILE > plan.json",
  ],
  [
    ["TemplateBody"],
    "this is the answer of get-template; take the template out of it: aws cloudformation get-template --stack-name STACK --query TemplateBody --output json > template.json",
  ],
  [
    ["ChangeSetName"],
    "this is a change set, which does not say what its resources will be; take its template: aws cloudformation get-template --stack-name STACK --change-set-name CHANGE-SET --query TemplateBody --output json > template.json",
  ],
  [
    ["service", "provider"],
    "this is a configuration of Serverless; name the template that serverless package makes of it: .serverless/cloudformation-template-update-stack.json",
  ],
  [["resource"], `this is Terraform's configuration; make a plan of it: ${show}`],
  [["AWSTemplateFormatVersion"], "expected Resources, without which CloudFormation takes no template; found none"],
];

function whatElse(record: Readonly<Record<string, unknown>>): string {
  const told = others.find(([fields]) => fields.every((name) => Object.hasOwn(record, name)));
  return (
    told?.[1] ??
    `expected planned_values, as terraform show -json writes them (${show}), or Resources, as a CloudFormation template has; found ${shownText(Object.keys(record).slice(0, 5).join(", ")) || "nothing"}`
  );
}

/** Where a plan has resources, it says what becomes of each. */
function refuseStripped({ resource_changes, planned_values }: v.InferOutput<typeof terraformPlanSchema>): void {
  const root = fieldOf(planned_values, "root_module");
  const holds = ["resources", "child_modules"].some((name) => Object.keys(Object(fieldOf(root, name))).length > 0);
  if (resource_changes === undefined && holds)
    throw new PlanFormatError(`resource_changes: expected what becomes of the planned resources, found none (${show})`);
}

/** The document itself: what a schema makes of it lacks what is named as something of JavaScript's own. */
function checked<S extends v.GenericSchema>(schema: S, document: unknown): v.InferOutput<S> {
  const shielded = shieldNames(document);
  const parsed = v.safeParse(schema, shielded, { abortEarly: true });
  const wrong = parsed.success ? misplacedList(shielded, parsed.output) : formatIssue(parsed.issues[0]);
  if (wrong !== null) throw new PlanFormatError(`${wrong.path}: ${wrong.expected}`);
  return document as v.InferOutput<S>;
}
