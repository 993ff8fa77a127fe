export type { ContextValue } from "./ContextValue.js";
export { evaluatePolicies, type PolicyEvaluation, type PolicyRequest } from "./evaluatePolicies.js";
export type { PolicyConditionValue, PolicyDocument, PolicyPrincipal, PolicyStatement } from "./PolicyDocument.js";
export type { StatementRef } from "./StatementRef.js";
