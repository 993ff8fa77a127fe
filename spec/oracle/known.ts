import type { Evidence } from "../../lib/snapshot/Evidence.js";

/** What was read; null where there is none; what the filling says where it was not read. */
export function known<T>(evidence: Evidence<T> | undefined, filled: T | null | undefined): T | null {
  if (evidence?.status === "read") return evidence.value;
  if (evidence?.status === "none") return null;
  return filled ?? null;
}
