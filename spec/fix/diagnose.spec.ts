import { expect } from "chai";
import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { arbitrarySnapshot } from "../emulator/arbitrarySnapshot.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";

const fixesOf = (snapshot: Snapshot) => diagnose(snapshot).fixes;

// specification, rule 15
describe("Fixes", () => {
  it("stand in the order of the blockers, at least one for each", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (snapshot) => {
        const { blockers, fixes } = diagnose(snapshot);
        expect([...new Set(fixes.map(({ blocker }) => blocker))]).to.deep.equal([...blockers.keys()]);
      }),
      { numRuns: 60 },
    );
  });

  it("are left out where they are not asked for", () => {
    const snapshot = buildSnapshot([], { "policies.identity": { status: "none" } });

    expect(diagnose(snapshot, { fixes: false }).fixes).to.deep.equal([]);
    expect(diagnose(snapshot).fixes).to.have.length(1);
  });

  it("write a whole policy where the actions need different resources, and prove it", () => {
    const [fix] = fixesOf(buildSnapshot([], { "policies.identity": { status: "none" } }));

    expect(fix?.change).to.equal("create-policy");
    expect(fix?.verified).to.equal(true);
    expect(fix?.statement).to.have.property("Statement").with.length(5);
  });

  it("enable a disabled key", () => {
    const [fix] = fixesOf(buildSnapshot([], { "key.value.state": "Disabled" }));

    expect(fix).to.deep.include({ change: "enable-key", owner: "key-owner", verified: true, statement: null });
  });

  it("remove a Deny of which nothing is left", () => {
    const [fix] = fixesOf(
      buildSnapshot([], {
        "policies.identity+": [
          { name: "No", attachedTo: "role/Deployer", statements: ["Allow s3:*", "Deny backup-storage:MountCapsule"] },
        ],
      }),
    );

    expect(fix).to.deep.include({ change: "remove-statement", verified: true, statement: null, widens: [] });
  });

  it("let a Deny that names only the caller spare AWS Backup's use, and take the caller out of one that names others", () => {
    const role = "arn:aws:iam::444455556666:role/team/Deployer";
    const denying = (names: string[]) =>
      buildSnapshot([], {
        "key.value.policy.value.document": {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "kms:*", Resource: "*" },
            { Sid: "No", Effect: "Deny", Principal: { AWS: names }, Action: "kms:CreateGrant", Resource: "*" },
          ],
        },
      });

    const [alone] = fixesOf(denying([role]));
    const [among] = fixesOf(denying([role, "arn:aws:iam::444455556666:role/Other"]));

    const directly = {
      Effect: "Deny",
      Principal: { AWS: role },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { StringNotEquals: { "kms:ViaService": "backup.us-west-2.amazonaws.com" } },
    };
    expect(alone).to.deep.include({ change: "edit-statement", verified: true, widens: [] });
    expect(alone?.statement).to.deep.equal({ Sid: "No", ...directly, Principal: { AWS: [role] } });
    expect(among).to.deep.include({ change: "edit-statement", verified: true, widens: [] });
    expect(among?.statement)
      .to.have.property("Statement")
      .that.deep.equals(
        [
          { ...directly, Sid: "No", Principal: { AWS: "arn:aws:iam::444455556666:role/Other" }, Condition: undefined },
          { Sid: "NoRest", ...directly },
        ].map((one) => JSON.parse(JSON.stringify(one)) as object),
      );
  });

  it("are not called proven where the text to be changed was not read", () => {
    const denial = {
      name: "AccessDeniedException",
      message:
        "User: arn:aws:sts::444455556666:assumed-role/Deployer/x is not authorized to perform: backup:CreateBackupVault with an explicit deny in a service control policy",
    };
    const unread = { status: "unreadable", reason: "AccessDeniedException: no" };

    const [fix] = fixesOf(buildSnapshot([], { denial, "policies.serviceControl": unread }));

    expect(fix).to.deep.include({ change: "other", owner: "organization", verified: false });
  });
});
