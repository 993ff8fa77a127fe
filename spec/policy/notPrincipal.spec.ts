import { expect } from "chai";
import { evaluatePolicies } from "../../lib/policy/evaluatePolicies.js";
import type { PolicyDocument } from "../../lib/policy/PolicyDocument.js";

// specification, section 4.5
describe("NotPrincipal in a document that stands alone", () => {
  const account = "arn:aws:iam::111122223333:root";
  const alice = "arn:aws:iam::111122223333:user/alice";
  const bob = "arn:aws:iam::111122223333:user/bob";
  const stranger = "arn:aws:iam::444455556666:user/bob";
  const role = "arn:aws:iam::111122223333:role/Deployer";
  const session = "arn:aws:sts::111122223333:assumed-role/Deployer/ci";
  const other = "arn:aws:sts::111122223333:assumed-role/Deployer/other";
  const federated = "arn:aws:sts::111122223333:federated-user/alice";

  for (const [name, principal, listed, verdict] of [
    ["the account alone, for a user", alice, [account], "explicitDeny"],
    ["the account's id alone, for a user", alice, ["111122223333"], "explicitDeny"],
    ["the account and user Bob, for Alice", alice, [account, bob], "explicitDeny"],
    ["the account and a role, for a user", alice, [account, role], "explicitDeny"],
    ["the account and a session, for a user", alice, [account, session], "explicitDeny"],
    ["the account and the user", alice, [account, alice], "allowed"],
    ["the user without the account", alice, [alice], "unknown"],
    ["the account alone, for a session", session, [account], "explicitDeny"],
    ["the account and a user, for a session", session, [account, bob], "explicitDeny"],
    ["the account and another role, for a session", session, [account, `${role}2`], "explicitDeny"],
    ["the account and another session of the role, for a session", session, [account, other], "explicitDeny"],
    ["the account and the role, for a session", session, [account, role], "unknown"],
    ["the account and the session", session, [account, session], "unknown"],
    ["role and session without the account", session, [role, session], "unknown"],
    ["account, role and session", session, [account, role, session], "allowed"],
    // Whose federated user it is, its ARN does not tell.
    ["the account and a user, for a federated user", federated, [account, bob], "unknown"],
    ["the account and another account's user, for a federated user", federated, [account, stranger], "explicitDeny"],
    ["the account and a user, for its root user", account, [account, bob], "allowed"],
  ] as const) {
    it(`${name}: ${verdict}`, () => {
      const document: PolicyDocument = {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" },
          { Effect: "Deny", NotPrincipal: { AWS: [...listed] }, Action: "kms:*", Resource: "*" },
        ],
      };

      const decided = evaluatePolicies([document], {
        action: "kms:CreateGrant",
        resource: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        principal,
        principalHasBoundary: false,
        unlistedKeys: "absent",
      });

      expect(decided.verdict).to.equal(verdict);
    });
  }
});
