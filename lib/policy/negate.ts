import type { Truth } from "./Truth.js";

/** Kleene's not: what is unknown stays unknown. */
export function negate(truth: Truth): Truth {
  switch (truth) {
    case "true":
      return "false";
    case "false":
      return "true";
    case "unknown":
      return "unknown";
  }
}
