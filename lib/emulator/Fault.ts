import type { ServiceName } from "./Call.js";

/** Which requests go wrong: what is left out holds for all. */
interface FaultScope {
  service?: ServiceName | undefined;
  /** As "GetRole". */
  operation?: string | undefined;
  /** Of each request, between 0 and 1. Default: 1. */
  probability?: number | undefined;
  /** How many requests at most. Default: every one. */
  times?: number | undefined;
}

/**
 * Something that goes wrong on purpose.
 *
 * - `error`: answers this error, as the service writes errors
 * - `throttle`: answers the service's own throttling error
 * - `answer`: answers this text, as a proxy in between would
 * - `delay`: answers late
 * - `hang`: never answers
 * - `reset`: breaks the connection
 */
export type Fault = FaultScope &
  (
    | { effect: "error"; code: string; message?: string | undefined; status?: number | undefined }
    | { effect: "throttle" }
    | { effect: "answer"; status: number; contentType: string; body: string }
    | { effect: "delay"; milliseconds: number }
    | { effect: "hang" }
    | { effect: "reset" }
  );
