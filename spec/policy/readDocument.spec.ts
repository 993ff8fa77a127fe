import { expect } from "chai";
import fc from "fast-check";
import { parsePolicy } from "../../lib/policy/parsePolicy.js";
import { readDocument } from "../../lib/policy/readDocument.js";

const written = '{ "Version": "2012-10-17",\n\t"Statement": [] }\n';

function problemOf(document: string | object | null): string {
  const read = readDocument(document);
  return "problem" in read ? read.problem : "";
}

/** JSON text with as many levels below the document itself. */
function nested(levels: number): string {
  return `{"Statement":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
}

describe("readDocument", () => {
  for (const [spelling, document] of [
    ["as it is", written],
    ["behind a byte order mark", `\uFEFF${written}`],
    ["URL-encoded by IAM", encodeURIComponent(written)],
    ["URL-encoded with its byte order mark", encodeURIComponent(`\uFEFF${written}`)],
    ["behind a byte order mark and URL-encoded", `\uFEFF${encodeURIComponent(written)}`],
  ] as const) {
    it(`gives the text of a document ${spelling} with the blanks it was written with`, () => {
      const read = readDocument(document);

      expect(read).to.deep.equal({ text: written, fields: { Version: "2012-10-17", Statement: [] } });
    });
  }

  it("takes blanks away that JSON does not know", () => {
    const read = readDocument('\u00A0 {"a":1}\u2028');

    expect(read).to.deep.equal({ text: '{"a":1}', fields: { a: 1 } });
  });

  it("keeps a plus and a percent sign of a text that is JSON without decoding", () => {
    const read = readDocument('{"Sid":"a+b%20c"}');

    expect(read).to.deep.include({ fields: { Sid: "a+b%20c" } });
  });

  it("gives an object's fields as its JSON has them, free to be changed", () => {
    const document = { Version: "2012-10-17", Statement: [{ Sid: undefined, Effect: "Deny" as const }] };

    const read = readDocument(document);

    expect(read).to.deep.equal({
      text: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny"}]}',
      fields: { Version: "2012-10-17", Statement: [{ Effect: "Deny" }] },
    });
    expect("fields" in read && read.fields.Statement).to.not.equal(document.Statement);
  });

  it("reads twins, numbers, null and names of JavaScript's own as JSON.parse does", () => {
    const text = '{"a":1,"a":1e400,"b":null,"__proto__":{"c":2},"constructor":-0}';

    const read = readDocument(text);

    expect(read).to.deep.equal({ text, fields: JSON.parse(text) as unknown });
  });

  it("says the same of every JSON value as JSON.parse, in every spelling", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const value: unknown = JSON.parse(text);
        const isObject = typeof value === "object" && value !== null && !Array.isArray(value);

        for (const spelling of [text, `\uFEFF${text}`, encodeURIComponent(text), ` ${text}\n`]) {
          const read = readDocument(spelling);

          if (isObject) expect(read).to.deep.include({ fields: value });
          else expect(read).to.deep.equal({ problem: "expected a JSON object" });
        }
      }),
      { seed: 20261126 },
    );
  });

  it("says what is wrong with what is no JSON object", () => {
    expect(problemOf("{")).to.equal("expected the JSON text of an object");
    expect(problemOf("%")).to.equal("expected the JSON text of an object");
    expect(problemOf("")).to.equal("expected the JSON text of an object");
    expect(problemOf("[]")).to.equal("expected a JSON object");
    expect(problemOf("null")).to.equal("expected a JSON object");
    expect(problemOf(null)).to.equal("expected a JSON object");
    expect(problemOf([])).to.equal("expected a JSON object");
    expect(problemOf(new Date(Number.NaN))).to.equal("expected a JSON object");
    expect(problemOf({ a: 1n })).to.equal("expected a JSON object");
    expect(problemOf("x".repeat(1_000_001))).to.equal("expected at most 1000000 characters, found 1000001");
  });

  it("reads a hundred levels and refuses more, however many, without running out of stack", () => {
    expect(problemOf(nested(100))).to.equal("");

    for (const levels of [101, 10_000, 400_000]) {
      expect(problemOf(nested(levels))).to.equal("expected at most 100 levels");
      expect(problemOf(encodeURIComponent(nested(Math.min(levels, 100_000))))).to.match(/^expected at most/);
    }
    expect(problemOf(JSON.parse(nested(10_000)) as object)).to.equal("expected a JSON object");
  });

  it("refuses an object that leads back into itself, twice as well, or repeats itself without end", () => {
    const circular: Record<string, unknown> = {};
    circular.a = circular;
    circular.b = circular;
    let doubled: object = {};
    for (let level = 0; level < 90; level += 1) doubled = { a: doubled, b: doubled };

    expect(problemOf(circular)).to.equal("expected a JSON object");
    expect(problemOf(doubled)).to.equal("expected a JSON object");
  });

  it("is what parsePolicy says of a document that cannot be read", () => {
    const deep = nested(10_000);

    const { damage } = parsePolicy(deep);

    expect(damage).to.deep.equal([problemOf(deep)]);
  });
});
