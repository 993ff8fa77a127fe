import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { evaluatePolicies } from "../../lib/policy/evaluatePolicies.js";

const data = `${import.meta.dirname}/documents/data`;
const manifest = JSON.parse(readFileSync(`${data}/manifest.json`, "utf8")) as { file: string; licence: string }[];
const documents = ["kms", "managed", "rcp", "scp", "vpce"].flatMap((folder) =>
  readdirSync(`${data}/${folder}`).map((name) => `${folder}/${name}`),
);

const vault = "arn:aws:backup:eu-west-1:111122223333:backup-vault:prod";
const key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const sevenActions = [
  { action: "backup:CreateBackupVault", resource: vault },
  { action: "backup-storage:MountCapsule", resource: "*" },
  { action: "kms:CreateGrant", resource: key },
  { action: "kms:GenerateDataKey", resource: key },
  { action: "kms:Decrypt", resource: key },
  { action: "kms:RetireGrant", resource: key },
  { action: "kms:DescribeKey", resource: key },
];
const principal = "arn:aws:sts::111122223333:assumed-role/Deployer/ci";

describe("published policy documents", () => {
  it("are 66, each with its source and licence in the manifest", () => {
    expect(documents).to.have.lengthOf(66);
    for (const document of documents) {
      const entry = manifest.find(({ file }) => file === document);
      expect(entry?.licence, document).to.be.a("string").and.not.equal("");
    }
  });

  for (const document of documents) {
    it(`${document} is read without damage and answers for the seven actions`, () => {
      const text = readFileSync(`${data}/${document}`, "utf8");
      for (const request of sevenActions) {
        for (const unlistedKeys of ["unknown", "absent"] as const) {
          const answer = evaluatePolicies([text], { ...request, principal, unlistedKeys });

          expect(answer.dependsOn, request.action).not.to.include("policies[0]");
          if (unlistedKeys === "absent") {
            expect(answer.verdict, `${request.action} with everything known`).not.to.equal("unknown");
          }
        }
      }
    });
  }

  it("above 1,000,000 characters are not read, and not allowed to hold anything up", () => {
    const text = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    });

    const fits = evaluatePolicies([text.padEnd(1_000_000)], { action: "s3:GetObject", resource: "*" });
    const tooLong = evaluatePolicies([text.padEnd(1_000_001)], { action: "s3:GetObject", resource: "*" });

    expect(fits.verdict).to.equal("allowed");
    expect(tooLong).to.include({ verdict: "unknown" });
    expect(tooLong.dependsOn).to.deep.equal(["policies[0]"]);
  });
});
