import type { BaseIssue } from "valibot";

/** A validation issue: where in the document, as `accounts[0].name`, and what was expected there. */
export function issueInWords({ path, expected, received, input, message }: BaseIssue<unknown>) {
  const keys = (path ?? []).map(({ key }) => key);
  const place = keys.reduce<string>((written, key) => {
    if (typeof key === "number") return `${written}[${key}]`;
    if (typeof key !== "string" || !/^[A-Za-z_$]\w*$/.test(key)) return `${written}[${JSON.stringify(key)}]`;
    return written === "" ? key : `${written}.${key}`;
  }, "");
  return { path: place, expected: told() };

  function told(): string {
    if (expected === "never") return "no field of this name is known";
    if (received === "undefined") return `${expected ?? "a value"} expected, but it is missing`;
    const shown = typeof input === "string" ? JSON.stringify(input.slice(0, 200)) : received;
    // Our own messages say what was expected; valibot's own start with "Invalid".
    return message.startsWith("Invalid")
      ? `expected ${expected ?? "another value"}; received ${shown}`
      : `${message}; received ${shown}`;
  }
}
