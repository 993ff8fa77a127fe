import { type Fields, isFields } from "../policy/policyFields.js";
import type { SimulationCall } from "../snapshot/Snapshot.js";
import type { Redactor } from "./Redactor.js";
import { redactAction, redactDocument } from "./redactDocument.js";

type Rule = (value: unknown, redactor: Redactor) => unknown;

const text =
  (redact: (value: string, redactor: Redactor) => string): Rule =>
  (value, redactor) =>
    typeof value === "string" ? redact(value, redactor) : null;

const list =
  (rule: Rule): Rule =>
  (value, redactor) =>
    Array.isArray(value) ? value.map((one) => rule(one, redactor)) : null;

const record =
  (rules: Record<string, Rule>) =>
  (value: unknown, redactor: Redactor): Fields =>
    isFields(value) ? redactFields(value, rules, redactor) : {};

const name = text((value, redactor) => redactor.name(value));
const keyName = text((value, redactor) => redactor.keyName(value));
const action = text(redactAction);
const document = text((value, redactor) => {
  const redacted = redactDocument(value, redactor);
  return typeof redacted === "string" ? redacted : "redacted";
});
const same: Rule = (value) => (typeof value === "boolean" ? value : null);
const decisions: Rule = (value, redactor) =>
  isFields(value)
    ? Object.fromEntries(Object.entries(value).map(([key, decision]) => [redactor.name(key), name(decision, redactor)]))
    : null;

/** "role_Deployer_inline": the kind of principal that AWS puts before an inline policy's name stays. */
const sourcePolicyId = text((value, redactor) => {
  const [, kind = "", rest = ""] = /^((?:user|role|group)_)?(.*)$/s.exec(value) ?? [];
  return kind + redactor.name(rest);
});

const allowed = record({ AllowedByOrganizations: same, AllowedByPermissionsBoundary: same });

const resultRules: Record<string, Rule> = {
  EvalActionName: action,
  EvalResourceName: name,
  EvalResourceDecision: name,
  EvalDecision: name,
  // Without the positions: they count lines and columns of a text that is another now.
  MatchedStatements: list(record({ SourcePolicyId: sourcePolicyId, SourcePolicyType: name })),
  MissingContextValues: list(keyName),
  OrganizationsDecisionDetail: allowed,
  PermissionsBoundaryDecisionDetail: allowed,
  EvalDecisionDetails: decisions,
};

const result = record({ ...resultRules, ResourceSpecificResults: list(record(resultRules)) });

const input = record({
  PolicySourceArn: name,
  PolicyInputList: list(document),
  PermissionsBoundaryPolicyInputList: list(document),
  ActionNames: list(action),
  ResourceArns: list(name),
  ResourcePolicy: document,
  ResourceOwner: name,
  CallerArn: name,
  ContextEntries: list(record({ ContextKeyName: keyName, ContextKeyValues: list(name), ContextKeyType: name })),
  ResourceHandlingOption: name,
  PolicyExclusionList: list(record({ PolicyType: name, PolicyArn: name, PolicyName: name, PolicyId: name })),
});

/** A simulation as IAM's API has it; fields that are not listed there are left out. */
export function redactSimulation(call: SimulationCall, redactor: Redactor): SimulationCall {
  return {
    input: input(call.input, redactor),
    results: call.results.map((one) => result(one, redactor)),
  };
}

function redactFields(fields: Fields, rules: Record<string, Rule>, redactor: Redactor): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => {
      const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
      return rule === undefined || value === undefined ? [] : [[field, rule(value, redactor)]];
    }),
  );
}
