import type { Authorization, Decision, DenyingLayer } from "./authorization/authorize.js";
import type { Call } from "./Call.js";

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

/** Writes a decision into the log of the request that it was made for, and gives it back. */
export function noteDecision(
  { decisions }: Call,
  { action, resource }: Pick<Authorization, "action" | "resource">,
  decision: Decision,
  forwarded = false,
): Decision {
  const { allowed } = decision;
  decisions.push({
    ...{ action, resource, forwarded, allowed },
    ...(!decision.allowed && {
      layer: decision.layer,
      policy: decision.policy?.arn ?? decision.policy?.name ?? null,
      statement: decision.statement,
    }),
  });
  return decision;
}
