import type { Diagnosis } from "../diagnosis/Diagnosis.js";

const codes = { blocked: 1, inconclusive: 2, allowed: 0 } as const;

/** 0 allowed, 1 blocked, 2 inconclusive; of several, 1 over 2 over 0. */
export function exitCodeOf(diagnoses: readonly Pick<Diagnosis, "outcome">[]): 0 | 1 | 2 {
  for (const outcome of ["blocked", "inconclusive"] as const) {
    if (diagnoses.some((diagnosis) => diagnosis.outcome === outcome)) return codes[outcome];
  }
  return 0;
}

/** As a shell tells an interruption: 128 and the signal's number. */
export const interruptedCode = 130;
