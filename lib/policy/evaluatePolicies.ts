import type { ContextValue } from "./ContextValue.js";
import type { PolicyDocument } from "./PolicyDocument.js";
import type { StatementRef } from "./StatementRef.js";

export interface PolicyRequest {
  action: string;
  resource: string;
  principal?: string;
  principalHasBoundary?: boolean;
  context?: Record<string, ContextValue>;
  unlistedKeys?: "unknown" | "absent";
}

export interface PolicyEvaluation {
  verdict: "allowed" | "explicitDeny" | "implicitDeny" | "unknown";
  statements: StatementRef[];
  dependsOn: string[];
}

export function evaluatePolicies(_policies: (string | PolicyDocument)[], _request: PolicyRequest): PolicyEvaluation {
  throw new Error("under construction");
}
