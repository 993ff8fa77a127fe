import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { diagnoseSnapshot } from "../diagnosis/diagnoseSnapshot.js";
import { parseSnapshot } from "../snapshot/parseSnapshot.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { SnapshotFormatError } from "../snapshot/SnapshotFormatError.js";
import type { Redactor, Segment, SensitiveForm } from "./Redactor.js";
import { redactSnapshot } from "./redactSnapshot.js";
import { keySegmentsOf, segmentsOf } from "./segmentsOf.js";
import { standIns } from "./standIns.js";

/** A snapshot fit to be shown to others. */
export interface Redaction {
  snapshot: Snapshot;
  /** Texts that had to stay, because replacing them would change the diagnosis; to be looked at before sharing. */
  kept: string[];
}

/**
 * Replaces account ids, names, the variable parts of ARNs, tags and free text consistently, word by word: what a pattern
 * matched it goes on matching. Fields that the contract does not list are left out. The snapshot is diagnosed before and
 * after: a text whose replacement would change the diagnosis (a pattern matches a part of a word) stays, and is listed
 * in `kept`. What AWS publishes stays: Regions, actions, condition keys, its own policies' names, times.
 *
 * @param snapshot is not changed
 * @example
 * const { snapshot: shareable, kept } = redact(snapshot);
 */
export function redact(snapshot: Snapshot): Redaction {
  const wanted = fingerprint(diagnoseSnapshot(snapshot));
  const found = sensitiveTexts(snapshot);
  const replacements = standIns(found.words);
  const without = (kept: ReadonlySet<string>) =>
    redactSnapshot(
      snapshot,
      redactor(
        ({ text }) => (kept.has(text) ? text : (replacements.get(text) ?? text)),
        (text, instead) => (kept.has(freeKey(text)) ? text : instead),
      ),
    );
  const isSame = (kept: ReadonlySet<string>) => {
    const tried = parsed(without(kept));
    return tried !== null && fingerprint(diagnoseSnapshot(tried)) === wanted;
  };
  const kept = toKeep([...found.free, ...found.words.keys()], isSame);
  return { snapshot: without(kept), kept: keptTexts(snapshot, kept) };
}

/** Free text is told from words, which may read the same. */
function freeKey(text: string): string {
  return `free\u0000${text}`;
}

/** What rewrites texts by what stands for a sensitive segment, and for free text. */
function redactor(
  replaced: (segment: { text: string; form: SensitiveForm }) => string,
  free: (text: string, instead: string) => string,
): Redactor {
  const joined = (segments: Segment[]) =>
    segments.map(({ text, form }) => (form === null ? text : replaced({ text, form }))).join("");
  return { name: (text) => joined(segmentsOf(text)), keyName: (text) => joined(keySegmentsOf(text)), free };
}

/** All that is to be replaced, in the order of the snapshot. */
function sensitiveTexts(snapshot: Snapshot): { words: Map<string, SensitiveForm>; free: Set<string> } {
  const words = new Map<string, SensitiveForm>();
  const free = new Set<string>();
  const collect = redactor(
    ({ text, form }) => {
      words.set(text, form);
      return text;
    },
    (text) => {
      free.add(freeKey(text));
      return text;
    },
  );
  redactSnapshot(snapshot, collect);
  return { words, free };
}

/** The texts that have to stay, found by halves: a half that changes nothing goes as a whole. */
function toKeep(texts: readonly string[], isSame: (kept: ReadonlySet<string>) => boolean): Set<string> {
  const kept = new Set(texts);
  const release = (some: readonly string[]) => {
    for (const text of some) kept.delete(text);
    if (some.length === 0 || isSame(kept)) return;
    for (const text of some) kept.add(text);
    if (some.length === 1) return;
    const middle = Math.ceil(some.length / 2);
    release(some.slice(0, middle));
    release(some.slice(middle));
  };
  release(texts);
  return kept;
}

/** What stayed, as it stands in the snapshot: neighbouring words that all stayed are one text. */
function keptTexts(snapshot: Snapshot, kept: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  const tell = (segments: Segment[]) => {
    let run = "";
    let between = "";
    const end = () => {
      if (run !== "") found.add(run);
      run = "";
      between = "";
    };
    for (const { text, form } of segments) {
      if (form === null) between += text;
      else if (!kept.has(text)) end();
      else {
        run = run === "" ? text : run + between + text;
        between = "";
      }
    }
    end();
  };
  redactSnapshot(snapshot, {
    name: (text) => {
      tell(segmentsOf(text));
      return text;
    },
    keyName: (text) => {
      tell(keySegmentsOf(text));
      return text;
    },
    free: (text, instead) => {
      if (kept.has(freeKey(text))) found.add(text);
      return instead;
    },
  });
  return [...found];
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

/** What a diagnosis says, without the names it says it with. */
function fingerprint(diagnosis: Diagnosis): string {
  return JSON.stringify([
    diagnosis.outcome,
    diagnosis.blockers.map(({ layer, effect, actions, certainty, statement, policy, target }) => [
      layer,
      effect,
      actions,
      certainty,
      statement?.index,
      policy === null,
      target === null,
    ]),
    diagnosis.actions.map(({ action, verdict, layers }) => [
      action,
      verdict,
      Object.values(layers).map((one) => one.verdict),
    ]),
    diagnosis.suspects.map(({ layer, actions }) => [layer, actions]),
  ]);
}
