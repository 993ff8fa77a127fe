import { expect } from "chai";
import { statementTests } from "../../lib/diagnosis/statementTests.js";
import type { PolicyConditionValue } from "../../lib/policy/PolicyDocument.js";
import { parsePolicy } from "../../lib/policy/parsePolicy.js";

/** What a Deny under this one test is told to ask. */
function told(operator: string, key: string, value: PolicyConditionValue | PolicyConditionValue[]): string | undefined {
  const Condition = { [operator]: { [key]: value } };
  const { statements } = parsePolicy({ Statement: { Effect: "Deny", Action: "*", Resource: "*", Condition } });
  return statements.flatMap((statement) => statementTests(statement, [key]))[0];
}

describe("What a statement asks of a key that is not known is told to a person", () => {
  const endpoints = ["vpce-1", "vpce-2", "vpce-3", "vpce-4", "vpce-5"];

  for (const [operator, key, value, expected] of [
    ["StringEquals", "aws:SourceVpce", "vpce-1", "where aws:SourceVpce is vpce-1"],
    ["StringNotEquals", "aws:SourceVpce", endpoints, "unless aws:SourceVpce is vpce-1 or vpce-2 or vpce-3 or 2 more"],
    ["StringNotLike", "aws:SourceVpce", "vpce-*", "unless aws:SourceVpce is like vpce-*"],
    ["NotIpAddress", "aws:SourceIp", "192.0.2.0/24", "unless aws:SourceIp lies in 192.0.2.0/24"],
    ["NumericLessThan", "aws:MultiFactorAuthAge", 60, "where aws:MultiFactorAuthAge is less than 60"],
    ["NumericLessThanEquals", "aws:MultiFactorAuthAge", 60, "where aws:MultiFactorAuthAge is at most 60"],
    ["NumericGreaterThan", "aws:MultiFactorAuthAge", 60, "where aws:MultiFactorAuthAge is greater than 60"],
    ["NumericGreaterThanEquals", "aws:MultiFactorAuthAge", 60, "where aws:MultiFactorAuthAge is at least 60"],
    ["Null", "aws:SourceVpce", true, "where aws:SourceVpce is absent"],
    ["Null", "aws:SourceVpce", false, "where aws:SourceVpce is present"],
    ["ForAllValues:StringEquals", "aws:TagKeys", "a", "where aws:TagKeys has only values that: is a"],
    ["ForAllValues:StringEquals", "aws:TagKeys", [], "where aws:TagKeys has only values that: is nothing"],
    ["ForAnyValue:StringEquals", "aws:TagKeys", "a", "where aws:TagKeys has a value that: is a"],
  ] as const) {
    it(`${operator} ${key} ${JSON.stringify(value)}: ${expected}`, () => {
      expect(told(operator, key, value as PolicyConditionValue)).to.equal(`Blocked ${expected}.`);
    });
  }
});
