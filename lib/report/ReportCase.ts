import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { PlaceOf } from "./FilePlace.js";

/** One thing that was checked, as test reports know it. */
export interface ReportCase {
  name: string;
  status: "passed" | "failed" | "inconclusive";
  /** Why it did not pass: lines that are fit for printing; null where it did. */
  text: string | null;
  diagnosis: Diagnosis;
  /** What was diagnosed, where it is at hand: a page then shows the policies' texts and the way through the organization. */
  snapshot?: Snapshot;
  milliseconds?: number;
  /** The file that the case came from, where it came from one. */
  file?: string;
  /** Where in somebody's files what blocks stands, where that is known. */
  placeOf?: PlaceOf;
}
