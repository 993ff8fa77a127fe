import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { obstacles } from "../../lib/fix/obstacles.js";
import { reportFix } from "../../lib/report/reportFix.js";
import { buildSnapshot, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html

const account = "444455556666";
const session: SnapshotPatch = { "policies.session": ["Allow backup:* backup-storage:*"] };
const diagnosed = (patch: SnapshotPatch) => diagnose(buildSnapshot([], { ...session, ...patch }));

describe("A session that is made anew with another policy", () => {
  it("keeps its session tags and its source identity", () => {
    const diagnosis = diagnosed({
      "caller.sessionTags": { team: "it's x" },
      context: { "aws:sourceIdentity": "bob" },
    });

    expect(diagnosis.fixes[0]).to.include({ verified: true });
    expect(diagnosis.fixes[0]?.note).to.contain("with its session tags and its source identity as before");
    expect(diagnosis.fixes[0]?.session).to.deep.equal({ tags: { team: "it's x" }, sourceIdentity: "bob" });
    expect(reportFix(diagnosis, 1, "cli")).to.contain(
      `--tags '[{"Key":"team","Value":"it'\\''s x"}]' --source-identity bob`,
    );
    expect(reportFix(diagnosis, 1, "terraform"))
      .to.contain('tags = { "team" = "it\'s x" }')
      .and.to.contain('source_identity = "bob"');
  });

  it("says what of it was not read", () => {
    const [fix] = diagnosed({}).fixes;

    expect(fix?.note).to.contain("where it had them: session tags and source identity.");
    expect(fix).not.to.have.property("session");
  });

  for (const [path, obstacle, who] of [
    ["aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_0123456789abcdef", "permission-set", "the permission set Dev"],
    ["aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup", "service-linked", "its service"],
  ] as const) {
    for (const [what, statements] of [
      ["is silent", ["Allow backup:* backup-storage:*"]],
      ["denies", ["Allow *", "Deny kms:CreateGrant"]],
    ] as const) {
      it(`is not called proven of a role that ${who} alone gives out, where its policy ${what}`, () => {
        const [fix, ...others] = diagnosed({
          "caller.arn": `arn:aws:sts::${account}:assumed-role/${path.split("/").at(-1)}/alice`,
          "caller.principalArn": `arn:aws:iam::${account}:role/${path}`,
          "policies.identity": ["Allow *"],
          "policies.session": [...statements],
        }).fixes;

        expect(others).to.deep.equal([]);
        expect(fix).to.include({ verified: false, change: "other" });
        expect(fix?.note).to.contain(obstacles[obstacle]);
        expect(fix?.title).to.contain(who);
      });
    }
  }
});
