import type { ContextValue } from "../../../lib/policy/ContextValue.js";
import type { PolicyRequest } from "../../../lib/policy/evaluatePolicies.js";
import type { PolicyDocument, PolicyStatement } from "../../../lib/policy/PolicyDocument.js";
import type { StatementRef } from "../../../lib/policy/StatementRef.js";

/** One table of cases: the rules of one corner of the policy language, each with the cases that prove it. */
export interface CaseTable {
  table: string;
  title: string;
  rules: CaseRule[];
}

export interface CaseRule {
  /** AWS's rule in one sentence, or the project's own where `assumption` says so. */
  rule: string;
  /** The AWS page, the capture or the section of the specification that the rule is taken from. */
  documented: string;
  assumption?: string;
  rows: (VerdictRow | ConditionRow)[];
}

interface Row {
  /** What a user would notice. */
  name: string;
  source: string;
  /** Where neither AWS's documentation nor a capture says it: what is assumed. */
  assumption?: string;
}

/** A whole evaluation: policies, request, answer. */
export interface VerdictRow extends Row {
  /** A text that starts with "@" names a document under `documents/data`. */
  policies: (string | Record<string, unknown>)[];
  request: PolicyRequest;
  expected: {
    verdict: "allowed" | "explicitDeny" | "implicitDeny" | "unknown";
    dependsOn?: string[];
    statements?: StatementRef[];
  };
}

/** A Condition alone, put once on an Allow and once on a Deny. `error`: the Allow does not apply, the Deny does. */
export interface ConditionRow extends Row {
  condition: NonNullable<PolicyStatement["Condition"]>;
  context: Record<string, ContextValue>;
  matches: "true" | "false" | "unknown" | "error";
  /** "absent" where left out. */
  unlistedKeys?: "unknown" | "absent";
  dependsOn?: string[];
}

/** A case as it is run: damaged documents are typed as what they pretend to be. */
export interface RunnableCase {
  label: string;
  policies: (string | PolicyDocument)[];
  request: PolicyRequest;
  expected: VerdictRow["expected"];
}
