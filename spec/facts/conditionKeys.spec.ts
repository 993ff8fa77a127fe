import { readFileSync } from "node:fs";
import { expect } from "chai";
import { type Cell, type ConditionKeyRow, conditionKeys, type KmsCell } from "../../lib/facts/conditionKeys.js";

/** The context table of docs/specification.md, section 3: the keys of each row, and its two cells. */
const rows = readFileSync(new URL("../../docs/specification.md", import.meta.url), "utf8")
  .split(/^## .*$/m)
  .filter((section) => section.includes("| keys | own call | forwarded calls |"))
  .flatMap((section) => section.split("\n"))
  .filter((line) => line.startsWith("| `"))
  .map((line) => {
    const [, keys = "", own = "", forwarded = ""] = line.split("|");
    return { keys: [...keys.matchAll(/`([^`]+)`/g)].map(([, key = ""]) => key.replace(/\*$/, "")), own, forwarded };
  });

const factsOf = (keys: readonly string[]) => conditionKeys.filter(({ key }) => keys.includes(key));

/** Every cell of a fact's row, also those of the forwarded calls to KMS one by one. */
function cellsOf({ own, storage, kms }: ConditionKeyRow): Cell[] {
  const one = (cell: KmsCell): Cell[] => (typeof cell === "object" && "other" in cell ? Object.values(cell) : [cell]);
  return [own, storage, ...one(kms)];
}

describe("The table of condition keys", () => {
  it("lists exactly the keys of the specification's section 3", () => {
    // Of a plan's own keys AWS knows nothing.
    const specified = rows.flatMap(({ keys }) => keys).filter((key) => key !== "plan:");
    expect(conditionKeys.map(({ key }) => key)).to.have.members(specified);
    expect(new Set(specified).size, "each key stands in one row").to.equal(specified.length);
  });

  for (const { keys, own, forwarded } of rows) {
    it(`agrees with the specification on ${keys.join(", ")}`, () => {
      const facts = factsOf(keys);
      const says = (word: string) => new RegExp(`\\b${word}\\b`).test(own + forwarded);
      if (own.trim() === "absent") {
        // aws:CalledVia holds what the snapshot's context says of the services before AWS Backup, and that is none.
        for (const fact of facts) expect(fact.own, fact.key).to.match(/^(absent|calledVia.*)$/);
      }
      if (forwarded.trim() === "absent") {
        for (const fact of facts) expect([fact.storage, fact.kms], fact.key).to.deep.equal(["absent", "absent"]);
      }
      if (forwarded.trim() === "the same") {
        for (const fact of facts) expect([fact.storage, fact.kms], fact.key).to.deep.equal([fact.own, fact.own]);
      }
      const assumes = facts.some((fact) => cellsOf(fact).some((cell) => typeof cell === "object"));
      // Session tags are the one assumption that hangs on what was read, not on the key alone.
      expect(assumes || keys.includes("aws:PrincipalTag/"), "rests on an assumption").to.equal(says("an assumption"));
    });
  }

  it("has the lists that the specification's section 3 names as always arrays", () => {
    const text = readFileSync(new URL("../../docs/specification.md", import.meta.url), "utf8");
    const sentence = /^A condition key is in one of four states.*$/m.exec(text)?.[0] ?? "";
    const named = [...sentence.matchAll(/`([^`]+)`/g)].map(([, key]) => key);
    expect(conditionKeys.filter(({ list }) => list).map(({ key }) => key)).to.have.members(named);
  });
});
