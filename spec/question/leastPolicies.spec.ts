import { expect } from "chai";
import { requiredActions } from "../../lib/facts/actions.js";
import { evaluatePolicies } from "../../lib/policy/evaluatePolicies.js";
import { leastCreatorPolicy, leastKeyStatement } from "../../lib/question/leastPolicies.js";

const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const principal = "arn:aws:iam::111122223333:role/Deployer";
const vault = "arn:aws:backup:eu-west-1:111122223333:backup-vault:prod-vault";
const resourceOf = (action: string) =>
  action.startsWith("kms:") ? keyArn : action.startsWith("backup:") ? vault : "*";

// https://repost.aws/knowledge-center/backup-vault-access-denied
describe("The least policies of a vault's creator", () => {
  const place = {
    partition: "aws",
    region: "eu-west-1",
    accountId: "111122223333",
    backupVaultName: "prod-vault",
    keyArn,
  };
  const identity = JSON.stringify(leastCreatorPolicy(place));
  const key = JSON.stringify({ Statement: leastKeyStatement({ principalArn: principal, region: "eu-west-1" }) });

  for (const action of requiredActions) {
    it(`allow ${action} on its resource, and on no other`, () => {
      const on = (resource: string) => evaluatePolicies([identity], { action, resource }).verdict;

      expect(on(resourceOf(action))).to.equal("allowed");
      if (resourceOf(action) !== "*") expect(on(resourceOf(action).replace("1111", "9999"))).to.equal("implicitDeny");
    });
  }

  for (const [action, service, verdict] of [
    ["kms:CreateGrant", "backup.eu-west-1.amazonaws.com", "allowed"],
    ["kms:CreateGrant", "s3.eu-west-1.amazonaws.com", "implicitDeny"],
    ["kms:RetireGrant", "backup.eu-west-1.amazonaws.com", "implicitDeny"],
  ] as const) {
    it(`say of ${action} through ${service} in the key policy: ${verdict}`, () => {
      const context = { "kms:ViaService": service };
      expect(evaluatePolicies([key], { action, resource: keyArn, principal, context }).verdict).to.equal(verdict);
    });
  }
});
