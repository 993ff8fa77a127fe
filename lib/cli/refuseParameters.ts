import { nearest } from "../options/nearest.js";
import { CliError } from "./CliError.js";
import type { PlannedFile } from "./plannedFiles.js";

/** @throws CliError where a parameter is given that no template has: CloudFormation refuses it, too */
export function refuseParameters(files: readonly PlannedFile[], given: Readonly<Record<string, string>>): void {
  const names = files.flatMap(({ document }) =>
    document.kind === "template" ? Object.keys(document.template.Parameters ?? {}) : [],
  );
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, names);
  const hint = meant !== null ? `did you mean ${meant}?` : `expected ${names.join(", ") || "none"}`;
  throw new CliError(`--parameters ${unknown}: no such parameter; ${hint}`);
}
