import { asRecord, fieldOf } from "../fieldOf.js";
import { isNotKnown } from "../NotKnown.js";
import type { PlanPlace } from "../PlanPlace.js";
import { expandLoops } from "./expandLoops.js";
import type { NestedTemplate, NestedTemplates } from "./nestedFiles.js";
import { givenText, parameterFault, patience } from "./parameterFault.js";
import { type ResourceField, templateFields } from "./templateFields.js";
import { type TemplateResolver, templateResolver } from "./templateResolver.js";
import type { Template, TemplateResource } from "./templateSchema.js";

/** What all stacks of one account and Region that are deployed together share, with their nested ones. */
export interface StackFamily {
  place: PlanPlace;
  budget: { left: number };
  /** With the patterns of nested stacks' parameters. */
  patience: { left: number };
  /** By their scopes. */
  stacks: Map<string, TemplateStack>;
}

export function stackFamily(place: PlanPlace): StackFamily {
  return { place, budget: { left: mostOfStacks }, patience: patience(), stacks: new Map() };
}

/** A template as one stack: its values as far as they are known, and the stacks within it. */
export interface TemplateStack {
  template: Template;
  file: string;
  /** The logical ids on the way to it, each with a slash behind it; "" of the first. */
  scope: string;
  resolver: TemplateResolver;
  fieldsOf: (resource: TemplateResource) => ResourceField;
  /** The loop that a resource came of. */
  loops: ReadonlyMap<string, string>;
  /** The stack that a resource makes; why it is not known, where its template was not read; null of other resources. */
  nested: (id: string) => TemplateStack | { unread: string } | null;
}

/** So much of all templates together is made, in values and characters. */
const mostOfStacks = 20_000_000;

/** How a template is opened. */
interface OpenedAs {
  scope: string;
  nested: NestedTemplates;
  family: StackFamily;
  /** Of the first; CloudFormation makes the nested ones' up. */
  stackName?: string | undefined;
}

/** Opens a template, with what was given to its parameters. */
export function templateStack(
  written: Template,
  file: string,
  given: Readonly<Record<string, unknown>>,
  { scope, nested, family, stackName }: OpenedAs,
): TemplateStack {
  const { place, budget } = family;
  const { template, loops } = expandLoops(
    written,
    templateResolver(written, given, place, { scope, budget, stackName }).resolve,
  );
  const opened = new Map<string, TemplateStack | { unread: string }>();

  const open = (id: string): TemplateStack | { unread: string } | null => {
    const found = nested.get(id);
    const resource = Object.hasOwn(template.Resources, id) ? template.Resources[id] : undefined;
    if (found === undefined || resource === undefined || Array.isArray(resource)) return null;
    if ("unread" in found) return found;
    const known = opened.get(id);
    if (known !== undefined) return known;
    // What needs the stack to be opened while it is, no deployment can make.
    opened.set(id, { unread: "its parameters hang on its own outputs" });
    const parameters = stack.fieldsOf(resource)("Parameters");
    const below = { scope: `${scope}${id}/`, nested: found.nested, family };
    // Where nothing of them is known, none is its default.
    const handed = isNotKnown(parameters)
      ? Object.fromEntries(Object.keys(found.template.Parameters ?? {}).map((name) => [name, parameters]))
      : (asRecord(parameters) ?? {});
    const refused = refusedIn(found, handed, family.patience);
    const child = refused === null ? templateStack(found.template, found.file, handed, below) : { unread: refused };
    opened.set(id, child);
    return child;
  };
  const outputOf = (id: string, output: string): unknown => {
    const child = open(id);
    return child === null || "unread" in child
      ? undefined
      : outputValue(child, fieldOf(child.template.Outputs, output));
  };
  const importOf = (name: string): unknown => {
    for (const other of budget.left < 0 ? [] : family.stacks.values()) {
      for (const output of Object.values(asRecord(other.template.Outputs) ?? {})) {
        if (other.resolver.resolve(fieldOf(fieldOf(output, "Export"), "Name")) === name)
          return outputValue(other, output);
      }
    }
    return undefined;
  };

  const resolver = templateResolver(template, given, place, { scope, outputOf, importOf, budget, stackName });
  const fieldsOf = templateFields(template, resolver);
  const stack: TemplateStack = { template, file, scope, resolver, fieldsOf, loops, nested: open };
  family.stacks.set(scope, stack);
  return stack;
}

/** What an output tells; undefined where there is none. */
function outputValue({ resolver }: TemplateStack, output: unknown): unknown {
  const { Value: value, Condition: condition } = asRecord(output) ?? {};
  const isLeftOut = typeof condition === "string" && resolver.condition(condition) === false;
  return value === undefined || isLeftOut ? undefined : resolver.resolve(value);
}

/** What CloudFormation would refuse of what is handed to a nested stack's parameters, with its place. */
function refusedIn(
  { file, template }: NestedTemplate,
  handed: Readonly<Record<string, unknown>>,
  left: StackFamily["patience"],
): string | null {
  for (const [name, declared] of Object.entries(template.Parameters ?? {})) {
    const value = givenText(handed, name, declared);
    const fault = typeof value === "string" ? parameterFault(declared, value, left) : null;
    if (fault !== null) return `${file}: Parameters.${name}.${fault.constraint}: expected ${fault.expected}`;
  }
  return null;
}

/** A resource of any of the stacks, by its logical id with its scope: of the innermost that has it. */
export function resourceIn(
  { stacks }: StackFamily,
  name: string,
): { stack: TemplateStack; id: string; resource: TemplateResource } | null {
  const within = [...stacks.values()].filter(({ scope }) => name.startsWith(scope));
  for (const stack of within.sort((a, b) => b.scope.length - a.scope.length)) {
    const { Resources: resources } = stack.template;
    const id = name.slice(stack.scope.length);
    const resource = Object.hasOwn(resources, id) ? resources[id] : undefined;
    if (resource !== undefined && !Array.isArray(resource)) return { stack, id, resource };
  }
  return null;
}
