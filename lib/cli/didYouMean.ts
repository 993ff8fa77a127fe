import { nearest } from "../options/nearest.js";

/** The end of a message about a misspelt name; empty where none is near enough. */
export function didYouMean(given: string, known: readonly string[]): string {
  const meant = nearest(given, known);
  return meant === null ? "" : `; did you mean ${meant}?`;
}
