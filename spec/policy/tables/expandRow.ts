import { readFileSync } from "node:fs";
import type { PolicyDocument } from "../../../lib/policy/PolicyDocument.js";
import type { ConditionRow, RunnableCase, VerdictRow } from "./CaseTable.js";

const everything = { Effect: "Allow", Action: "*", Resource: "*" } as const;
const object = { Action: "s3:GetObject", Resource: "*" } as const;

/** What a row means: one evaluation, or for a Condition alone an Allow and a Deny that carry it. */
export function expandRow(row: VerdictRow | ConditionRow): RunnableCase[] {
  if ("policies" in row) {
    return [{ label: "verdict", policies: row.policies.map(readPolicy), request: row.request, expected: row.expected }];
  }
  const { condition, context, matches, dependsOn } = row;
  const request = {
    action: "s3:GetObject",
    resource: "arn:aws:s3:::bucket/key",
    context,
    unlistedKeys: row.unlistedKeys ?? "absent",
  };
  const allow: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", ...object, Condition: condition }],
  };
  const deny: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [everything, { Effect: "Deny", ...object, Condition: condition }],
  };
  const keys = matches === "unknown" && dependsOn ? { dependsOn } : {};
  return [
    {
      label: "on an Allow",
      policies: [allow],
      request,
      expected: { verdict: verdictOnAllow(matches), ...keys },
    },
    {
      label: "on a Deny",
      policies: [deny],
      request,
      expected: { verdict: verdictOnDeny(matches), ...keys },
    },
  ];
}

function verdictOnAllow(matches: ConditionRow["matches"]): VerdictRow["expected"]["verdict"] {
  switch (matches) {
    case "true":
      return "allowed";
    case "false":
    case "error":
      return "implicitDeny";
    case "unknown":
      return "unknown";
  }
}

function verdictOnDeny(matches: ConditionRow["matches"]): VerdictRow["expected"]["verdict"] {
  switch (matches) {
    case "true":
    case "error":
      return "explicitDeny";
    case "false":
      return "allowed";
    case "unknown":
      return "unknown";
  }
}

function readPolicy(policy: string | Record<string, unknown>): string | PolicyDocument {
  if (typeof policy === "string") {
    return policy.startsWith("@")
      ? readFileSync(`${import.meta.dirname}/../documents/data/${policy.slice(1)}`, "utf8")
      : policy;
  }
  // Some rows are damaged on purpose; they are handed over as a user would hand them over.
  return policy as unknown as PolicyDocument;
}
