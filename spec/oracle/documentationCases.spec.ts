import { readFileSync } from "node:fs";
import { expect } from "chai";
import { type DocumentationCase, decideCase } from "./decideCase.js";

const cases = readFileSync(new URL("data/aws-documentation-cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as DocumentationCase);

describe("The oracle decides the worked examples of AWS's documentation", () => {
  for (const example of cases) {
    it(`${example.name} [${example.id}]`, () => {
      expect(decideCase(example), example.url).to.equal(example.expected);
    });
  }
});
