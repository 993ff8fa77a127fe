import { expect } from "chai";
import { printable } from "../../lib/report/printable.js";

describe("What is printed of a name", () => {
  const hostile: [string, string, string][] = [
    ["colours", "\u001b[31mAdmin\u001b[0m", "[31mAdmin [0m"],
    ["a C1 control sequence", "Admin\u009b31m", "Admin 31m"],
    ["a rewritten line", "Deny\rAllow", "Deny Allow"],
    ["a line that looks like one of ours", "Admin\n\n  outcome    allowed", "Admin   outcome    allowed"],
    ["Unicode's own line ends", "one\u2028two\u2029three", "one two three"],
    ["a turned direction", "Admin\u202eyloP", "Admin yloP"],
    ["isolates", "a\u2066b\u2069c", "a b c"],
    ["an Arabic letter mark", "a\u061cb", "a b"],
    ["letters of no width", "Ad\u200bmin\ufeff", "Ad min"],
    ["invisible tags", "Admin\u{e0041}", "Admin"],
    ["letters that fill nothing", "Ad\u3164\u115fmin\uffa0\u034f", "Ad min"],
    ["variation selectors, in which a text can be hidden", "Admin\ufe0f\u{e0100}\u{e01ef}", "Admin"],
    ["half a surrogate pair", "Admin\ud83d", "Admin"],
    ["GitHub's old commands", "x##[add-mask]y", "x# #[add-mask]y"],
    ["Azure's commands", "##vso[task.complete]x ###[group]", "# #vso[task.complete]x ## #[group]"],
    ["TeamCity's messages", "##teamcity[buildStop]", "# #teamcity[buildStop]"],
    ["GitHub's commands", "::set-output name=x::y ::error::z", ": :set-output name=x::y : :error::z"],
    ["a command that is hidden behind invisible letters", "#\u200b#[x] #\u200d#vso[y]", "# #[x] # #vso[y]"],
    ["a bell and a null", "\u0007Admin\u0000", "Admin"],
  ];
  for (const [what, text, seen] of hostile) {
    it(`is without ${what}`, () => {
      expect(printable(text)).to.equal(seen);
    });
  }

  it("is as it was where it does no harm", () => {
    for (const text of [
      "Erlaubnis für alle",
      "許可",
      "Deployer@example.com",
      "🔒 vault",
      "arn:aws:iam::444455556666:role/a",
      "#1",
      "a::b",
    ]) {
      expect(printable(text)).to.equal(text);
    }
  });
});
