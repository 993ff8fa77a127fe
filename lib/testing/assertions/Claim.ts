import type { Diagnosis } from "../../diagnosis/Diagnosis.js";
import type { Truth } from "../../policy/Truth.js";

/** What an assertion says of a diagnosis. */
export interface Claim {
  /** After "expected creating the vault", as "to be allowed". */
  text: string;
  /** Three-valued: what a diagnosis cannot tell is neither so nor not so. */
  holds: (diagnosis: Diagnosis) => Truth;
}
