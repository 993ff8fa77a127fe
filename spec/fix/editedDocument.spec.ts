import { expect } from "chai";
import { documentText } from "../../lib/fix/documentText.js";
import { editedDocument } from "../../lib/fix/editedDocument.js";

type Given = Parameters<typeof editedDocument>[0];
const addStatement = (document: Given, statement: object) => editedDocument(document, { added: [statement] });
const removeStatement = (document: Given, index: number) => editedDocument(document, { removed: [index] });
const replaceStatement = (document: Given, index: number, statement: object) =>
  editedDocument(document, { replaced: [{ index, statement }] });

const added = { Sid: "New", Effect: "Deny" };

const indented = `{
    "Version": "2012-10-17",
    "Odd": [1,   2],
    "Statement": [
        { "Sid": "A",  "Effect": "Allow", "Action": ["kms:Decrypt", "kms:CreateGrant"] },
        {
            "Sid": "B",
            "Effect": "Deny"
        }
    ]
}
`;

describe("editedDocument", () => {
  it("adds a statement at the end and leaves all else as it was written", () => {
    const edited = addStatement(indented, added);

    expect(edited).to.equal(
      indented.replace(
        /\n {8}\}\n {4}\]/,
        '\n        },\n        {\n            "Sid": "New",\n            "Effect": "Deny"\n        }\n    ]',
      ),
    );
  });

  it("changes of a replaced statement only what differs", () => {
    const edited = replaceStatement(indented, 0, {
      Sid: "A",
      Effect: "Deny",
      Action: ["kms:Decrypt", "kms:CreateGrant"],
    });

    expect(edited).to.equal(indented.replace('"Allow"', '"Deny"'));
  });

  it("adds, changes and removes elements inside a condition", () => {
    const before =
      '{"Statement":[{"Effect":"Deny","Condition":{"Bool":{"aws:ViaAWSService":"false"},"Null":{"a":"true"}}}]}';

    const edited = replaceStatement(before, 0, {
      Effect: "Deny",
      Condition: { Bool: { "aws:ViaAWSService": "false" }, ArnNotEquals: { "aws:PrincipalArn": "arn" } },
    });

    expect(edited).to.equal(
      '{"Statement":[{"Effect":"Deny","Condition":{"Bool":{"aws:ViaAWSService":"false"},"ArnNotEquals":{"aws:PrincipalArn":"arn"}}}]}',
    );
  });

  it("removes a statement, the last one as an empty list", () => {
    expect(removeStatement(indented, 1)).to.equal(indented.replace(/,\n {8}\{\n {12}"Sid": "B"[^}]*\}/, ""));
    expect(removeStatement(indented, 0)).to.equal(indented.replace(/\{ "Sid": "A".*\n */, ""));
    expect(removeStatement('{"Statement":{"Sid":"A"}}', 0)).to.equal('{"Statement":[]}');
    expect(removeStatement('{"Statement":[{"Sid":"A"}]}', 0)).to.equal('{"Statement":[]}');
  });

  it("keeps a compact document compact", () => {
    const compact = '{"Version":"2012-10-17","Statement":[{"Sid":"A"}]}';

    expect(addStatement(compact, added)).to.equal(
      '{"Version":"2012-10-17","Statement":[{"Sid":"A"},{"Sid":"New","Effect":"Deny"}]}',
    );
    expect(replaceStatement(compact, 0, added)).to.equal(
      '{"Version":"2012-10-17","Statement":[{"Sid":"New","Effect":"Deny"}]}',
    );
  });

  it("makes a list of a single statement and of none", () => {
    expect(addStatement('{"Statement":{"Sid":"A"}}', added)).to.equal(
      '{"Statement":[{"Sid":"A"},{"Sid":"New","Effect":"Deny"}]}',
    );
    expect(addStatement('{"Version":"2012-10-17"}', added)).to.equal(
      '{"Version":"2012-10-17","Statement":[{"Sid":"New","Effect":"Deny"}]}',
    );
    expect(replaceStatement('{"Statement":{"Sid":"A"}}', 0, added)).to.equal(
      '{"Statement":{"Sid":"New","Effect":"Deny"}}',
    );
  });

  it("keeps tabs and the line ends of Windows", () => {
    const edited = addStatement('{\r\n\t"Statement": [\r\n\t\t{}\r\n\t]\r\n}', { Sid: "New" });

    expect(edited).to.equal('{\r\n\t"Statement": [\r\n\t\t{},\r\n\t\t{\r\n\t\t\t"Sid": "New"\r\n\t\t}\r\n\t]\r\n}');
  });

  it("edits what IAM URL-encoded and what begins with a byte order mark", () => {
    for (const document of [encodeURIComponent(indented), `\uFEFF${indented}`]) {
      expect(documentText(document)).to.equal(indented);
      expect(addStatement(document, added)).to.equal(addStatement(indented, added));
    }
  });

  it("writes a document that was an object with two blanks a level", () => {
    const document = { Statement: [] };

    expect(documentText(document)).to.equal('{\n  "Statement": []\n}');
    expect(addStatement(document, {})).to.equal('{\n  "Statement": [\n    {}\n  ]\n}');
    expect(document).to.deep.equal({ Statement: [] });
  });

  it("edits nothing that it cannot edit for sure", () => {
    for (const document of [
      null,
      "{",
      "[]",
      '{"Statement":1}',
      '{"Statement":null}',
      '{"Statement":[],"Statement":[]}',
    ]) {
      expect(addStatement(document, added)).to.equal(null);
      expect(replaceStatement(document, 0, added)).to.equal(null);
      expect(removeStatement(document, 0)).to.equal(null);
    }
    expect(documentText("{")).to.equal(null);
    for (const index of [-1, 2, 0.5, Number.NaN]) {
      expect(replaceStatement(indented, index, added)).to.equal(null);
      expect(removeStatement(indented, index)).to.equal(null);
    }
  });

  it("gives what is meant for every name, those of JavaScript's own as well", () => {
    const statement = JSON.parse('{"__proto__":{"a":[1]},"constructor":"x","toString":null}') as object;

    const edited = replaceStatement('{"Statement":[{"__proto__":{"b":2},"valueOf":1}]}', 0, statement);

    expect(JSON.parse(edited ?? "")).to.deep.equal({ Statement: [statement] });
  });
});
