import type { Blocker } from "../diagnosis/Diagnosis.js";
import type { Change } from "./Change.js";
import { knownDocument } from "./KnownDocument.js";
import { blamedPlace, type Patient } from "./Patient.js";
import type { Statements } from "./widensOf.js";

/** The statements of the old and the new document that a change is about. */
export interface Touched {
  /** Those that it takes away, and those that it brings. */
  changed: Statements;
  /** Those that are not to be heard. */
  unheard: Statements;
}

const none = () => false;

/** Of a policy that is made, or told whole. */
export const newStatements: Touched = {
  changed: { before: () => true, after: () => true },
  unheard: { before: none, after: none },
};

/**
 * The statements that a change touches, and those of the same document that other fixes are for: what these still deny is
 * not to hide what this one opens.
 */
export function statementsTouched(
  { places, read }: Patient,
  blockers: readonly Blocker[],
  { edits, before: copied }: Change,
): Touched {
  const [edit] = edits;
  if (edit?.kind !== "document") {
    // A copy has what it is a copy of in front.
    const length = copied === undefined ? 0 : knownDocument(copied).statements.length;
    return { ...newStatements, changed: { before: none, after: (index) => index >= length } };
  }
  const place = places.find(({ path }) => path === edit.paths[0]);
  const length = place === undefined ? 0 : read(place.policy).statements.length - edit.removed.length;
  const shifted = (index: number) => index - edit.removed.filter((gone) => gone < index).length;
  const replaced = edit.replaced.map((one) => one.index);
  const gone = new Set([...replaced, ...edit.removed]);
  const come = new Set(replaced.map(shifted));
  const others = new Set(
    blockers.flatMap(({ statement, ...blocker }) => {
      if (statement === null || gone.has(statement.index)) return [];
      const path = blamedPlace(places, blocker)?.path;
      return path !== undefined && edit.paths.includes(path) ? [statement.index] : [];
    }),
  );
  const othersAfter = new Set([...others].map(shifted));
  return {
    changed: { before: (index) => gone.has(index), after: (index) => index >= length || come.has(index) },
    unheard: { before: (index) => others.has(index), after: (index) => othersAfter.has(index) },
  };
}
