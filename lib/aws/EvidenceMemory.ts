/**
 * The answers of one set of readers, by what was asked, so that several diagnoses read what they share once. It belongs to
 * one run: nothing is ever forgotten.
 */
export type EvidenceMemory = Map<string, Promise<unknown>>;
