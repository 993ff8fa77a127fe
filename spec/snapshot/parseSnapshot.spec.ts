import { expect } from "chai";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { SnapshotFormatError } from "../../lib/snapshot/SnapshotFormatError.js";
import { exampleNames, exampleText, malformed, malformedSnapshots } from "./malformedSnapshots.js";

/** A key that has tags. */
const keyWith = (tags: Record<string, unknown>) => ({
  status: "read",
  value: { ...keyOf(exampleText("allowed")), tags: { status: "read", value: tags } },
});
const keyOf = (text: string) => (JSON.parse(text) as { key: { value: object } }).key.value;

describe("parseSnapshot", () => {
  describe("takes", () => {
    for (const name of exampleNames) {
      it(`the specification's example ${name}, as text and as an object`, () => {
        const text = exampleText(name);

        expect(parseSnapshot(text)).to.deep.equal(JSON.parse(text));
        expect(parseSnapshot(JSON.parse(text) as object)).to.deep.equal(JSON.parse(text));
      });
    }

    it("a text with a byte order mark", () => {
      expect(parseSnapshot(`\uFEFF${exampleText("allowed")}`).snapshotVersion).to.equal(1);
    });

    it("fields that the specification does not list, and keeps them", () => {
      const snapshot = JSON.parse(exampleText("allowed")) as Record<string, Record<string, unknown>>;
      const extended = {
        ...snapshot,
        collectedBy: "a later version",
        request: { ...snapshot.request, copyOf: "other-vault" },
        key: { status: "read", value: { ...(snapshot.key?.value as object), rotation: true } },
      };

      expect(parseSnapshot(JSON.stringify(extended))).to.deep.equal(extended);
    });

    it("an object without changing it", () => {
      const snapshot = JSON.parse(exampleText("network-perimeter")) as object;
      const before = structuredClone(snapshot);

      parseSnapshot(snapshot);

      expect(snapshot).to.deep.equal(before);
    });

    it("an object of a class that gets what is in it, also where a tag is called constructor", () => {
      const { request, ...rest } = JSON.parse(exampleText("allowed")) as { request: { backupVaultTags: object } };
      class Kept {
        readonly policies = {};
        readonly #request = { ...request, backupVaultTags: { Team: "core" } };
        get request() {
          return this.#request;
        }
      }
      const kept = Object.assign(new Kept(), rest, { key: keyWith({ constructor: "odd" }) });

      expect(parseSnapshot(kept).request).to.equal(kept.request);
      expect(refusal(Object.assign(new Kept(), rest, { key: keyWith({ constructor: 5 }) })).path).to.equal(
        "key.value.tags.value.constructor",
      );
    });

    const accepted: [string, string, unknown][] = [
      ["no key ARN", "request.encryptionKeyArn", null],
      ["an alias ARN", "request.encryptionKeyArn", "arn:aws:kms:us-west-2:444455556666:alias/vaults"],
      [
        "a multi-Region key",
        "request.encryptionKeyArn",
        "arn:aws:kms:us-west-2:444455556666:key/mrk-1234abcd12ab34cd56ef1234567890ab",
      ],
      ["the China partition", "request.partition", "aws-cn"],
      ["a GovCloud Region", "request.region", "us-gov-west-1"],
      ["an isolated Region", "request.region", "us-iso-east-1"],
      ["a time with a zone", "capturedAt", "2026-11-20T13:00:00+01:00"],
      ["a document as text, damaged or not", "policies.identity.value[0].document", "{"],
      ["a document that could not be read", "policies.identity.value[0].document", null],
      ["a key whose manager was not read", "key.value.manager", null],
      ["a key in a state that nobody knows", "key.value.state", "Frozen"],
      ["a key that does not exist", "key", { status: "none" }],
      ["an organization whose path was not read", "organization.value.path", null],
      ["no targets: the policy type is not enabled", "policies.serviceControl", { status: "read", value: [] }],
      ["a root user", "caller.arn", "arn:aws:iam::444455556666:root"],
      ["a federated user", "caller.arn", "arn:aws:sts::444455556666:federated-user/alice"],
      ["a context key that is known to be absent", "context", { "aws:SourceIp": null }],
      ["a context key that is present", "context", { "aws:SourceIp": { present: true } }],
      ["a context key of many values", "context", { "aws:TagKeys": ["Team"] }],
    ];
    for (const [name, set, to] of accepted) {
      it(name, () => {
        expect(() => parseSnapshot(malformed({ name, set, to, path: "" }))).not.to.throw();
      });
    }
  });

  describe("refuses, and says where and what was expected", () => {
    for (const row of malformedSnapshots) {
      it(row.name, function () {
        if (row.pending === true) this.skip();

        const error = refusal(malformed(row));

        expect(error.path).to.equal(row.path);
        if (row.expected !== undefined) expect(error.expected).to.equal(row.expected);
        if (row.missing === true) expect(error.expected).to.match(/ expected, but it is missing$/);
        expect(error.message).to.equal(`Not a snapshot: ${error.path}: ${error.expected}`);
      });
    }

    const texts: [string, string, RegExp][] = [
      ["an empty text", "", /^Not a snapshot: the document: expected JSON \(/],
      [
        "a text that is cut off",
        exampleText("allowed").slice(0, 100),
        /^Not a snapshot: the document: expected JSON \(/,
      ],
      ["null", "null", /^Not a snapshot: the document: expected Object; received null$/],
      ["a number", "5", /^Not a snapshot: the document: expected Object; received 5$/],
      ["a text in the text", '"snapshot"', /^Not a snapshot: the document: expected Object; received "snapshot"$/],
    ];
    for (const [name, text, message] of texts) {
      it(`${name} instead of a document`, () => {
        const error = refusal(text);

        expect(error.message).to.match(message);
        expect(error.path).to.equal("");
      });
    }

    for (const levels of [201, 5_000, 10_000, 500_000]) {
      it(`${levels} levels, with the beginning of the path to them`, () => {
        const deep = `${"[".repeat(levels)}${"]".repeat(levels)}`;

        const error = refusal(exampleText("allowed").replace(/"context": ?\{\s*\}/, `"context":{"deep":${deep}}`));

        expect(error.path).to.match(/^context\.deep(\[0\])+\.\.\.$/);
        expect(error.expected).to.equal("expected at most 200 levels and 20000000 parts");
      });
    }

    it("an object that leads back into itself, also by two ways, or repeats itself without end", () => {
      const circular: Record<string, unknown> = JSON.parse(exampleText("allowed")) as Record<string, unknown>;
      circular.again = circular;
      circular.andAgain = circular;
      let doubled: object = {};
      for (let level = 0; level < 150; level += 1) doubled = { a: doubled, b: doubled };

      expect(refusal(circular).path).to.equal("again");
      expect(refusal({ doubled }).expected).to.equal("expected at most 200 levels and 20000000 parts");
    });

    it("a tag by a name of JavaScript's own whose value is no text, and takes one whose value is", () => {
      for (const name of ["__proto__", "constructor", "prototype", "toString"]) {
        const tags = (value: string) => ({
          name,
          set: "caller.tags",
          to: { status: "read", value: JSON.parse(`{"${name}":${value}}`) as unknown },
          path: "",
        });

        expect(refusal(malformed(tags("5"))).path).to.equal(`caller.tags.value.${name}`);
        const { caller } = parseSnapshot(malformed(tags('"x"')));
        expect(caller.tags).to.deep.equal({ status: "read", value: JSON.parse(`{"${name}":"x"}`) as unknown });
      }
    });

    it("a name or a text of megabytes, or with controls in it, in a message of one short printable line", () => {
      const hostile = `\u001b[31m\u009b\u202e\u2028\n${"x".repeat(3_000_000)}`;
      for (const input of [
        malformed({ name: "", set: "context", to: { [hostile]: 5 }, path: "" }),
        malformed({ name: "", set: "request.region", to: hostile, path: "" }),
        malformed({ name: "", set: "request.operation", to: hostile, path: "" }),
        malformed({ name: "", set: "context", to: { [hostile]: { [hostile]: {} } }, path: "" }),
        `{"a":\u009b\u202e${hostile}`,
      ]) {
        const { message } = refusal(input);

        expect(message.length).to.be.lessThan(1_000);
        expect(message).to.match(/^[\x20-\x7e]+$/);
      }
    });

    it("with JSON's own error as the cause", () => {
      expect(refusal("{").cause).to.be.instanceOf(SyntaxError);
    });
  });
});

function refusal(input: string | object): SnapshotFormatError {
  try {
    parseSnapshot(input);
  } catch (error) {
    if (error instanceof SnapshotFormatError) return error;
    throw error;
  }
  throw new Error("parseSnapshot took it");
}
