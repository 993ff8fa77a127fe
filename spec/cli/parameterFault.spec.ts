import { expect } from "chai";
import { parameterFault } from "../../lib/plan/template/parameterFault.js";
import { cli } from "./cli.js";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
describe("A template's parameter", () => {
  for (const [declared, allowed, refused, constraint] of [
    [{ AllowedValues: ["prod", "dev"] }, ["prod"], ["qa", "", "Prod"], "AllowedValues"],
    [{ Type: "Number", AllowedValues: [1, 2] }, ["1", "2.0"], ["3"], "AllowedValues"],
    [{ Type: "CommaDelimitedList", AllowedValues: ["a", "b"] }, ["a, b", "b"], ["a,c"], "AllowedValues"],
    [{ MinLength: 2, MaxLength: "4" }, ["ab", "abcd"], ["a"], "MinLength"],
    [{ MinLength: 2, MaxLength: "4" }, [], ["abcde"], "MaxLength"],
    [{ Type: "Number", MinValue: 7, MaxValue: 30 }, ["7", "30"], ["6.9"], "MinValue"],
    [{ Type: "Number", MaxValue: "30" }, ["-1"], ["31"], "MaxValue"],
    [{ Type: "Number" }, ["1e2", "-7"], ["seven", ""], "Type"],
    // "the pattern must match the entire parameter value provided"
    [{ AllowedPattern: "a|[b-d]+" }, ["a", "bd"], ["ab", "bde"], "AllowedPattern"],
    [{ AllowedPattern: "^[a-z][a-z0-9-]*$" }, ["vault-1"], ["1-vault", "Vault"], "AllowedPattern"],
  ] as const) {
    it(`allows what ${JSON.stringify(declared)} says, and nothing else`, () => {
      for (const value of allowed) expect(parameterFault(declared, value), value).to.equal(null);
      for (const value of refused) expect(parameterFault(declared, value)?.constraint, value).to.equal(constraint);
    });
  }

  it("is not refused where only CloudFormation can tell: what it looks up, and Java's own expressions", () => {
    expect(parameterFault({ Type: "AWS::SSM::Parameter::Value<String>", AllowedValues: ["a"] }, "/path")).to.equal(
      null,
    );
    for (const pattern of ["\\p{Alpha}+", "[a-z&&[^b]]+", "(?i)abc", "a*+b", "[", "(?<x>q)"]) {
      expect(parameterFault({ AllowedPattern: pattern }, "1"), pattern).to.equal(null);
    }
  });

  it("with a pattern that goes back and forth comes to an end", () => {
    expect(parameterFault({ AllowedPattern: "^(a+)+$" }, `${"a".repeat(40)}!`)).to.equal(null);
  });

  const check = (parameters: object, args: string[] = []) =>
    cli(["check", "--plan", "-", "--principal", "arn:aws:iam::444455556666:role/A", "--region", "us-west-2", ...args], {
      stdin: JSON.stringify({ Parameters: parameters, Resources: { Topic: { Type: "AWS::SNS::Topic" } } }),
    });
  const env = { Env: { Type: "String", AllowedValues: ["prod", "dev"], Default: "dev" } };

  it("that has a value which it does not allow is told with its place, and gives 3", async () => {
    const given = await check(env, ["--parameters", "Env=qa"]);
    const byDefault = await check({ Env: { ...env.Env, Default: "qa" } });

    expect(given.stderr).to.equal(
      'error: --parameters Env: expected one of prod, dev, found "qa" (-: Parameters.Env.AllowedValues)\n',
    );
    expect(byDefault.stderr).to.equal(
      'error: --plan -: Parameters.Env.AllowedValues: expected one of prod, dev, found "qa"\n',
    );
    expect([given.code, byDefault.code, (await check(env)).code]).to.deep.equal([3, 3, 0]);
  });

  it("that is secret is told without its value", async () => {
    const { stderr, code } = await check({ Key: { Type: "String", NoEcho: true, MinLength: 8 } }, [
      "--parameters",
      "Key=s3cr3t",
    ]);

    expect(stderr).to.equal("error: --parameters Key: expected at least 8 characters (-: Parameters.Key.MinLength)\n");
    expect(code).to.equal(3);
  });
});
