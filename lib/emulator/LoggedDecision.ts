import type { DenyingLayer } from "./authorization/authorize.js";

/** What the policies said to one action of a request. */
export interface LoggedDecision {
  action: string;
  resource: string;
  /** AWS Backup asked for the caller. */
  forwarded: boolean;
  allowed: boolean;
  /** Only of refusals, as AWS names it in its messages. */
  layer?: DenyingLayer;
  /** The policy that denies explicitly; null where silence refuses. */
  policy?: string | null;
  statement?: { sid: string | null; index: number } | null;
}
