import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { reportFix } from "../../lib/report/reportFix.js";
import { buildSnapshot, type Json, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";
import { withFix } from "./withFix.js";

// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html#access_tags_control-requests

const guarded = (...conditions: Json[]): SnapshotPatch => ({
  "policies.identity": ["Allow *"],
  "policies.serviceControl": [
    {
      id: "r-ab12",
      type: "ROOT",
      policies: [
        {
          name: "Tags",
          id: "p-tags",
          statements: [
            "Allow *",
            ...conditions.map((Condition) => ({ Effect: "Deny", Action: "backup:CreateBackupVault", Condition })),
          ],
        },
      ],
    },
  ],
});
const absent: Json = { Null: { "aws:RequestTag/owner": "true" } };
const other: Json = { StringNotEquals: { "aws:RequestTag/env": ["prod", "dev"] } };

describe("A rule that asks for a tag", () => {
  for (const [what, patch, tags] of [
    ["any value", guarded(absent), { owner: "VALUE" }],
    ["one of some values", guarded(other), { env: "prod" }],
    ["a value that is like another", guarded({ StringNotLike: { "aws:RequestTag/env": "?*" } }), { env: "VALUE" }],
    [
      "another value than the request gives, however its name is spelt",
      {
        ...guarded({ StringNotEqualsIfExists: { "aws:requesttag/env": "prod" } }),
        "request.backupVaultTags": { Env: "x" },
      },
      { env: "prod" },
    ],
    ["two tags by two statements", guarded(absent, other), { owner: "VALUE", env: "prod" }],
    [
      "a tag of an Allow",
      {
        "policies.identity": [
          {
            Effect: "Allow",
            Action: "backup:CreateBackupVault",
            Condition: { StringEquals: { "aws:RequestTag/env": "prod" } },
          },
          "Allow backup:TagResource backup-storage:* kms:*",
        ],
      },
      { env: "prod" },
    ],
  ] satisfies [string, SnapshotPatch, Record<string, string>][]) {
    it(`is kept by giving the vault the tag, before anything is exempted from it: ${what}`, () => {
      const snapshot = buildSnapshot([], patch);
      const diagnosis = diagnose(snapshot);
      const [fix, exemption] = diagnosis.fixes;
      if (fix === undefined) throw new Error("no fix");

      expect(fix.title).to.match(/^Give the vault the tag "/);
      expect(fix).to.deep.include({ verified: true, owner: "account", backupVaultTags: tags, widens: [] });
      expect(diagnose(withFix(snapshot, diagnosis, fix)).outcome).to.equal("allowed");
      expect(reportFix(diagnosis, 1, "cli")).to.match(
        new RegExp(`^aws backup create-backup-vault .*--backup-vault-tags '${JSON.stringify(tags)}'$`, "m"),
      );
      expect(exemption?.verified).to.equal(true);
      expect(exemption?.document).not.to.equal(undefined);
    });
  }

  it("is kept together with the choice of another key in one call, which is said", () => {
    const { fixes } = diagnose(buildSnapshot([], { ...guarded(other), "key.keySpec": "RSA_2048" }));

    const calls = fixes.filter(({ title }) => /^(Give the vault the tag|Name no key)/.test(title));
    expect(calls.map(({ note }) => /as fix \d says, too\./.test(note ?? ""))).to.deep.equal([true, true]);
    expect(calls.map(({ note }) => note).join()).to.contain("With these 2 changes the vault can be created.");
  });

  it("is called one that is meant where it denies, and is not met by a tag that the caller may not give", () => {
    const fixes = diagnose(
      buildSnapshot([], {
        ...guarded(absent),
        "policies.identity": ["Allow backup:CreateBackupVault kms:* backup-storage:*"],
      }),
    ).fixes;

    expect(fixes.map(({ change }) => change)).to.deep.equal(["edit-statement"]);
    expect(fixes[0]?.note).to.contain("looks like a tag rule that is meant");
  });
});
