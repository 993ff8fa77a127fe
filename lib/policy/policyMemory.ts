import { isSameJson } from "./isSameJson.js";
import type { ParsedPolicy } from "./ParsedPolicy.js";
import type { PolicyDocument } from "./PolicyDocument.js";
import { parsePolicy, parseRead } from "./parsePolicy.js";
import { readDocument } from "./readDocument.js";

/**
 * Parses a policy document, or gives what was made of it before.
 *
 * @param principalRequired key, resource control and VPC endpoint policies need a Principal in every statement
 */
export type PolicyMemory = (document: string | PolicyDocument | null, principalRequired: boolean) => ParsedPolicy;

/** Texts are remembered up to so many characters together; then all are forgotten. */
const mostCharacters = 4_000_000;

/** What is kept of a text beside it, counted as characters: also of the shortest. */
const charactersBeside = 1_000;

/**
 * A memory of parsed policies: an object's as long as it lives, a text's as long as there is room.
 *
 * @param mayChange whether an object may have been changed since it was seen, so that it is compared with what it was
 */
export function newPolicyMemory({ mayChange }: { mayChange: boolean }): PolicyMemory {
  const plain = newShelf(false, mayChange);
  const withPrincipal = newShelf(true, mayChange);
  return (document, principalRequired) => (principalRequired ? withPrincipal : plain)(document);
}

function newShelf(principalRequired: boolean, mayChange: boolean) {
  const texts = new Map<string, ParsedPolicy>();
  const objects = new WeakMap<object, { copy: unknown; parsed: ParsedPolicy }>();
  let characters = 0;

  const ofText = (text: string): ParsedPolicy => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    const parsed = parsePolicy(text, { principalRequired });
    if (characters + text.length + charactersBeside > mostCharacters) {
      texts.clear();
      characters = 0;
    }
    texts.set(text, parsed);
    characters += text.length + charactersBeside;
    return parsed;
  };
  return (document: string | PolicyDocument | null): ParsedPolicy => {
    if (typeof document === "string") return ofText(document);
    if (document === null) return parsePolicy(null, { principalRequired });
    const known = objects.get(document);
    if (known !== undefined && (!mayChange || isSameJson(known.copy, document))) return known.parsed;
    const read = readDocument(document);
    const parsed = parseRead(read, principalRequired);
    if (!("problem" in read)) objects.set(document, { copy: read.fields, parsed });
    return parsed;
  };
}

/** The memory of everybody who has none of his own. */
export const parsedPolicy: PolicyMemory = newPolicyMemory({ mayChange: true });
