import { expect } from "chai";
import { statementTests } from "../../lib/diagnosis/statementTests.js";
import { parsePolicy } from "../../lib/policy/parsePolicy.js";

describe("What would decide a statement that hangs on the apply and on the call", () => {
  it("is told of both: nobody knows the one yet, and the other can be answered", () => {
    const [statement] = parsePolicy({
      Version: "2012-10-17",
      Statement: {
        Effect: "Deny",
        Action: "kms:*",
        Resource: "*",
        Condition: {
          StringNotEquals: { "aws:SourceVpce": "vpce-1" },
          StringEquals: { "plan:aws_kms_key.a.tags": "known" },
        },
      },
    }).statements;

    const told = statement && statementTests(statement, ["plan:aws_kms_key.a.tags", "aws:SourceVpce"]);

    expect(told).to.deep.equal([
      "It hangs on what only the apply tells: aws_kms_key.a.tags.",
      "Blocked unless aws:SourceVpce is vpce-1.",
      "Say --context aws:SourceVpce=VALUE (or null where the call does not carry it) to decide it.",
    ]);
  });
});
