import type { Fix } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";

/** Fixes that two blockers share in part, with a word of it: one attaches what another one does, or changes the same call. */
export function notedTogether(fixes: readonly Fix[]): Fix[] {
  const calls = fixes.flatMap((fix, at) => (isCall(fix) && isFirst(fixes, fix, at) ? [at] : []));
  return fixes.map((fix, at) => {
    const others = calls.includes(at) ? calls.filter((other) => other !== at).map((other) => `fix ${other + 1}`) : [];
    const own = attachedBy(fix);
    const twin = fixes.findIndex((one, index) => index < at && attachedBy(one).some((text) => own.includes(text)));
    const isTwin = twin >= 0 && !isSameEdit(fixes[twin], fix);
    const notes = [
      fix.note,
      isTwin ? `Fix ${twin + 1} attaches the same policy: once is enough.` : undefined,
      others.length > 0 ? `The call is made once, and as ${inWords(others)} says, too.` : undefined,
    ].filter((note) => note !== undefined);
    return notes.length === 0 ? fix : { ...fix, note: notes.join(" ") };
  });
}

/** The call is made in another way, and no policy is changed. */
function isCall({ change, verified, document, title }: Fix): boolean {
  return change === "other" && verified && document === undefined && !title.startsWith("Nothing of its own");
}

function isFirst(fixes: readonly Fix[], { blocker }: Fix, at: number): boolean {
  return fixes.findIndex((one) => one.blocker === blocker) === at;
}

/** The service control policies that a fix makes, as texts. */
function attachedBy({ layer, document, further = [] }: Fix): string[] {
  const made = layer === "service-control-policy" && document !== undefined ? [{ document }] : [];
  const all = [...made, ...further].filter((one) => one.document.before === null);
  return all.map((one) => one.document.after);
}

/** Fixes that show one document with all of their changes say so by themselves. */
function isSameEdit(one: Fix | undefined, { document }: Fix): boolean {
  return document !== undefined && document.before !== null && one?.document?.after === document.after;
}
