import { expect } from "chai";
import fc from "fast-check";
import type { ContextValue } from "../../lib/policy/ContextValue.js";
import { evaluatePolicies } from "../../lib/policy/evaluatePolicies.js";
import type { PolicyDocument, PolicyStatement } from "../../lib/policy/PolicyDocument.js";
import { runs } from "../random/runs.js";
import { type KnownContext, naiveVerdict } from "./tables/naiveVerdict.js";

const texts = ["a", "b", "A", "ab", "", "red"];
const numbers = ["0", "1", "2", "10", "-1"];
const booleans = ["true", "false", "True", "no"];

/** Keys by the kind of their values; aws:TagKeys is the one that is multi-valued. */
const keysOf = {
  text: ["aws:RequestTag/team", "aws:PrincipalTag/team", "aws:username"],
  number: ["aws:MultiFactorAuthAge"],
  boolean: ["aws:ViaAWSService"],
  set: ["aws:TagKeys"],
} as const;

const context: fc.Arbitrary<KnownContext> = fc
  .record(
    {
      "aws:RequestTag/team": fc.constantFrom(...texts),
      "aws:PrincipalTag/team": fc.constantFrom(...texts),
      "aws:username": fc.constantFrom("a", "b", "ab"),
      "aws:MultiFactorAuthAge": fc.constantFrom(...numbers),
      "aws:ViaAWSService": fc.constantFrom(...booleans),
      "aws:TagKeys": fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: [] },
  )
  .map((record) => record as KnownContext);

const pattern = fc.constantFrom(
  ...texts,
  "*",
  "a*",
  "?",
  "*b",
  "r?d",
  "${aws:username}",
  "x${aws:username}",
  "${aws:PrincipalTag/team}*",
  "${aws:PrincipalTag/team, 'a'}",
);
const someOf = (operand: fc.Arbitrary<string>) => fc.array(operand, { minLength: 1, maxLength: 2 });
const ending = fc.constantFrom("", "", "IfExists");
const setPrefix = fc.constantFrom("", "ForAllValues:", "ForAnyValue:");

const test = fc.oneof(
  fc.tuple(
    fc
      .tuple(
        setPrefix,
        fc.constantFrom(
          "StringEquals",
          "StringNotEquals",
          "StringLike",
          "StringNotLike",
          "StringEqualsIgnoreCase",
          "StringNotEqualsIgnoreCase",
        ),
        ending,
      )
      .map((parts) => parts.join("")),
    fc.constantFrom(...keysOf.text, ...keysOf.set),
    someOf(pattern),
  ),
  fc.tuple(
    fc
      .tuple(
        setPrefix,
        fc.constantFrom("NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericGreaterThanEquals"),
        ending,
      )
      .map((parts) => parts.join("")),
    fc.constantFrom(...keysOf.number),
    someOf(fc.constantFrom(...numbers)),
  ),
  fc.tuple(
    ending.map((end) => `Bool${end}`),
    fc.constantFrom(...keysOf.boolean),
    someOf(fc.constantFrom(...booleans)),
  ),
  fc.tuple(
    fc.constant("Null"),
    fc.constantFrom(...keysOf.text, ...keysOf.number, ...keysOf.boolean, ...keysOf.set),
    someOf(fc.constantFrom("true", "false")),
  ),
);

const condition = fc.array(test, { maxLength: 3 }).map((tests) => {
  const block: NonNullable<PolicyStatement["Condition"]> = {};
  for (const [operator, key, operands] of tests) block[operator] = { ...block[operator], [key]: operands };
  return block;
});

