import { expect } from "chai";
import * as v from "valibot";
import { formatIssue, misplacedList } from "../../lib/snapshot/formatIssue.js";
import { shieldNames, unshieldName } from "../../lib/snapshot/shieldNames.js";

/** What is told of the first thing that is wrong. */
function told(schema: v.GenericSchema, input: unknown) {
  const [issue] = v.safeParse(schema, input).issues ?? [];
  return issue === undefined ? null : formatIssue(issue);
}

describe("What is wrong with a document is told", () => {
  it("of a field that nobody knows: that there is none of this name", () => {
    expect(told(v.strictObject({ name: v.string() }), { name: "a", nme: "b" })).to.eql({
      path: "nme",
      expected: "no field of this name is known",
    });
  });

  it("of a list in a list where a map belongs: by its place", () => {
    const schema = v.array(v.object({ tags: v.record(v.string(), v.string()) }));
    const input = [{ tags: {} }, { tags: [] }];

    expect(misplacedList(input, v.parse(schema, input))).to.eql({
      path: "[1].tags",
      expected: "expected Object; received Array",
    });
  });

  it("of a name of JavaScript's own in a list, too", () => {
    const input = { tags: [JSON.parse('{"__proto__":7}')] };
    const schema = v.object({ tags: v.array(v.record(v.string(), v.string())) });

    expect(told(schema, shieldNames(input))).to.eql({
      path: "tags[0].__proto__",
      expected: "expected string; received 7",
    });
    expect(unshieldName("name")).to.equal("name");
  });
});
