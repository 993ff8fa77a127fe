import type { Blocker, Diagnosis } from "../../diagnosis/Diagnosis.js";
import { readDocument } from "../../policy/readDocument.js";
import { placesOf } from "../../snapshot/layerEvidence.js";
import type { Snapshot } from "../../snapshot/Snapshot.js";
import { inertJson } from "../inertJson.js";
import { type Markup, markup } from "./markup.js";

/** A page is to be opened, not to be waited for: longer texts are cut. */
const longest = 40_000;

/**
 * The text of the policy that blocks, with the statement that denies marked; null where the text is not known. It is taken
 * from the snapshot, or from the document that a fix changes.
 */
export function policyText(diagnosis: Diagnosis, index: number, snapshot: Snapshot | undefined): Markup | null {
  const blocker = diagnosis.blockers[index];
  if (blocker?.policy == null) return null;
  const document = documentIn(snapshot, blocker) ?? documentOfFix(diagnosis, index, blocker);
  if (document === null) return null;
  const read = readDocument(document);
  if ("problem" in read) return null;
  const { Statement: statements, ...rest } = read.fields;
  const list: unknown[] = Array.isArray(statements) ? statements : [statements];
  const lines = list.map((statement, at) => {
    const text = indented(inertJson(statement, 2)) + (at < list.length - 1 ? "," : "");
    return at === blocker.statement?.index ? markup`<mark>${text}</mark>\n` : markup`${text}\n`;
  });
  const whole = markup`${inertJson(rest, 2).replace(/\n?\}$/, "")}${Object.keys(rest).length > 0 ? "," : ""}
  "Statement": [
${lines}  ]
}`;
  const marked = blocker.statement === null ? null : list[blocker.statement.index];
  return whole.html.length > longest
    ? markup`<pre tabindex="0">${marked === undefined || marked === null ? "" : markup`<mark>${inertJson(marked, 2).slice(0, longest)}</mark>\n`}(The rest of the policy is too long to be shown.)</pre>`
    : markup`<pre tabindex="0">${whole}</pre>`;
}

function indented(text: string): string {
  return text.replace(/^/gm, "    ");
}

function documentIn(snapshot: Snapshot | undefined, { layer, policy, target }: Blocker): string | object | null {
  if (snapshot === undefined || policy === null) return null;
  const place = placesOf(snapshot).find(
    (one) =>
      one.layer === layer &&
      one.target === target &&
      (policy.arn === undefined ? one.policy.name === policy.name : one.policy.arn === policy.arn) &&
      one.policy.attachedTo === policy.attachedTo,
  );
  return place?.policy.document ?? null;
}

function documentOfFix({ fixes }: Diagnosis, index: number, { policy }: Blocker): string | null {
  const fix = fixes.find((one) => one.blocker === index && one.policy === policy?.name && one.document?.before != null);
  return fix?.document?.before ?? null;
}
