/**
 * The four states of a condition context key (specification, section 3).
 *
 * - `value`: a string is single-valued, an array multi-valued even with one element
 * - `absent`: known to be absent
 * - `present`: there, with a value that is not known. Where given, `dates` are the epoch milliseconds between which the
 *   value, a date, is known to lie (both included); `beginning` is what the value begins with, at least two characters
 *   following it; `includes` are members that a multi-valued key is known to hold, beside others that it may hold
 * - `unknown`: nothing is known, not even whether it is there
 *
 * `multiValued` tells how the key would be valued if it is there.
 */
export type ContextKeyState =
  | { kind: "value"; value: string | readonly string[] }
  | { kind: "absent" }
  | {
      kind: "present";
      multiValued: boolean;
      dates?: { from: number; to: number };
      beginning?: string;
      includes?: readonly string[];
    }
  | { kind: "unknown"; multiValued: boolean };

/**
 * What is known of a key. `key` is spelt as the policy spells it, in any letter case; `name` is the spelling that a
 * person is told in `dependsOn`.
 */
export type ContextLookup = (key: string) => { name: string; state: ContextKeyState };
