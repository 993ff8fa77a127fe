import { nearest } from "../options/nearest.js";
import { fieldOf } from "../plan/fieldOf.js";
import { scalarText } from "../plan/PlanPlace.js";
import { parameterFault, patience } from "../plan/template/parameterFault.js";
import { CliError } from "./CliError.js";
import type { PlannedFile } from "./plannedFiles.js";

/**
 * @throws CliError where a parameter is given that no template has, or has a value that its template does not allow:
 *   CloudFormation refuses it, too
 */
export function refuseParameters(files: readonly PlannedFile[], given: Readonly<Record<string, string>>): void {
  const templates = files.flatMap(({ file, document, stack }) =>
    document.kind === "template" ? [{ file, stack, parameters: document.template.Parameters ?? {} }] : [],
  );
  const names = templates.flatMap(({ parameters }) => Object.keys(parameters));
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const meant = nearest(unknown, names);
    const hint = meant !== null ? `did you mean ${meant}?` : `expected ${names.join(", ") || "none"}`;
    throw new CliError(`--parameters ${unknown}: no such parameter; ${hint}`);
  }
  const all = patience();
  for (const { file, stack, parameters } of templates) {
    for (const [name, declared] of Object.entries(parameters)) refuseValue(name, declared, { file, given, stack, all });
  }
}

function refuseValue(
  name: string,
  declared: unknown,
  {
    file,
    given,
    stack,
    all,
  }: Pick<PlannedFile, "file" | "stack"> & { given: Readonly<Record<string, string>>; all: { left: number } },
): void {
  const own = Object.hasOwn(given, name) ? given[name] : undefined;
  const value = own ?? scalarText(fieldOf(stack?.parameters, name)) ?? scalarText(fieldOf(declared, "Default"));
  const fault = value === undefined ? null : parameterFault(declared, value, all);
  if (fault === null) return;
  const place = `${file}: Parameters.${name}.${fault.constraint}`;
  throw new CliError(
    own === undefined
      ? `--plan ${place}: expected ${fault.expected}`
      : `--parameters ${name}: expected ${fault.expected} (${place})`,
  );
}
