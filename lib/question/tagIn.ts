import type { ContextParts } from "./ContextParts.js";

/** Tags by their keys in lower case, made once a diagnosis: a policy may ask for as many as there are. */
const foldedTags = new WeakMap<ContextParts, Map<object, ReadonlyMap<string, string>>>();

/** Tag keys in condition keys are compared without regard to case; of two that differ only so the first counts. */
export function tagIn(parts: ContextParts, tags: Readonly<Record<string, string>>, wanted: string): string | undefined {
  const known = foldedTags.get(parts) ?? new Map<object, ReadonlyMap<string, string>>();
  foldedTags.set(parts, known);
  const folded =
    known.get(tags) ??
    new Map(
      Object.entries(tags)
        .reverse()
        .map(([name, value]) => [name.toLowerCase(), value]),
    );
  known.set(tags, folded);
  return folded.get(wanted);
}
