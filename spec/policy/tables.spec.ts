import { expect } from "chai";
import { evaluatePolicies } from "../../lib/policy/evaluatePolicies.js";
import type { StatementRef } from "../../lib/policy/StatementRef.js";
import { expandRow } from "./tables/expandRow.js";
import { readCaseTables } from "./tables/readCaseTables.js";

describe("the policy language, case by case", () => {
  for (const { title, rules } of readCaseTables()) {
    describe(title, () => {
      for (const { rule, rows } of rules) {
        describe(rule, () => {
          for (const row of rows) {
            it(row.name, () => {
              for (const { label, policies, request, expected } of expandRow(row)) {
                const answer = evaluatePolicies(policies, request);

                expect(answer.verdict, `${label}: verdict (${row.source})`).to.equal(expected.verdict);
                if (expected.dependsOn !== undefined) {
                  expect(keySet(answer.dependsOn), `${label}: dependsOn`).to.deep.equal(keySet(expected.dependsOn));
                }
                if (expected.statements !== undefined) {
                  expect(bySource(answer.statements), `${label}: statements`).to.deep.equal(
                    bySource(expected.statements),
                  );
                }
              }
            });
          }
        });
      }
    });
  }
});

/** Condition key names have no letter case, and nothing promises an order. */
function keySet(keys: string[]): string[] {
  return keys.map((key) => key.toLowerCase()).sort();
}

function bySource(statements: StatementRef[]): StatementRef[] {
  return statements.toSorted((a, b) => a.policy.localeCompare(b.policy) || a.index - b.index);
}
