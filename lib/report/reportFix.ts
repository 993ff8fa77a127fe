import { createTwoFilesPatch } from "diff";
import type { Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import { fixCloudFormation } from "./fix/fixCloudFormation.js";
import { fixCommands } from "./fix/fixCommands.js";
import { fixSteps } from "./fix/fixSteps.js";
import { fixTerraform } from "./fix/fixTerraform.js";
import { shellNote } from "./fix/shellNote.js";
import { inertJson, inertJsonText } from "./inertJson.js";
import { printable } from "./printable.js";
import { simulatorLine } from "./simulatorLine.js";

/** What a fix can be written as. */
export const fixForms = ["diff", "json", "cli", "terraform", "cloudformation"] as const;

export type FixForm = (typeof fixForms)[number];

/**
 * A fix in a form to use. What stands in names and documents does nothing where it is shown, pasted or read. What a form
 * cannot say it says in a comment. Ends with a newline.
 *
 * - `diff`: a unified diff of the policy document
 * - `json`: the whole new document, or a list of them where a fix changes several policies; of a fix that changes none, the
 *   fix itself
 * - `cli`: AWS CLI commands for a POSIX shell or zsh, its comments as words of `:`; a word in capitals is to be filled in
 * - `terraform`: resources of the AWS provider
 * - `cloudformation`: a template with its resources
 *
 * @param number which of the diagnosis's fixes, from 1
 * @throws RangeError where there is no such fix
 * @example
 * process.stdout.write(reportFix(diagnosis, 1, "cli")); // aws iam put-role-policy ...
 */
export function reportFix(diagnosis: Diagnosis, number: number, form: FixForm): string {
  const fix = diagnosis.fixes[number - 1];
  if (fix === undefined) {
    const { length } = diagnosis.fixes;
    throw new RangeError(length === 0 ? "there are no fixes" : `expected a whole number from 1 to ${length}`);
  }
  const { document } = fix;
  switch (form) {
    case "diff":
      if (document === undefined) return `${heading(fix)}\n`;
      return documentsOf(fix).map(unified).join("");
    case "json":
      return `${document === undefined ? inertJson(fix, 2) : allDocuments(fix)}\n`;
    case "cli":
      return written(fix, fixSteps(diagnosis, fix).map(fixCommands), shellNote);
    case "terraform":
      return written(fix, fixSteps(diagnosis, fix).map(fixTerraform));
    case "cloudformation":
      return written(fix, fixSteps(diagnosis, fix).map(fixCloudFormation));
  }
}

function written(fix: Fix, steps: readonly (readonly string[] | null)[], note = comment): string {
  return `${[heading(fix, note), ...steps.flatMap((lines) => lines ?? [])].join("\n")}\n`;
}

interface Documented {
  policy: string | null;
  document: NonNullable<Fix["document"]>;
}

/** The policies that a fix changes or makes. */
function documentsOf({ policy, document, further = [] }: Fix): Documented[] {
  return document === undefined ? [] : [{ policy, document }, ...further];
}

function allDocuments(fix: Fix): string {
  const [first = "", ...more] = documentsOf(fix).map(({ document }) => inertJsonText(document.after));
  return more.length === 0 ? first : `[\n${[first, ...more].join(",\n")}\n]`;
}

/** The fix in words, what it also allows, and whether it is proven, as comments. */
function heading({ title, verified, note, simulated, widens = [] }: Fix, written = comment): string {
  return [
    title,
    verified ? "Proven by diagnosing again." : "Not proven.",
    ...(note === undefined ? [] : [note]),
    ...(simulated === undefined ? [] : [simulatorLine(simulated)]),
    ...widens.map((one) => `Also allows: ${one}`),
  ]
    .map((line) => written(printable(line)))
    .join("\n");
}

function comment(text: string): string {
  return `# ${text}`;
}

function unified({ policy, document: { before, after } }: Documented): string {
  const name = printable(policy ?? "policy");
  const old = before === null ? "/dev/null" : `a/${name}`;
  const [oldText, newText] = [before ?? "", after].map((text) =>
    text === "" || text.endsWith("\n") ? inertJsonText(text) : `${inertJsonText(text)}\n`,
  );
  return createTwoFilesPatch(old, `b/${name}`, oldText ?? "", newText ?? "", undefined, undefined, {
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
}
