import { expect } from "chai";
import fc from "fast-check";
import { conditionOperators } from "../../lib/policy/ConditionOperator.js";
import type { ContextKeyState } from "../../lib/policy/ContextKeyState.js";
import type { ContextValue } from "../../lib/policy/ContextValue.js";
import { evaluatePolicies } from "../../lib/policy/evaluatePolicies.js";
import { matchStatements } from "../../lib/policy/matchStatements.js";
import type { PolicyDocument, PolicyStatement } from "../../lib/policy/PolicyDocument.js";
import { parsePolicy } from "../../lib/policy/parsePolicy.js";
import { runs } from "../random/runs.js";

const action = "s3:GetObject";
const resource = "arn:aws:s3:::b/a";

/** Operands and values by the family of their operator; each family also meets what is not of its type. */
const families: Record<string, string[]> = {
  String: ["a", "A", "ab", "", "*", "a*", "?", "?*", "b"],
  Numeric: ["0", "1", "1.0", "-5", "7", "x"],
  Date: ["2030-01-01", "2029-06-30T12:00:00Z", "1893456000", "0", "x"],
  Bool: ["true", "false", "TRUE", "x"],
  Binary: ["YQ==", "Yg==", "x"],
  Ip: ["192.0.2.0/24", "192.0.2.1", "0.0.0.0/0", "::/0", "2001:db8::/32", "2001:db8::1", "x"],
  Arn: ["arn:aws:iam::1:role/a", "arn:aws:iam::*:role/*", "arn:*:*:*:*:*", "arn:aws:s3:::b", "x"],
};
/** Fillings that no operand above is, so that there is always a value that differs. */
const others = [
  "~",
  "c:d",
  "12345",
  "-99",
  "1959-01-01",
  "2099-01-01",
  "YWI=",
  "203.0.113.9",
  "fe80::1",
  "arn:aws:sqs:::q",
];
const fillings = [...new Set([...Object.values(families).flat(), ...others])];

function familyOf(operator: string): string[] {
  if (operator === "Null") return ["true", "false"];
  const family = Object.keys(families).find((name) => operator.replace("Not", "").startsWith(name));
  return families[family ?? ""] ?? [];
}

const test = fc
  .tuple(
    fc.constantFrom("", "", "ForAllValues:", "ForAnyValue:"),
    fc.constantFrom(...conditionOperators),
    fc.constantFrom("", "IfExists"),
  )
  .filter(([set, operator, ifExists]) => operator !== "Null" || (set === "" && ifExists === ""))
  .chain(([set, operator, ifExists]) =>
    fc.tuple(
      fc.constant(`${set}${operator}${ifExists}`),
      fc.array(fc.constantFrom(...familyOf(operator)), { maxLength: 3 }),
    ),
  );

const key = fc.constantFrom("aws:a", "aws:b", "aws:TagKeys");
const statement: fc.Arbitrary<PolicyStatement> = fc
  .tuple(
    fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    fc.constantFrom("*", "s3:Get*", "S3:GETOBJECT", "kms:*"),
    fc.constantFrom(
      "*",
      "arn:aws:s3:::b/*",
      "arn:aws:s3:::${aws:a}/a",
      "arn:aws:s3:::${aws:b, 'b'}/*",
      "arn:aws:sqs:*",
    ),
    fc.array(fc.tuple(test, key), { maxLength: 2 }),
  )
  .map(([Effect, Action, Resource, tests]) => ({
    Effect,
    Action,
    Resource,
    Condition: Object.fromEntries(tests.map(([[operator, operands], name]) => [operator, { [name]: operands }])),
  }));
const statements = fc.array(statement, { minLength: 1, maxLength: 4 });
const document = (list: PolicyStatement[]): PolicyDocument => ({ Version: "2012-10-17", Statement: list });

/** What a key that is not among AWS's lists can turn out to be. */
const single = fc.oneof(
  fc.constantFrom<ContextValue>(null, { present: true }),
  fc.constantFrom<ContextValue>(...fillings),
);
const value = fc.oneof(single, fc.array(fc.constantFrom(...fillings), { maxLength: 2 }));
const context: fc.Arbitrary<Record<string, ContextValue>> = fc.dictionary(key, value, { maxKeys: 3 });

