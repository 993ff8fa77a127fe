import type { DiagnosticService } from "./ClientSettings.js";

/** Asks one operation of a service and gives its answer as it came. */
export type Send = (
  service: DiagnosticService,
  operation: string,
  input: object,
  abortSignal: AbortSignal,
) => Promise<unknown>;
