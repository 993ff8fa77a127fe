import { expect } from "chai";
import { parseYaml } from "../../lib/plan/template/parseYaml.js";

describe("An alias in a template", () => {
  // YAML 1.2.2, section 3.2.2.2: the last node of that anchor before it
  const aliases: [what: string, text: string, means: unknown][] = [
    ["is what was anchored", "a: &x 1\nb: *x\n", { a: "1", b: "1" }],
    ["is the last of its name so far", "a: &x 1\nb: *x\nc: &x 2\nd: *x\n", { a: "1", b: "1", c: "2", d: "2" }],
    ["may be a key's name", "&k a: 1\nb: *k\n", { a: "1", b: "a" }],
    ["may be a part of what is anchored", "a: &s [1, &t 2]\nb: [*s, *t]\n", { a: ["1", "2"], b: [["1", "2"], "2"] }],
    ["may be a function", "a: &n !Ref X\nb: *n\n", { a: { Ref: "X" }, b: { Ref: "X" } }],
  ];
  for (const [what, text, means] of aliases) {
    it(what, () => {
      expect(parseYaml(text)).to.deep.equal(means);
    });
  }

  for (const text of ["a: &r\n  b: *r\n", "a: *nope\n"]) {
    it(`that leads nowhere is told: ${JSON.stringify(text)}`, () => {
      expect(() => parseYaml(text)).to.throw("leads into itself");
    });
  }

  // Sought through the whole document each time, these took minutes.
  it("costs the same, however many there are", () => {
    const count = 5000;
    const lines = Array.from({ length: count }, (_, at) => `k${at}: &k${at} { of: ${at === 0 ? "x" : `*k${at - 1}`} }`);

    expect(parseYaml(lines.slice(0, 3).join("\n"))).to.have.nested.property("k2.of.of.of", "x");
    expect(Object.keys(parseYaml(lines.join("\n")) as object)).to.have.length(count);
  });
});