/** A statement's truth on its own, "false" where it is left out. */
function truth(alone: PolicyStatement, state: ContextKeyState): string {
  const found = matchStatements(parsePolicy(document([alone])), {
    action,
    resource,
    principal: null,
    principalHasBoundary: "unknown",
    lookup: (name) => ({ name, state }),
  });
  return found[0]?.truth ?? "false";
}

describe("whatever the policies", () => {
  it("the order of statements and of policies never matters", () => {
    fc.assert(
      fc.property(statements, statements, context, (one, other, known) => {
        const ask = (...lists: PolicyStatement[][]) =>
          evaluatePolicies(lists.map(document), { action, resource, context: known });
        const forward = ask(one, other);
        const backward = ask([...other].reverse(), [...one].reverse());

        expect(backward.verdict).to.equal(forward.verdict);
        expect([...backward.dependsOn].sort()).to.deep.equal([...forward.dependsOn].sort());
        expect(backward.statements).to.have.lengthOf(forward.statements.length);
      }),
      { numRuns: runs(4000) },
    );
  });

  it("another Deny never allows, and one Allow less neither", () => {
    fc.assert(
      fc.property(statements, statement, context, (list, more, known) => {
        const verdict = (...all: PolicyStatement[]) =>
          evaluatePolicies([document(all)], { action, resource, context: known }).verdict;
        const [first, ...rest] = list;

        if (verdict(...list) !== "allowed")
          expect(verdict(...list, { ...more, Effect: "Deny" })).not.to.equal("allowed");
        if (verdict(...list) !== "allowed" && first?.Effect === "Allow")
          expect(verdict(...rest)).not.to.equal("allowed");
      }),
      { numRuns: runs(4000) },
    );
  });

  it("a verdict that is decided stands under every filling of the unknown keys", () => {
    fc.assert(
      fc.property(statements, context, single, single, (list, known, a, b) => {
        const ask = (filled: Record<string, ContextValue>) =>
          evaluatePolicies([document(list)], { action, resource, context: filled }).verdict;
        const open = Object.fromEntries(Object.entries(known).filter(([name]) => name !== "aws:a" && name !== "aws:b"));
        const decided = ask(open);

        if (decided === "unknown") return;
        const filled = ask({ ...open, "aws:a": a, "aws:b": b });
        // A possible Deny may add to silence.
        if (decided === "implicitDeny") expect(filled).to.be.oneOf(["implicitDeny", "explicitDeny"]);
        else expect(filled).to.equal(decided);
      }),
      { numRuns: runs(6000) },
    );
  });

  for (const [kind, multiValued] of [
    ["present", false],
    ["present", true],
    ["unknown", false],
    ["unknown", true],
  ] as const) {
    const name = `${multiValued ? "multi" : "single"}-valued key that is ${kind === "present" ? "there" : "unknown"}`;
    it(`a test of a ${name} is decided where all its values answer alike, and only there`, () => {
      fc.assert(
        fc.property(test, fc.constantFrom("Allow" as const, "Deny" as const), ([operator, operands], Effect) => {
          const tested = { Effect, Action: "*", Resource: "*", Condition: { [operator]: { k: operands } } };
          const states: ContextKeyState[] = multiValued
            ? fillings.flatMap((one) => [[one], [one, "~"]].map((list) => ({ kind: "value", value: list }) as const))
            : fillings.map((one) => ({ kind: "value", value: one }));
          if (kind === "unknown") states.push({ kind: "absent" });
          const possible = new Set(states.map((state) => truth(tested, state)));

          expect(truth(tested, { kind, multiValued })).to.equal(possible.size === 1 ? [...possible][0] : "unknown");
        }),
        { numRuns: runs(1200) },
      );
    });
  }

  it("a date test between two moments is decided where all of them answer alike, and only there", () => {
    const from = Date.parse("2029-12-31T23:59:59.990Z");
    const operator = fc.constantFrom(...conditionOperators.filter((name) => name.startsWith("Date")));
    const operand = fc.integer({ min: -12, max: 12 }).map((offset) => new Date(from + offset).toISOString());
    fc.assert(
      fc.property(operator, fc.array(operand, { maxLength: 3 }), fc.nat(8), (name, operands, length) => {
        const single = { Effect: "Allow", Action: "*", Resource: "*", Condition: { [name]: { k: operands } } } as const;
        const moments = Array.from({ length: length + 1 }, (_, offset) => new Date(from + offset).toISOString());
        const possible = new Set(moments.map((moment) => truth(single, { kind: "value", value: moment })));

        const found = truth(single, { kind: "present", multiValued: false, dates: { from, to: from + length } });

        expect(found).to.equal(possible.size === 1 ? [...possible][0] : "unknown");
      }),
      { numRuns: runs(4000) },
    );
  });
});