const actions = someOf(fc.constantFrom("s3:GetObject", "S3:get*", "s3:?etObject", "*", "s3:Put*", "backup:*"));
const resources = someOf(
  fc.constantFrom(
    "*",
    "arn:aws:s3:::b/a/x",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/${aws:username}/*",
    "arn:aws:s3:::c/*",
    "arn:aws:s3:::b/${aws:PrincipalTag/team, 'a'}/?",
  ),
);
const statement: fc.Arbitrary<PolicyStatement> = fc
  .tuple(
    fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    fc.oneof(
      { weight: 4, arbitrary: actions.map((Action) => ({ Action })) },
      { weight: 1, arbitrary: actions.map((NotAction) => ({ NotAction })) },
    ),
    fc.oneof(
      { weight: 4, arbitrary: resources.map((Resource) => ({ Resource })) },
      { weight: 1, arbitrary: resources.map((NotResource) => ({ NotResource })) },
    ),
    condition,
  )
  .map(([Effect, action, resource, Condition]) => ({ Effect, ...action, ...resource, Condition }));
const policies: fc.Arbitrary<PolicyDocument[]> = fc.array(
  fc.record(
    {
      Version: fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17"),
      Statement: fc.array(statement, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ["Statement"] },
  ),
  { minLength: 1, maxLength: 2 },
);

const action = "s3:GetObject";
const resource = "arn:aws:s3:::b/a/x";

describe("random policies", () => {
  it("answers as a naive reading of AWS's documentation does where every key is known", () => {
    fc.assert(
      fc.property(policies, context, (documents, known) => {
        const answer = evaluatePolicies(documents, { action, resource, context: known, unlistedKeys: "absent" });

        expect(answer.verdict).to.equal(naiveVerdict(documents, { action, resource, context: known }));
        expect(answer.dependsOn).to.deep.equal([]);
      }),
      { numRuns: runs(6000) },
    );
  });

  it("decides with keys that are not known only what holds whatever they turn out to be", () => {
    const hidden = fc.dictionary(
      fc.constantFrom(...Object.values(keysOf).flat()),
      fc.constantFrom("unknown", "present" as const),
      { maxKeys: 4 },
    );
    fc.assert(
      fc.property(policies, context, hidden, (documents, known, hide) => {
        const partly: Record<string, ContextValue> = {};
        for (const key of Object.values(keysOf).flat()) {
          const value = known[key];
          if (hide[key] === undefined) partly[key] = value ?? null;
          else if (hide[key] === "present" && value !== undefined) partly[key] = { present: true };
        }

        const answer = evaluatePolicies(documents, { action, resource, context: partly, unlistedKeys: "unknown" });

        if (answer.verdict === "unknown") {
          expect(answer.dependsOn).to.have.length.above(0);
          for (const key of answer.dependsOn) {
            expect(Object.keys(hide).map((name) => name.toLowerCase())).to.include(key.toLowerCase());
          }
        } else {
          const naive = naiveVerdict(documents, { action, resource, context: known });
          // Where nothing can allow, silence is the answer even if a Deny may add to it.
          const silent = answer.verdict === "implicitDeny" && naive === "explicitDeny";
          expect(silent ? "implicitDeny" : naive).to.equal(answer.verdict);
        }
      }),
      { numRuns: runs(6000) },
    );
  });

  it("answers unknown to one test of one key only where two fillings of the key answer differently", () => {
    fc.assert(
      fc.property(test, fc.constantFrom("Allow" as const, "Deny" as const), fc.boolean(), (single, Effect, present) => {
        const [operator, key, written] = single;
        // Variables read further keys; here one key alone is in question.
        const operands = written.map((operand) => operand.replaceAll("$", ""));
        const documents: PolicyDocument[] = [
          {
            Version: "2012-10-17",
            Statement: [
              { Effect: "Allow", Action: Effect === "Deny" ? "*" : "ec2:*", Resource: "*" },
              { Effect, Action: "*", Resource: "*", Condition: { [operator]: { [key]: operands } } },
            ],
          },
        ];
        const fillings: KnownContext[] = [...candidates(key, operands), ...(present ? [] : [{}])];

        const answer = evaluatePolicies(documents, {
          action,
          resource,
          context: present ? { [key]: { present: true } } : {},
          unlistedKeys: "unknown",
        });

        const possible = new Set(
          fillings.map((known) => naiveVerdict(documents, { action, resource, context: known })),
        );
        if (answer.verdict === "unknown") expect(possible.size).to.be.greaterThan(1);
        else expect([...possible]).to.deep.equal([answer.verdict]);
      }),
      { numRuns: runs(6000) },
    );
  });
});

/** Values that tell the tests of a key apart: the operands themselves, their neighbours, and something else entirely. */
function candidates(key: string, operands: string[]): KnownContext[] {
  const written = operands.flatMap((operand) => [operand, operand.replaceAll(/[*?]/g, "z")]);
  const values = [...texts, ...numbers, ...booleans, ...written, "~"];
  const kinds: Record<string, string[]> = { [keysOf.number[0]]: numbers.concat("5", "-7", "99") };
  const fitting = kinds[key] ?? values;
  return key === keysOf.set[0]
    ? [...fitting.map((value) => ({ [key]: [value] })), ...fitting.map((value) => ({ [key]: [value, "~"] }))]
    : fitting.map((value) => ({ [key]: value }));
}
