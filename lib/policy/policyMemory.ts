import { isSameJson } from "./isSameJson.js";
import type { ParsedPolicy } from "./ParsedPolicy.js";
import type { PolicyDocument } from "./PolicyDocument.js";
import { parsePolicy, parseRead } from "./parsePolicy.js";
import { readDocument } from "./readDocument.js";

/** What a parsed policy was made of, to see whether a document has been changed since. */
interface Remembered {
  readonly copy: unknown;
  readonly parsed: ParsedPolicy;
}

/** Texts are remembered up to so many characters together; then all are forgotten. */
const mostCharacters = 16_000_000;

interface Memory {
  readonly objects: WeakMap<object, Remembered>;
  readonly texts: Map<string, ParsedPolicy>;
  characters: number;
}

const plain = newMemory();
const withPrincipal = newMemory();

function newMemory(): Memory {
  return { objects: new WeakMap(), texts: new Map(), characters: 0 };
}

/**
 * Parses a policy document, or gives what was made of it before: an object's as long as it lives and is not changed, a
 * text's as long as there is room.
 *
 * @param principalRequired key, resource control and VPC endpoint policies need a Principal in every statement
 */
export function parsedPolicy(document: string | PolicyDocument | null, principalRequired: boolean): ParsedPolicy {
  const memory = principalRequired ? withPrincipal : plain;
  if (typeof document === "string") {
    const known = memory.texts.get(document);
    if (known !== undefined) return known;
    const parsed = parsePolicy(document, { principalRequired });
    if (memory.characters + document.length > mostCharacters) {
      memory.texts.clear();
      memory.characters = 0;
    }
    memory.texts.set(document, parsed);
    memory.characters += document.length;
    return parsed;
  }
  if (document === null) return parsePolicy(null, { principalRequired });
  const known = memory.objects.get(document);
  if (known !== undefined && isSameJson(known.copy, document)) return known.parsed;
  const read = readDocument(document);
  const parsed = parseRead(read, principalRequired);
  if (!("problem" in read)) memory.objects.set(document, { copy: read.fields, parsed });
  return parsed;
}
