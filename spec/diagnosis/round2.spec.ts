import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { evaluatePolicies } from "../../lib/policy/evaluatePolicies.js";
import type { PolicyDocument } from "../../lib/policy/PolicyDocument.js";
import { buildSnapshot, type Json } from "../verdict/cases/buildSnapshot.js";
import { describeTables } from "../verdict/cases/describeTables.js";

describe("the amended rules, case by case", () => {
  describeTables(`${import.meta.dirname}/tables/round2`);
  describeTables(`${import.meta.dirname}/../verdict/tables/round2`);
});

describe("very many blockers (rule 17)", () => {
  const denials = (count: number): Json => [
    {
      name: "Many",
      statements: Array.from({ length: count }, (_, index) => ({
        Sid: `Deny${index}`,
        Effect: "Deny",
        Action: "backup:CreateBackupVault",
        Resource: "*",
      })),
    },
  ];
  const diagnosed = (count: number) =>
    diagnose(buildSnapshot([], { "policies.identity+": denials(count) }), { fixes: false });

  for (const [count, listed, omitted] of [
    [99, 99, undefined],
    [100, 100, undefined],
    [101, 100, 1],
    [1_000, 100, 900],
  ] as const) {
    it(`${count}: the first ${listed} are listed, ${omitted ?? "none"} counted as left out`, () => {
      const diagnosis = diagnosed(count);

      expect(diagnosis.blockers).to.have.length(listed);
      expect("omittedBlockers" in diagnosis ? diagnosis.omittedBlockers : undefined).to.equal(omitted);
      expect(diagnosis.outcome).to.equal("blocked");
      expect(diagnosis.blockers.map(({ statement }) => statement?.index)).to.deep.equal(
        Array.from({ length: listed }, (_, index) => index),
      );
    });
  }

  it("the summary says how many are left out", () => {
    expect(diagnosed(350).summary).to.match(/\b250\b/);
    expect(diagnosed(350).summary.length).to.be.at.most(60_000);
  });
});

describe("NotPrincipal in a document that stands alone (section 4.5)", () => {
  const account = "arn:aws:iam::111122223333:root";
  const alice = "arn:aws:iam::111122223333:user/alice";
  const bob = "arn:aws:iam::111122223333:user/bob";
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
    ["the account and a user, for a federated user", federated, [account, bob], "explicitDeny"],
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
