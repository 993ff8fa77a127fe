/** One call that was made, or left out, to collect evidence; an entry of the specification's `Diagnosis.evidence`. */
export interface LoggedCall {
  /** As "iam:GetRole". */
  call: string;
  status: "answered" | "refused" | "failed" | "skipped";
  /** Why, and for a refused read the permission it lacked and the layer that stays unknown for it. */
  detail?: string;
  milliseconds?: number;
}
