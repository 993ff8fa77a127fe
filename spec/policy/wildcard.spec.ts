import { expect } from "chai";
import fc from "fast-check";
import {
  anyRun,
  anyText,
  anyUnit,
  canMatch,
  matchesEverything,
  matchesPattern,
  type Pattern,
  wildcardPattern,
} from "../../lib/policy/wildcard.js";
import { runs } from "../random/runs.js";

/** A naive matcher, straight from the words: a star is nothing, or one unit and a star again. */
function naiveMatch(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  const [first] = pattern;
  const rest = pattern.slice(1);
  if (first === "*") return naiveMatch(rest, text) || (text !== "" && naiveMatch(pattern, text.slice(1)));
  return text !== "" && (first === "?" || first === text.charAt(0)) && naiveMatch(rest, text.slice(1));
}

/** Counts how often a pattern is looked at: the steps that a match takes, whatever the machine. */
function counted(pattern: Pattern): { pattern: Pattern; steps: () => number } {
  let steps = 0;
  const proxy = new Proxy(pattern, {
    get(target, property, receiver) {
      if (property !== "length") steps += 1;
      return Reflect.get(target, property, receiver);
    },
  });
  return { pattern: proxy, steps: () => steps };
}

const units = fc.array(fc.constantFrom("a", "b", ":"), { maxLength: 9 }).map((list) => list.join(""));
const patterns = fc.array(fc.constantFrom("a", "b", ":", "*", "?"), { maxLength: 9 }).map((list) => list.join(""));

describe("wildcards", () => {
  it("match as a naive matcher says", () => {
    fc.assert(
      fc.property(patterns, units, (pattern, text) => {
        expect(matchesPattern(wildcardPattern(pattern), text)).to.equal(naiveMatch(pattern, text));
      }),
      { numRuns: runs(40_000) },
    );
  });

  it("match the same where every way is followed at once", () => {
    fc.assert(
      fc.property(patterns, units, (pattern, text) => {
        const ways = canMatch(
          wildcardPattern(pattern),
          text.length,
          (unit, at) => unit < 0 || unit === text.charCodeAt(at),
        );

        expect(ways).to.equal(naiveMatch(pattern, text));
      }),
      { numRuns: runs(40_000) },
    );
  });

  it("find every piece that repeats itself wherever it stands", () => {
    const textsOf = (length: number) =>
      Array.from({ length: 2 ** length }, (_, bits) =>
        Array.from({ length }, (__, at) => ((bits >> at) & 1 ? "b" : "a")).join(""),
      );
    const texts = textsOf(10);

    for (const piece of [1, 2, 3, 4, 5, 6, 7].flatMap(textsOf)) {
      const pattern = wildcardPattern(`*${piece}*`);
      const missed = texts.filter((text) => matchesPattern(pattern, text) !== text.includes(piece));

      expect(missed, piece).to.deep.equal([]);
    }
  });

  it("find a long piece with ? wherever it stands, as a regular expression does", () => {
    // More than thirty-two units, few and many different ones.
    const longPieces = fc.array(fc.constantFrom("a", "a", "a", "b", "?", "?", "c", "d"), {
      minLength: 20,
      maxLength: 100,
    });
    const between = fc.array(fc.constantFrom("a", "b"), { maxLength: 40 });

    fc.assert(
      fc.property(longPieces, between, between, fc.nat(99), (piece, before, after, changed) => {
        const expression = new RegExp(piece.join("").replaceAll("?", "[^]"));
        const fitting = piece.map((unit) => (unit === "?" ? "b" : unit));
        const broken = fitting.map((unit, at) => (at === changed ? "a" : unit));

        for (const middle of [fitting, broken]) {
          const text = [...before, ...middle, ...after].join("");

          expect(matchesPattern(wildcardPattern(`*${piece.join("")}*`), text)).to.equal(expression.test(text));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("take an unknown text for a run", () => {
    expect(matchesPattern([97, anyText], "a")).to.equal(true);
    expect(matchesPattern([97, anyText, 98], "a:b")).to.equal(true);
    expect(matchesPattern([anyText], "")).to.equal(true);
  });

  it("side by side are one, so that a match costs what its text costs", () => {
    expect(wildcardPattern("a**?*")).to.deep.equal([97, anyRun, anyUnit, anyRun]);
  });

  for (const [pattern, everything] of [
    ["*", true],
    ["***", true],
    ["", false],
    ["?", false],
    ["*?", false],
    ["a*", false],
  ] as const) {
    it(`"${pattern}" ${everything ? "is" : "is not"} everything`, () => {
      expect(matchesEverything(wildcardPattern(pattern))).to.equal(everything);
    });
  }

  it("take steps in proportion to pattern and text in policies as they are written", () => {
    const stepsFor = (size: number) => {
      const { pattern, steps } = counted(wildcardPattern(`arn:aws:s3:::${"a/".repeat(size)}*`));
      matchesPattern(pattern, `arn:aws:s3:::${"a/".repeat(size)}key`);
      return steps();
    };

    expect(stepsFor(20_000) / stepsFor(10_000)).to.be.within(1.9, 2.1);
  });

  for (const [shape, made] of [
    ["one long piece that almost fits everywhere", (size: number) => `*${"a".repeat(size / 2)}b`],
    ["such a piece between runs", (size: number) => `*${"a".repeat(size / 2)}b*`],
    ["one that holds ?", (size: number) => `*${"a?".repeat(size / 4)}b`],
    ["one that holds ? between runs", (size: number) => `*${"a?".repeat(size / 4)}b*`],
    [
      "one of as many units as can be",
      (size: number) => `*?${Array.from({ length: size / 4 }, (_, at) => String.fromCharCode(at + 97)).join("")}*`,
    ],
    ["many pieces", (size: number) => `${"*a".repeat(size / 4)}*b`],
  ] as const) {
    it(`take steps in proportion to pattern and text where they are made to be slow: ${shape}`, () => {
      const stepsFor = (size: number) => {
        const { pattern, steps } = counted(wildcardPattern(made(size)));

        expect(matchesPattern(pattern, "a".repeat(size))).to.equal(false);

        return steps();
      };

      expect(stepsFor(40_000)).to.be.below(10 * 40_000);
    });
  }
});
