import type { Diagnosis } from "../../diagnosis/Diagnosis.js";
import { type FixForm, reportFix } from "../reportFix.js";
import { type Markup, markup } from "./markup.js";

/** The forms that stand closed below a fix's diff, as a person calls them. */
const closed: readonly [form: FixForm, called: string][] = [
  ["cli", "As AWS CLI commands"],
  ["terraform", "As Terraform"],
  ["cloudformation", "As CloudFormation"],
  ["json", "The whole new document"],
];

/** A fix in its other forms, each to be opened and copied; those that say nothing but the fix's own words are left out. */
export function fixDetails(diagnosis: Diagnosis, number: number): Markup[] {
  const isDocument = diagnosis.fixes[number - 1]?.document !== undefined;
  return closed.flatMap(([form, called]) => {
    if (form === "json" && !isDocument) return [];
    const text = reportFix(diagnosis, number, form).trimEnd();
    if (!/^(?!# |: ')/m.test(text)) return [];
    return [markup`<details><summary>${called}</summary><pre class="command" tabindex="0">${text}</pre></details>`];
  });
}
