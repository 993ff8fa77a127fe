import type { Truth } from "./Truth.js";

/** Kleene's and: false where one is false, else unknown where one is unknown. */
export function and(...truths: Truth[]): Truth {
  if (truths.includes("false")) return "false";
  return truths.includes("unknown") ? "unknown" : "true";
}

/** Kleene's or: true where one is true, else unknown where one is unknown. */
export function or(...truths: Truth[]): Truth {
  if (truths.includes("true")) return "true";
  return truths.includes("unknown") ? "unknown" : "false";
}
