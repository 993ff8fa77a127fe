import { expect } from "chai";
import type { PolicyDocument } from "../../lib/policy/PolicyDocument.js";
import { newPolicyMemory } from "../../lib/policy/policyMemory.js";

const document = (): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["kms:*", "backup:*"], Resource: "*" }],
});

describe("A policy document that was read before", () => {
  for (const [how, change] of [
    [
      "an action is another",
      (policy) => Object.assign(policy, { Statement: [{ ...statement, Action: ["s3:*", "x"] }] }),
    ],
    ["a list is a text", (policy) => Object.assign(policy, { Statement: [{ ...statement, Action: "kms:*" }] })],
    ["a text is a list", (policy) => Object.assign(policy, { Statement: [{ ...statement, Resource: ["*"] }] })],
    ["a list is longer", (policy) => Object.assign(policy, { Statement: [statement, statement] })],
    ["a list is an object", (policy) => Object.assign(policy, { Statement: statement })],
    ["a field is gone", (policy) => void delete policy.Version],
    ["a field has another name", (policy) => Object.assign(policy, { Id: "1" }) && void delete policy.Version],
    [
      "fields stand in another order",
      (policy) => {
        const { Version, ...rest } = policy;
        delete policy.Version;
        Object.assign(policy, rest, { Version });
      },
    ],
    ["a field is added", (policy) => Object.assign(policy, { Id: "1" })],
  ] as [string, (policy: PolicyDocument) => void][]) {
    it(`is read anew where ${how} since`, () => {
      const memory = newPolicyMemory({ mayChange: true });
      const policy = document();
      const before = memory(policy, false);

      change(policy);

      expect(memory(policy, false)).not.to.equal(before);
    });
  }

  it("an object that became a list is read anew", () => {
    const memory = newPolicyMemory({ mayChange: true });
    const policy = { Statement: statement } as PolicyDocument;
    const before = memory(policy, false);

    policy.Statement = [statement];

    expect(memory(policy, false)).not.to.equal(before);
  });

  it("is read anew where a field that every object seems to have is gone since, and another one came", () => {
    const memory = newPolicyMemory({ mayChange: true });
    const policy: Record<string, unknown> = JSON.parse(JSON.stringify(document()).replace("{", '{"__proto__":{},'));
    const before = memory(policy as unknown as PolicyDocument, false);

    Reflect.deleteProperty(policy, "__proto__");
    Object.assign(policy, { Comment: "1" });

    expect(memory(policy as unknown as PolicyDocument, false)).not.to.equal(before);
  });

  it("is not read again where it is the same", () => {
    const memory = newPolicyMemory({ mayChange: true });
    const policy = document();

    expect(memory(policy, false)).to.equal(memory(policy, false));
    expect(memory(JSON.stringify(policy), false)).to.equal(memory(JSON.stringify(policy), false));
  });

  it("as null is one that nobody could read", () => {
    expect(newPolicyMemory({ mayChange: true })(null, false).damage).not.to.eql([]);
  });

  it("as a text is forgotten after four million characters of others, and read anew", () => {
    const memory = newPolicyMemory({ mayChange: true });
    const text = JSON.stringify(document());
    const before = memory(text, false);

    for (let other = 0; other < 4; other += 1) memory(`${other}`.padEnd(1_000_000), false);

    expect(memory(text, false)).not.to.equal(before);
    expect(memory(text, false)).to.eql(before);
  });
});

const statement = { Effect: "Allow" as const, Action: ["kms:*", "backup:*"], Resource: "*" };
