import { expect } from "chai";
import fc from "fast-check";
import { parsePolicy } from "../../lib/policy/parsePolicy.js";
import { runs } from "../random/runs.js";

const allow = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };

function damageOf(statement: unknown, options?: { principalRequired?: boolean }): readonly string[] {
  return parsePolicy({ Version: "2012-10-17", Statement: [allow, statement] }, options).damage;
}

describe("parsePolicy", () => {
  it("reads every element of a statement", () => {
    const { version, statements, damage } = parsePolicy({
      Version: "2012-10-17",
      Id: "key",
      Statement: {
        Sid: "S",
        Effect: "Deny",
        NotPrincipal: { AWS: ["111122223333", "arn:aws:iam::111122223333:user/a"], Service: "backup.amazonaws.com" },
        NotAction: ["kms:*", "s3:Get?bject"],
        NotResource: "arn:aws:s3:::b/*",
        Condition: { "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a", 1, true] }, Null: { "aws:x": false } },
      },
    });

    expect(damage).to.deep.equal([]);
    expect(version).to.equal("2012-10-17");
    const [statement] = statements;
    expect(statements).to.have.length(1);
    expect(statement).to.include({ index: 0, sid: "S", effect: "Deny" });
    expect(statement?.action.negated).to.equal(true);
    // Letter case does not count in actions.
    expect(statement?.action.patterns.map((pattern) => pattern.text)).to.deep.equal(["kms:*", "s3:get?bject"]);
    expect(statement?.resource?.negated).to.equal(true);
    expect(statement?.resource?.patterns.map((pattern) => pattern.text)).to.deep.equal(["arn:aws:s3:::b/*"]);
    expect(statement?.principal?.negated).to.equal(true);
    expect(statement?.principal?.names.map(({ type, name }) => `${type} ${name}`)).to.deep.equal([
      "AWS 111122223333",
      "AWS arn:aws:iam::111122223333:user/a",
      "Service backup.amazonaws.com",
    ]);
    expect(statement?.conditions).to.deep.equal([
      { operator: "StringLike", set: "ForAnyValue", ifExists: true, key: "aws:TagKeys", values: ["a", "1", "true"] },
      { operator: "Null", set: null, ifExists: false, key: "aws:x", values: ["false"] },
    ]);
  });

  it("takes a document without Version as of 2008-10-17", () => {
    const { version, damage } = parsePolicy({ Statement: allow });

    expect({ version, damage }).to.deep.equal({ version: "2008-10-17", damage: [] });
  });

  for (const [what, spell] of [
    ["JSON text", (text: string) => text],
    ["text with blanks and a byte order mark", (text: string) => `\uFEFF \n${text}\n `],
    ["text as IAM returns it", (text: string) => encodeURIComponent(text)],
    ["encoded text with a byte order mark", (text: string) => encodeURIComponent(`\uFEFF${text}`)],
  ] as const) {
    it(`reads ${what}; a plus stays a plus`, () => {
      const text = spell(JSON.stringify({ Statement: { ...allow, Sid: "a+b" } }));

      const { statements, damage } = parsePolicy(text);

      expect(damage).to.deep.equal([]);
      expect(statements.map(({ sid }) => sid)).to.deep.equal(["a+b"]);
    });
  }

  for (const [what, document] of [
    ["null", null],
    ["a list", [allow]],
    ["JSON null", "null"],
    ["JSON text of a number", "12"],
    ["JSON text of a text", '"{}"'],
    ["text that is no JSON", "{"],
    ["text that is neither JSON nor URL-encoded", "%zz"],
    ["an empty text", ""],
    ["a circular object", circular()],
    ["an object with a bigint", { Statement: [], n: 1n }],
    ["an object that has no JSON", { toJSON: () => undefined }],
    ["a function", () => allow],
    ["a number where a document was promised", 5 as unknown as string],
    ["nothing where a document was promised", undefined as unknown as string],
  ] as const) {
    it(`says that ${what} is no document`, () => {
      const parsed = parsePolicy(document);

      expect(parsed.statements).to.deep.equal([]);
      expect(parsed.damage).to.have.lengthOf(1);
      expect(parsed.damage[0]).to.match(/^expected .*JSON/);
    });
  }

  it("reads up to 1,000,000 characters of text, and of the JSON of an object", () => {
    const text = (length: number) => JSON.stringify({ Statement: [] }).padEnd(length);
    const object = (length: number) => ({ Statement: [], Id: "x".repeat(length - '{"Statement":[],"Id":""}'.length) });

    expect(parsePolicy(text(1_000_000)).damage).to.deep.equal([]);
    expect(parsePolicy(object(1_000_000)).damage).to.deep.equal([]);
    expect(parsePolicy(text(1_000_001)).damage).to.deep.equal(["expected at most 1000000 characters, found 1000001"]);
    expect(parsePolicy(object(1_000_001)).damage).to.deep.equal(["expected at most 1000000 characters, found 1000001"]);
  });

  for (const [document, damage] of [
    [{ Version: "2012-10-17" }, ["Statement: expected an object or a list of objects"]],
    [{ Statement: null }, ["Statement: expected an object or a list of objects"]],
    [{ Statement: "x" }, ["Statement: expected an object or a list of objects"]],
    [{ Statement: [], Version: 2012 }, ['Version: expected "2012-10-17" or "2008-10-17"']],
    [{ Statement: [], Version: null }, ['Version: expected "2012-10-17" or "2008-10-17"']],
    [
      { statement: [] },
      ["statement: expected the spelling Statement", "Statement: expected an object or a list of objects"],
    ],
  ] as const) {
    it(`finds ${JSON.stringify(document)} damaged`, () => {
      expect(parsePolicy(document).damage).to.deep.equal(damage);
    });
  }

  for (const [statement, damage] of [
    ["x", "Statement[1]: expected an object"],
    [[], "Statement[1]: expected an object"],
    [{ ...allow, Effect: "allow" }, 'Statement[1].Effect: expected "Allow" or "Deny"'],
    [{ Effect: "Deny" }, "Statement[1].Action: expected Action or NotAction"],
    [{ ...allow, NotAction: "s3:*" }, "Statement[1].Action: expected either Action or NotAction"],
    [{ ...allow, Action: 1 }, "Statement[1].Action: expected text or a list of texts"],
    [{ ...allow, Action: ["s3:*", null] }, "Statement[1].Action: expected text or a list of texts"],
    ...["s3", "s3:", ":Get", "s*:Get", "s?:Get", "s 3:Get", "s3:a:b", "", "*x"].map((Action) => [
      { ...allow, Action },
      'Statement[1].Action: expected "*" or "service:Name", with wildcards in the name only',
    ]),
    [
      { Effect: "Deny", NotAction: ["x"] },
      'Statement[1].NotAction: expected "*" or "service:Name", with wildcards in the name only',
    ],
    [{ ...allow, Resource: 1 }, "Statement[1].Resource: expected text or a list of texts"],
    [{ ...allow, NotResource: "*" }, "Statement[1].Resource: expected either Resource or NotResource"],
    [{ ...allow, condition: {} }, "Statement[1].condition: expected the spelling Condition"],
    [{ ...allow, Condition: null }, "Statement[1].Condition: expected an object"],
    [{ ...allow, Condition: { Bool: "x" } }, "Statement[1].Condition.Bool: expected condition keys with their values"],
    ...["StringEqual", "stringEquals", "NullIfExists", "ForAllValues:Null", "ForAllValue:Bool", "Bool:", ""].map(
      (name) => [
        { ...allow, Condition: { [name]: { "aws:x": "1" } } },
        `Statement[1].Condition.${name}: expected a condition operator of AWS`,
      ],
    ),
    ...[null, {}, [null], [["a"]]].map((value) => [
      { ...allow, Condition: { Bool: { "aws:x": value } } },
      "Statement[1].Condition.Bool.aws:x: expected text, a number, a boolean or a list of them",
    ]),
    [{ ...allow, Principal: "x" }, 'Statement[1].Principal: expected "*" or an object'],
    [{ ...allow, NotPrincipal: null }, 'Statement[1].NotPrincipal: expected "*" or an object'],
    [
      { ...allow, Principal: "*", NotPrincipal: "*" },
      "Statement[1].Principal: expected either Principal or NotPrincipal",
    ],
    [{ ...allow, Principal: { AWS: 1 } }, "Statement[1].Principal.AWS: expected text or a list of texts"],
    [
      { ...allow, Principal: { aws: "*" } },
      "Statement[1].Principal.aws: expected AWS, Service, Federated or CanonicalUser",
    ],
  ] as [unknown, string][]) {
    it(`leaves ${JSON.stringify(statement)} out and keeps its neighbour`, () => {
      const parsed = parsePolicy({ Version: "2012-10-17", Statement: [statement, allow, statement] });

      expect(parsed.statements.map(({ index }) => index)).to.deep.equal([1]);
      expect(damageOf(statement)).to.deep.equal([damage]);
    });
  }

  // The IAM grammar has each element in one spelling; IAM refuses others.
  for (const element of ["Version", "Id", "Statement"]) {
    it(`finds a document damaged that spells ${element} in lower case`, () => {
      const { damage } = parsePolicy({ Statement: [], [element.toLowerCase()]: [] });

      expect(damage).to.deep.equal([`${element.toLowerCase()}: expected the spelling ${element}`]);
    });
  }

  const elements = "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split(" ");
  for (const element of elements) {
    it(`leaves a statement out that spells ${element} in lower case`, () => {
      const { damage, statements } = parsePolicy({ Statement: [{ ...allow, [element.toLowerCase()]: "x" }] });

      expect(statements).to.deep.equal([]);
      expect(damage).to.deep.equal([`Statement[0].${element.toLowerCase()}: expected the spelling ${element}`]);
    });
  }

  it("asks for a Principal only in policies that need one", () => {
    expect(damageOf({ ...allow })).to.deep.equal([]);
    expect(damageOf({ ...allow, Principal: "*" }, { principalRequired: true })).to.deep.equal([
      "Statement[0].Principal: expected Principal or NotPrincipal",
    ]);
  });

  for (const [what, statement] of [
    ["an empty list of actions", { ...allow, Action: [] }],
    ["*:*", { ...allow, Action: "*:*" }],
    ["**", { ...allow, Action: "**" }],
    ["no Resource", { Effect: "Allow", Action: "*" }],
    ["an empty Principal", { ...allow, Principal: {} }],
    ["elements that AWS does not have", { ...allow, Comment: 1 }],
    ["an empty condition", { ...allow, Condition: {} }],
    ["a condition without values", { ...allow, Condition: { Bool: { "aws:x": [] } } }],
    ["a Sid that is no text", { ...allow, Sid: 1 }],
  ] as const) {
    it(`takes ${what}`, () => {
      expect(damageOf(statement)).to.deep.equal([]);
    });
  }

  it("never throws, whatever comes", () => {
    const element = fc.constantFrom(
      ..."Version Id Statement Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split(
        " ",
      ),
      ..."2012-10-17 Allow Deny * AWS kms:* StringEquals Null __proto__ toString ${a}".split(" "),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        element,
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(element, tie("tree"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (document) => {
        const parsed = parsePolicy(document as object);
        const ofText = parsePolicy(
          String(JSON.stringify(document, (_, value) => (typeof value === "bigint" ? 1 : value))),
        );

        expect(parsed.statements.length + parsed.damage.length).to.be.at.least(0);
        expect(ofText.damage).to.be.an("array");
      }),
      { numRuns: runs(6000) },
    );
  });

  it("never throws on depth or length", () => {
    const deep = `${'{"Statement":'.repeat(70_000)}1${"}".repeat(70_000)}`;
    const nested = Array.from({ length: 20_000 }).reduce<object>((inner) => ({ Statement: [inner] }), {});
    const long = { Statement: { ...allow, Principal: { AWS: Array.from({ length: 190_000 }, () => "a") } } };

    expect(parsePolicy(deep).damage).to.not.deep.equal([]);
    expect(parsePolicy(nested).damage).to.not.deep.equal([]);
    expect(parsePolicy(long).statements[0]?.principal?.names).to.have.lengthOf(190_000);
  });

  it("takes an operator that there is not where it has nothing to test, as IAM does", () => {
    // aws-behaviour, policy-taken
    expect(damageOf({ ...allow, Condition: { StringEqual: {} } })).to.deep.equal([]);
    expect(damageOf({ ...allow, Condition: { StringEqual: { "aws:x": "1" } } })).to.have.length(1);
  });
});

function circular(): object {
  const document: Record<string, unknown> = { Statement: [] };
  document.Id = document;
  return document;
}
