import { fieldOf } from "../plan/fieldOf.js";
import { scalarText } from "../plan/PlanPlace.js";
import type { PlannedFile } from "./plannedFiles.js";

/** What was given as `--parameters`, to be given again; a secret (NoEcho) is left to whoever knows it. */
export function shownParameters(files: readonly PlannedFile[], given: readonly string[]): string[] {
  const isSecret = (name: string) =>
    files.some(({ document }) => {
      const declared = document.kind === "template" ? fieldOf(document.template.Parameters, name) : undefined;
      return /^true$/i.test(scalarText(fieldOf(declared, "NoEcho")) ?? "");
    });
  return given.map((one) => {
    const name = one.slice(0, Math.max(one.indexOf("="), 0));
    return name !== "" && isSecret(name) ? `${name}=VALUE` : one;
  });
}
