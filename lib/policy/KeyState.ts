/**
 * The four states of a condition context key (contract, section 3).
 *
 * - `value`: a string is single-valued, an array multi-valued even with one element
 * - `absent`: known to be absent
 * - `present`: there, with a value that is not known; `dates`, where given, are the epoch milliseconds between which
 *   the value, a date, is known to lie (both included); `includes`, where given, are members that a multi-valued key is
 *   known to hold, beside others that it may hold
 * - `unknown`: nothing is known, not even whether it is there
 *
 * `multiValued` tells how the key would be valued if it is there.
 */
export type KeyState =
  | { kind: "value"; value: string | string[] }
  | { kind: "absent" }
  | { kind: "present"; multiValued: boolean; dates?: { from: number; to: number }; includes?: readonly string[] }
  | { kind: "unknown"; multiValued: boolean };

/**
 * What is known of a key. `key` is spelt as the policy spells it, in any letter case; `name` is the spelling that a
 * person is told in `dependsOn`.
 */
export type ContextLookup = (key: string) => { name: string; state: KeyState };
