import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { PolicyStatement } from "../../lib/policy/PolicyDocument.js";
import { sampleSnapshot } from "../../lib/testing/denials/sampleSnapshot.js";

const vaults = "arn:aws:backup:us-west-2:111122223333:backup-vault:";

// specification, rule 16
describe("Of a vault that only the apply names", () => {
  for (const [resource, verdict] of [
    [`${vaults}prod-*`, "unknown"],
    [`${vaults}*`, "allowed"],
    [`${vaults.replace("1111", "9999")}*`, "implicitDeny"],
  ] as const) {
    it(`a policy that allows ${resource} makes the creation: ${verdict}`, () => {
      const snapshot = sampleSnapshot();
      const statement: PolicyStatement = { Effect: "Allow", Action: "backup:CreateBackupVault", Resource: resource };
      const identity = [{ name: "Vaults", document: { Version: "2012-10-17", Statement: statement } }];

      const { actions } = diagnose({
        ...snapshot,
        request: { ...snapshot.request, backupVaultName: "*" },
        policies: { ...snapshot.policies, identity: { status: "read", value: identity } },
      });

      expect(actions[0]).to.include({ action: "backup:CreateBackupVault", verdict });
    });
  }
});

describe("A snapshot that parseSnapshot would refuse, for its caller's ARN is none", () => {
  it("is diagnosed as one of a user of the account", () => {
    const snapshot = sampleSnapshot();

    const { outcome } = diagnose({
      ...snapshot,
      caller: { ...snapshot.caller, arn: "nobody", principalArn: "nobody" },
    });

    expect(outcome).to.equal("allowed");
  });
});
