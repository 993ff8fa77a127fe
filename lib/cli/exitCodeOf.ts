import type { Diagnosis } from "../diagnosis/Diagnosis.js";

/** 0 allowed, 1 blocked, 2 inconclusive. */
export function exitCodeOf({ outcome }: Diagnosis): 0 | 1 | 2 {
  switch (outcome) {
    case "allowed":
      return 0;
    case "blocked":
      return 1;
    case "inconclusive":
      return 2;
  }
}
