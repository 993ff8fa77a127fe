import { diagnose } from "../../lib/diagnose.js";
import { buildSnapshot, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";
import type { ExpectedDiagnosis } from "../verdict/cases/CaseTable.js";
import { checkDiagnosis } from "../verdict/cases/checkDiagnosis.js";

/** A valid document of that many characters that allows everything. */
function documentOf(characters: number): string {
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  });
  return text + " ".repeat(characters - text.length);
}

const policyOf = (characters: number) => [{ name: "Long", document: documentOf(characters) }];

// Specification, section 4.6, rules 14 and 17.
const cases: [string, SnapshotPatch, ExpectedDiagnosis][] = [
  [
    "an identity policy of 1,000,000 characters is read",
    { "policies.identity": policyOf(1_000_000) },
    { outcome: "allowed", blockers: [] },
  ],
  [
    "an identity policy of 1,000,001 characters is damaged: the layer is unknown",
    { "policies.identity": policyOf(1_000_001) },
    {
      outcome: "inconclusive",
      blockers: [],
      layers: { "*": { "identity-policy": "unknown" } },
      suspects: ["identity-policy"],
    },
  ],
  [
    "a session policy of 1,000,001 characters counts as not read",
    { "policies.session": policyOf(1_000_001) },
    { outcome: "allowed", layers: { "*": { "session-policy": "unknown" } }, assumptions: ["session polic"] },
  ],
];

describe("an oversized policy never stops a diagnosis", () => {
  for (const [name, patch, expected] of cases) {
    it(name, () => {
      checkDiagnosis(diagnose(buildSnapshot([], patch), { fixes: false }), expected);
    });
  }
});
