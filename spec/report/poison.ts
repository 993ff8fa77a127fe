/** What a hostile name holds: commands of CI systems, terminal controls, turned and hidden writing, markup of every format. */
export const poison = [
  "##[add-mask]a ##vso[task.setvariable variable=x]y ##teamcity[buildStop] ::set-output name=x::y ::stop-commands::z",
  "\u001b[2J\u001b]8;;http://evil.example\u0007 \u009b31m \u202e\u2066\u061c\u200b\u{e0041} \u2028\u2029",
  "\u3164\u115f\uffa0\u034f\u180b \ufe00\ufe0e\u{e0100}\u{e01ef}",
  "<script>owned()</script><img src=x onerror=owned()> </pre></code>]]>&amp;\"'",
  "[x](http://evil.example) ![i](http://evil.example) \\[y](http://evil.example) @everyone #1 | \\| ` `` ```` ~~~~ {0} %0A%25",
  "\r\n::error::x\n##[error]y\n# heading\n| a | b |\n```\n\u0000\ufffe\ud800",
].join(" ");

/** The value with every text in it hostile, one at a time: at the end of a text, and a key beside each key. */
export function* poisonedOnce(value: unknown): Generator<unknown> {
  if (typeof value === "string") yield `${value}${poison}`;
  else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      for (const other of poisonedOnce(item)) yield value.with(at, other);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      for (const other of poisonedOnce(member)) yield { ...value, [key]: other };
      yield { ...value, [`${key}${poison}`]: member };
    }
  }
}
