/**
 * What is known of one condition context key: a value (a string is single-valued, an array multi-valued even with one
 * element), `null` for known to be absent, `{ present: true }` for there but with a value that is not known. A key that
 * is not listed at all is unknown.
 */
export type ContextValue = string | string[] | null | { present: true };
