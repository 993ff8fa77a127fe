import type { Blocker } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import type { Change, DocumentEdit, Edit } from "./Change.js";
import type { Cure } from "./curesInTurn.js";
import { documentChange } from "./documentChange.js";
import { joinedEdits } from "./joinedEdits.js";
import type { Patient } from "./Patient.js";
import { type Outcome, stands } from "./proof.js";

/** What a change says of its document where the first fix of another blocker changes the same one. */
export interface SharedDocument {
  /** The change with all of them in its document, and what they were asked for; null where that is not proven. */
  merged: { change: Change; asked: readonly string[] } | null;
  note: string;
}

export interface SharedDocuments {
  of: ReadonlyMap<Change, SharedDocument>;
  /** Some first fixes could not be put together in one document. */
  isApart: boolean;
}

interface Member {
  index: number;
  blocker: Blocker;
  change: Change;
  edit: DocumentEdit;
}

/**
 * Documents that the first fixes of several blockers change: each shows the document with all of their
 * changes, since one that is made as printed would undo another.
 *
 * @param together what comes of all first fixes, where it is known
 */
export function sharedDocuments(
  patient: Patient,
  blockers: readonly Blocker[],
  answers: readonly Cure[],
  together: Outcome | null,
  tryAll: (edits: readonly Edit[]) => Outcome | null,
): SharedDocuments {
  const groups = new Map<string, Member[]>();
  const proven = answers.filter(({ kind }) => kind === "proven").length;
  for (const [index, answer] of answers.entries()) {
    const blocker = blockers[index];
    if (answer.kind !== "proven" || blocker === undefined) continue;
    const { change } = answer.proven[0];
    const edit = documentOf(change);
    if (edit === null) continue;
    const key = edit.paths.join();
    groups.set(key, [...(groups.get(key) ?? []), { index, blocker, change, edit }]);
  }
  const shared = new Map<Change, SharedDocument>();
  let isApart = false;
  for (const members of groups.values()) {
    if (members.length === 1) continue;
    const edits = members.map(({ edit }) => edit);
    const outcome = members.length === proven ? together : tryAll(members.flatMap(({ change }) => change.edits));
    const isProven = outcome !== null && isDone(members, outcome);
    const asked = [...new Set(members.flatMap(({ blocker }) => blocker.actions))];
    const further = furtherOf(members);
    for (const member of members) {
      const change = isProven ? withAll(patient, member, edits, further) : null;
      isApart ||= change === null;
      const note = noteOf(othersThan(member.index, members), change !== null);
      shared.set(member.change, { merged: change === null ? null : { change, asked }, note });
    }
  }
  for (const [index, answer] of answers.entries()) {
    if (answer.kind !== "proven") continue;
    for (const { change } of answer.proven.slice(1)) {
      const others = othersThan(index, groups.get(documentOf(change)?.paths.join() ?? "") ?? []);
      if (others.length > 0) shared.set(change, { merged: null, note: noteOf(others, false) });
    }
  }
  return { of: shared, isApart };
}

function documentOf({ edits: [edit] }: Change): DocumentEdit | null {
  return edit?.kind === "document" ? edit : null;
}

/** The other blockers, counted from 1. */
function othersThan(index: number, members: readonly Member[]): string[] {
  return members.flatMap((member) => (member.index === index ? [] : [String(member.index + 1)]));
}

function isDone(members: readonly Member[], outcome: Outcome): boolean {
  const { blocks, isWorse, isUndecided, isTooLong } = outcome;
  return !isWorse && !isUndecided && !isTooLong && !members.some(({ blocker }) => stands(blocker, blocks));
}

/** What any of them needs besides, all of them together need. */
function furtherOf(members: readonly Member[]): Change["fix"]["further"] {
  const all = members.flatMap(({ change }) => change.fix.further ?? []);
  const byText = new Map(all.map((one) => [JSON.stringify(one), one]));
  return byText.size === 0 ? undefined : [...byText.values()];
}

function withAll(
  patient: Patient,
  { change, edit }: Member,
  edits: readonly DocumentEdit[],
  further: Change["fix"]["further"],
): Change | null {
  const place = patient.places.find(({ path }) => path === edit.paths[0]);
  if (place === undefined) return null;
  const told = { ...change.fix, ...(further !== undefined && { further }) };
  const all = documentChange(patient, place, joinedEdits(edits, patient.read(place.policy).sids), told);
  return all.obstacle === null ? { ...all, alsoWidens: change.alsoWidens } : null;
}

function noteOf(others: readonly string[], isMerged: boolean): string {
  const fixes = `${others.length === 1 ? "The fix of blocker" : "The fixes of blockers"} ${inWords(others)}`;
  return isMerged
    ? `${fixes} would change the same policy: this document has all these changes, and is put in place once.`
    : `${fixes} would change the same policy, and this document is without that: make one, and ask again for the next.`;
}
