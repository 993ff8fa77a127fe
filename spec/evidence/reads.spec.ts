import { expect } from "chai";
import { answerSchemas } from "../../lib/evidence/answerSchemas.js";
import { explainRead } from "../../lib/evidence/explainRead.js";
import { leastReaderPolicy } from "../../lib/evidence/leastReaderPolicy.js";
import { layers } from "../../lib/facts/layers.js";
import { type ReadFact, reads } from "../../lib/facts/reads.js";

const rows = Object.entries<ReadFact>(reads);

describe("The table of reads", () => {
  it("names for each its own page of AWS's reference, and layers that there are", () => {
    for (const [name, { source, layers: told, tells }] of rows) {
      const operation = name.slice(name.indexOf(":") + 1);
      expect(source).to.match(new RegExp(`^https://docs\\.aws\\.amazon\\.com/.*/API_${operation}\\.html$`));
      for (const layer of told) expect(layers).to.include(layer);
      expect(told.length > 0 || tells !== undefined, name).to.equal(true);
    }
  });

  it("has a schema for each answer, with the members that its pages are read by", () => {
    expect(answerSchemas).to.have.all.keys(rows.map(([name]) => name));
    for (const [name, { pages }] of rows) {
      if (pages === undefined) continue;
      const { entries } = answerSchemas[name as keyof typeof reads];
      expect(entries, name).to.include.keys(pages.items, pages.next, ...(pages.more === undefined ? [] : [pages.more]));
    }
  });

  it("makes the least policy: every read that needs a right and is made unasked, each once", () => {
    const policy = leastReaderPolicy({ partition: "aws-us-gov", accountId: "444455556666" }) as {
      Statement: { Action: string[]; Resource: string }[];
    };

    const granted = policy.Statement.flatMap(({ Action }) => Action);
    expect(granted).to.have.members(
      rows.filter(([, { isFree, onDemand }]) => isFree !== true && onDemand !== true).map(([name]) => name),
    );
    expect(policy.Statement.map(({ Resource }) => Resource)).to.have.members([
      "arn:aws-us-gov:iam::444455556666:*",
      "arn:aws-us-gov:iam::*:policy/*",
      "arn:aws-us-gov:kms:*:444455556666:key/*",
      "*",
    ]);
  });

  it("explains what a refused read lacked, and nothing of other calls", () => {
    expect(explainRead("iam:GetRole")).to.equal(
      "needs iam:GetRole, which tells the role's path and tags, and permissions-boundary",
    );
    expect(explainRead("kms:GetKeyPolicy")).to.equal("needs kms:GetKeyPolicy, which tells key-policy");
    expect(explainRead("kms:Decrypt (dry run)")).to.equal(null);
    expect(explainRead("constructor")).to.equal(null);
  });
});
