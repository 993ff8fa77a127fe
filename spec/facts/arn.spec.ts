import { expect } from "chai";
import {
  anyKeyArn,
  arnPieces,
  isAnyKeyArn,
  lastSegment,
  parseArn,
  parsePrincipalArn,
  partitionOf,
  policyPath,
} from "../../lib/facts/arn.js";

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
describe("ARNs", () => {
  it("have six parts, the last of which may hold colons", () => {
    expect(parseArn("arn:aws:backup:eu-west-1:111122223333:backup-vault:prod")).to.eql({
      partition: "aws",
      service: "backup",
      region: "eu-west-1",
      accountId: "111122223333",
      resource: "backup-vault:prod",
    });
    expect(parseArn("arn:aws:backup:eu-west-1")).to.equal(null);
    expect(parseArn("backup-vault:prod")).to.equal(null);
    expect(arnPieces("arn:aws")).to.eql(["arn", "aws"]);
  });

  it("of principals name them without their path", () => {
    expect(parsePrincipalArn("arn:aws:iam::111122223333:role/team/Deployer")).to.include({
      kind: "role",
      name: "Deployer",
      path: "/team/",
    });
    expect(parsePrincipalArn("arn:aws:iam::111122223333:role/team/")).to.equal(null);
    expect(parsePrincipalArn("arn:aws:iam::111122223333:policy/Deployer")).to.equal(null);
    expect(lastSegment("arn:aws:iam::111122223333:policy/team/Guard")).to.equal("Guard");
    expect(lastSegment("arn:aws:iam::111122223333:policy/")).to.equal("arn:aws:iam::111122223333:policy/");
  });

  it("of managed policies have their path before the name", () => {
    expect(policyPath("arn:aws:iam::111122223333:policy/team/Guard")).to.equal("/team/");
    expect(policyPath("arn:aws:iam::111122223333:policy/Guard")).to.equal("/");
    expect(policyPath("Guard")).to.equal("/");
  });

  it("of a key that is not made yet are those of any key of its account and Region", () => {
    const arn = anyKeyArn({ partition: "aws", region: "eu-west-1", accountId: "111122223333" });

    expect(arn).to.equal("arn:aws:kms:eu-west-1:111122223333:key/*");
    expect(isAnyKeyArn(arn)).to.equal(true);
    expect(isAnyKeyArn(null)).to.equal(false);
  });

  for (const [region, partition] of [
    ["eu-west-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    [undefined, "aws"],
  ] as const) {
    it(`of ${region ?? "no Region"} are in the partition ${partition}`, () => {
      expect(partitionOf(region)).to.equal(partition);
    });
  }
});
