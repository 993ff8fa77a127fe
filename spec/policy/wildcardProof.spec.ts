import { expect } from "chai";
import { matchesPattern, wildcardPattern } from "../../lib/policy/wildcard.js";

/** Every word of up to six letters of an alphabet, the empty one first, and for each the place of its tail. */
function wordsOver(alphabet: readonly string[]): { words: string[]; tails: number[] } {
  const words = [""];
  const tails = [0];
  const places = new Map([["", 0]]);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (word.length === 6) break;
    for (const letter of alphabet) {
      places.set(word + letter, words.length);
      tails.push(places.get((word + letter).slice(1)) ?? 0);
      words.push(word + letter);
    }
  }
  return { words, tails };
}

/**
 * Which patterns match which texts, naively, straight from the words: a star is nothing, or one letter and a star again; a
 * question mark is any letter; another letter is itself. Each answer rests on those for the tails, which stand before it.
 */
function naiveAnswers(patterns: ReturnType<typeof wordsOver>, texts: ReturnType<typeof wordsOver>): Uint8Array {
  const width = texts.words.length;
  const answers = new Uint8Array(patterns.words.length * width);
  patterns.words.forEach((pattern, row) => {
    const rest = (patterns.tails[row] ?? 0) * width;
    const first = pattern[0];
    texts.words.forEach((text, column) => {
      const tail = texts.tails[column] ?? 0;
      const isEmpty = text === "";
      let answer = 0;
      if (first === undefined) answer = isEmpty ? 1 : 0;
      else if (first === "*")
        answer = (answers[rest + column] ?? 0) | (isEmpty ? 0 : (answers[row * width + tail] ?? 0));
      else if (!isEmpty && (first === "?" || first === text[0])) answer = answers[rest + tail] ?? 0;
      answers[row * width + column] = answer;
    });
  });
  return answers;
}

describe("Wildcards, all of them", () => {
  it("every pattern of up to six letters over a, b, * and ? matches every text of up to six as a naive matcher says", function () {
    this.timeout(60_000);
    const patterns = wordsOver(["a", "b", "*", "?"]);
    const texts = wordsOver(["a", "b", "*"]);
    const expected = naiveAnswers(patterns, texts);
    const wrong: string[] = [];
    let at = 0;
    let matching = 0;

    for (const pattern of patterns.words) {
      const read = wildcardPattern(pattern);
      for (const text of texts.words) {
        const matches = matchesPattern(read, text);
        if (matches) matching += 1;
        if ((expected[at] === 1) !== matches && wrong.length < 10) wrong.push(`${pattern} on ${text}: ${matches}`);
        at += 1;
      }
    }

    expect(wrong).to.deep.equal([]);
    expect([patterns.words.length, texts.words.length, at]).to.deep.equal([5_461, 1_093, 5_968_873]);
    expect(matching).to.be.greaterThan(500_000);
  });
});
