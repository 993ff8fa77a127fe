import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";

/** What AWS itself answered in one journey, and what was said of it. */
export interface SandboxCapture {
  journey: string;
  expected: string;
  /** Null where the vault was created. */
  refusal: { name: string; message: string; status: number | null } | null;
  /** Of the evidence alone, before AWS was asked. */
  foretold: Pick<Diagnosis, "outcome" | "blockingLayer" | "summary">;
  /** With the refusal's own words; null where the vault was created. */
  explained: Pick<Diagnosis, "outcome" | "blockingLayer" | "summary" | "disagreements"> | null;
  agrees: boolean;
}

/** All captures of a run, and what they teach. */
export interface SandboxReport {
  capturedAt: string;
  region: string;
  endpoint: string;
  captures: SandboxCapture[];
  /** Whether AWS enforced the actions of which that is not documented. */
  openQuestions: Record<string, "enforced" | "not enforced">;
  /** What could not be removed. */
  left: string[];
}
