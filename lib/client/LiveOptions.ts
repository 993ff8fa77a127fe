import type { Credentials, DiagnosisOptions } from "../options/DiagnosisOptions.js";

/** Options of the doors that make no vault: as whom they ask, besides how a diagnosis is made. */
export interface LiveOptions extends DiagnosisOptions {
  /** The client that the vault would be created with; its settings hold for the evidence too. Nothing is sent with it. */
  client?: { readonly config: object } | undefined;
  /** The caller's credentials where no client is given. Default: the SDK's (environment, shared configuration, ...). */
  credentials?: Credentials | undefined;
  /**
   * Ask AWS's policy simulator, too, about each proven fix (SimulateCustomPolicy, which needs iam:SimulateCustomPolicy);
   * its answer is told as the fix's `simulated`. Default: false.
   */
  proveFixes?: boolean | undefined;
  /** Gives up: what was read by then is what there is. */
  abortSignal?: AbortSignal | undefined;
}
