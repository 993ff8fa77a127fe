import { messagePolicyTypes } from "../facts/denials.js";
import type { MessagePolicyType } from "./DenialReading.js";

/** The policy type that a message's phrase names, with its blanks or without; AWS's own page has "sessions policy", too. */
export function policyTypeOf(phrase: string | undefined): MessagePolicyType | null {
  const bare = (words: string) => words.toLowerCase().replace(/ /g, "");
  const known = bare(phrase ?? "").replace(/^sessions/, "session");
  return messagePolicyTypes.find((type) => bare(type) === known) ?? null;
}
