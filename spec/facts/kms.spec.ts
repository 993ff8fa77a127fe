import { expect } from "chai";
import { rootArn } from "../../lib/facts/arn.js";
import { policyOfNewKey } from "../../lib/facts/kms.js";
import { evaluatePolicies } from "../../lib/policy/evaluatePolicies.js";

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
describe("A key that is made without a policy", () => {
  for (const [principal, verdict] of [
    [rootArn("aws", "111122223333"), "allowed"],
    [rootArn("aws", "444455556666"), "implicitDeny"],
  ] as const) {
    it(`is for ${principal}: ${verdict}`, () => {
      const decided = evaluatePolicies([policyOfNewKey(rootArn("aws", "111122223333"))], {
        action: "kms:PutKeyPolicy",
        resource: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        principal,
      });

      expect(decided.verdict).to.equal(verdict);
    });
  }
});