describe("a long policy", () => {
  it("asks for each key as often as it is tested, so that twice the length is twice the work", () => {
    const lookups = (count: number) => {
      let asked = 0;
      const list = Array.from({ length: count }, (_, index) => ({
        Effect: "Allow" as const,
        Action: ["s3:Get*", "kms:*"],
        Resource: `arn:aws:s3:::\${aws:a}/${index}*`,
        Condition: { StringLike: { "aws:b": `${index}*` } },
      }));
      matchStatements(parsePolicy(JSON.stringify(document(list))), {
        action,
        resource: "arn:aws:s3:::b/*",
        principal: null,
        principalHasBoundary: "unknown",
        lookup: (name) => {
          asked += 1;
          return { name, state: { kind: "unknown", multiValued: false } };
        },
      });
      return asked;
    };

    expect(lookups(3000)).to.equal(2 * lookups(1500));
  });

  for (const [what, statementOf] of [
    ["variables", () => ({ Resource: `arn:aws:s3:::b/${"${a}".repeat(190_000)}` })],
    ["variables in conditions", () => ({ Condition: { ArnLike: { k: `arn:aws:s3:::${"${a}".repeat(190_000)}` } } })],
    ["variables never closed", () => ({ Resource: "${".repeat(450_000) })],
    ["variables with quotes never closed", () => ({ Resource: "${a,'".repeat(190_000) })],
    ["blanks within a variable", () => ({ Resource: `\${${" ".repeat(900_000)}x,}` })],
    ["principals", () => ({ Principal: { AWS: Array.from({ length: 240_000 }, () => "") } })],
    ["stars", () => ({ Resource: `arn:aws:s3:::${"*".repeat(900_000)}x` })],
    ["digits", () => ({ Condition: { NumericLessThan: { k: "9".repeat(900_000) } } })],
    ["zeros in a date", () => ({ Condition: { DateLessThan: { k: `${"0".repeat(900_000)}x` } } })],
    ["zeros in an address", () => ({ Condition: { IpAddress: { k: `1.1.1.${"0".repeat(900_000)}1` } } })],
    ["colons", () => ({ Condition: { ArnLike: { k: ":".repeat(900_000) }, IpAddress: { k: ":".repeat(90_000) } } })],
    ["operators that are none", () => ({ Condition: { [`ForAnyValue:${"If".repeat(400_000)}`]: { k: "1" } } })],
  ] as [string, () => Partial<PolicyStatement>][]) {
    it(`of many ${what} is answered`, () => {
      const long = { Effect: "Allow" as const, Action: "*", Resource: "*", ...statementOf() };

      const contexts: Record<string, ContextValue>[] = [
        {},
        { k: "arn:aws:s3:::b/a", a: "x" },
        { k: "1", a: { present: true } },
      ];
      for (const known of contexts) {
        expect(evaluatePolicies([document([long])], { action, resource, context: known }).verdict).to.be.oneOf([
          "allowed",
          "implicitDeny",
          "unknown",
        ]);
      }
    });
  }
});
