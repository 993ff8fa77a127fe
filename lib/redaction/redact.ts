import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { diagnoseSnapshot } from "../diagnosis/diagnoseSnapshot.js";
import { parseSnapshot } from "../snapshot/parseSnapshot.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { SnapshotFormatError } from "../snapshot/SnapshotFormatError.js";
import { fingerprint } from "./fingerprint.js";
import { type Cuts, keptTexts } from "./keptTexts.js";
import type { Redactor, Segment, SensitiveForm } from "./Redactor.js";
import { redactSnapshot } from "./redactSnapshot.js";
import { keySegmentsOf, segmentsOf, timeSegmentsOf } from "./segmentsOf.js";
import { standIns } from "./standIns.js";
import { textsToKeep } from "./textsToKeep.js";

/** A snapshot fit to be shown to others. */
export interface Redaction {
  snapshot: Snapshot;
  /** Texts that had to stay, because replacing them would change the diagnosis; to be looked at before sharing. */
  kept: string[];
}

/**
 * Replaces account ids, names, the variable parts of ARNs, tags, times that are compared and free text consistently, word
 * by word: what a pattern matched it goes on matching. Fields that the specification does not list are left out. The
 * snapshot is diagnosed before and after: a text whose replacement would change the diagnosis (a pattern matches a part
 * of a word) stays, and is listed in `kept`. What AWS publishes stays, told by closed lists: Regions, services, actions,
 * condition keys, its own policies' names; so does the time of capture.
 *
 * Where so much decides that finding it out would take more than a few hundred diagnoses (fewer of a large snapshot),
 * what was not tried stays and is listed, too.
 *
 * @param snapshot is not changed
 * @example
 * const { snapshot: shareable, kept } = redact(snapshot);
 */
export function redact(snapshot: Snapshot): Redaction {
  return redactJudgedBy(diagnoseSnapshot, snapshot);
}

/** The same with another way to diagnose, so that a spec can count. */
export function redactJudgedBy(diagnose: (snapshot: Snapshot) => Diagnosis, snapshot: Snapshot): Redaction {
  const cuts = {
    name: remembered(segmentsOf),
    keyName: remembered(keySegmentsOf),
    time: remembered(timeSegmentsOf),
  };
  const wanted = fingerprint(diagnose(snapshot));
  const { words, free, likely } = sensitiveTexts(snapshot, cuts);
  const replacements = standIns(words, Date.parse(snapshot.capturedAt));
  const without = (kept: ReadonlySet<string>) =>
    redactSnapshot(
      snapshot,
      newRedactor(
        cuts,
        ({ text }) => (kept.has(text) ? text : (replacements.get(text) ?? text)),
        (text, instead) => (kept.has(freeKey(text)) ? text : instead),
      ),
    );
  const isSame = (kept: ReadonlySet<string>) => {
    const tried = parsed(without(kept));
    return tried !== null && fingerprint(diagnose(tried)) === wanted;
  };
  const unlikely = [...free, ...words.keys()].filter((text) => !likely.has(text));
  const kept = textsToKeep([...likely, ...unlikely], isSame, mostTries(snapshot));
  return {
    snapshot: without(kept),
    kept: keptTexts(
      snapshot,
      cuts,
      (text) => kept.has(text),
      (text) => kept.has(freeKey(text)),
    ),
  };
}

/** Fewer the larger the snapshot is, whose every diagnosis takes longer. */
function mostTries(snapshot: Snapshot): number {
  return Math.max(12, Math.min(400, Math.floor(10_000_000 / JSON.stringify(snapshot).length)));
}

/** Free text is told from words, which may read the same. */
function freeKey(text: string): string {
  return `free\u0000${text}`;
}

/** Each text is cut once in a redaction, however often it is rewritten. */
function remembered(cut: (text: string) => Segment[]): (text: string) => Segment[] {
  const known = new Map<string, Segment[]>();
  return (text) => {
    const segments = known.get(text) ?? cut(text);
    known.set(text, segments);
    return segments;
  };
}

/** What rewrites texts by what stands for a sensitive segment, and for free text. */
function newRedactor(
  cuts: Cuts,
  replaced: (segment: { text: string; form: SensitiveForm }, isInPattern: boolean) => string,
  free: (text: string, instead: string) => string,
): Redactor {
  const joined = (segments: Segment[], whole: string) => {
    const isPattern = /[*?]/.test(whole);
    return segments.map(({ text, form }) => (form === null ? text : replaced({ text, form }, isPattern))).join("");
  };
  return {
    name: (text) => joined(cuts.name(text), text),
    keyName: (text) => joined(cuts.keyName(text), text),
    time: (text) => joined(cuts.time(text), text),
    free,
  };
}

/** All that is to be replaced, in the order of the snapshot; `likely`: those whose replacement may well change something. */
function sensitiveTexts(snapshot: Snapshot, cuts: Cuts) {
  const words = new Map<string, SensitiveForm>();
  const free = new Set<string>();
  const likely = new Set<string>();
  const collect = newRedactor(
    cuts,
    ({ text, form }, isInPattern) => {
      words.set(text, form);
      if (form === "address" || form === "number" || form === "time" || isInPattern) likely.add(text);
      return text;
    },
    (text) => {
      free.add(freeKey(text));
      return text;
    },
  );
  redactSnapshot(snapshot, collect);
  return { words, free, likely };
}

/** Null where a replacement broke the shape, as where a vault's name became too long. */
function parsed(snapshot: Snapshot): Snapshot | null {
  try {
    return parseSnapshot(snapshot);
  } catch (error) {
    if (error instanceof SnapshotFormatError) return null;
    throw error;
  }
}
