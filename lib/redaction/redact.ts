import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { diagnoseSnapshot } from "../diagnosis/diagnoseSnapshot.js";
import { parseSnapshot } from "../snapshot/parseSnapshot.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { SnapshotFormatError } from "../snapshot/SnapshotFormatError.js";
import { type SensitiveText, sensitiveTexts } from "./sensitiveTexts.js";

/** A snapshot fit to be shown to others. */
export interface Redaction {
  snapshot: Snapshot;
  /** Texts that had to stay, because replacing them would change the diagnosis; to be looked at before sharing. */
  kept: string[];
}

/**
 * Replaces account ids, names, the variable parts of ARNs, tags and free text consistently. The snapshot is diagnosed
 * before and after: a text whose replacement would change the diagnosis (a pattern matches part of it) stays, and is
 * listed in `kept`.
 *
 * @example
 * const { snapshot: shareable, kept } = redact(snapshot);
 */
export function redact(snapshot: Snapshot): Redaction {
  const plain = withoutFreeText(snapshot);
  const wanted = fingerprint(diagnoseSnapshot(snapshot));
  const texts = sensitiveTexts(plain);
  const { replaced, kept } = replaceable(plain, texts, [], wanted);
  return { snapshot: replaceAll(plain, replaced) ?? plain, kept: kept.map(({ text }) => text) };
}

/** The texts that can go, found by halves: a half that changes nothing goes as a whole. */
function replaceable(
  snapshot: Snapshot,
  texts: SensitiveText[],
  before: SensitiveText[],
  wanted: string,
): { replaced: SensitiveText[]; kept: SensitiveText[] } {
  const together = [...before, ...texts].sort((one, other) => other.text.length - one.text.length);
  const tried = replaceAll(snapshot, together);
  if (texts.length === 0 || (tried !== null && fingerprint(diagnoseSnapshot(tried)) === wanted)) {
    return { replaced: together, kept: [] };
  }
  if (texts.length === 1) return { replaced: before, kept: texts };
  const middle = Math.ceil(texts.length / 2);
  const first = replaceable(snapshot, texts.slice(0, middle), before, wanted);
  const second = replaceable(snapshot, texts.slice(middle), first.replaced, wanted);
  return { replaced: second.replaced, kept: [...first.kept, ...second.kept] };
}

/** The snapshot with texts replaced wherever they stand between other characters than letters and digits. */
function replaceAll(snapshot: Snapshot, texts: SensitiveText[]): Snapshot | null {
  if (texts.length === 0) return snapshot;
  const replacements = new Map(texts.map(({ text, replacement }) => [text, replacement]));
  const pattern = new RegExp(
    `(?<![A-Za-z0-9])(?:${texts.map(({ text }) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|")})(?![A-Za-z0-9])`,
    "g",
  );
  const map = (value: unknown): unknown => {
    if (typeof value === "string") return value.replace(pattern, (text) => replacements.get(text) ?? text);
    if (Array.isArray(value)) return value.map(map);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [map(key), map(item)]));
  };
  try {
    return parseSnapshot(map(snapshot) as object);
  } catch (error) {
    // A replacement broke the shape, as where a tag is called like a field: it has to stay.
    if (error instanceof SnapshotFormatError) return null;
    throw error;
  }
}

/** Reasons and request ids are free text: of an error only its name stays. URL-encoded documents are decoded. */
function withoutFreeText(snapshot: Snapshot): Snapshot {
  const map = (value: unknown, key: string): unknown => {
    if (typeof value === "string") {
      if (key === "reason" || key === "unreadable") return `${/^[A-Za-z]+/.exec(value)?.[0] ?? "Error"}: redacted`;
      if (key === "requestId") return "redacted";
      return key === "document" ? decoded(value) : value;
    }
    if (Array.isArray(value)) return value.map((item) => map(item, ""));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        name === "document" && typeof item === "object" ? item : map(item, name),
      ]),
    );
  };
  return map(snapshot, "") as Snapshot;
}

function decoded(document: string): string {
  if (!/^\s*%7B/i.test(document)) return document;
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
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
