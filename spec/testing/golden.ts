import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";

/** The text is the committed one, letter by letter; `GOLDEN=write` writes it anew, to be read before it is committed. */
export function expectGolden(name: string, text: string): void {
  const file = new URL(`./golden/${name}.txt`, import.meta.url);
  if (process.env.GOLDEN === "write") writeFileSync(file, `${text}\n`);
  expect(`${text}\n`).to.equal(readFileSync(file, "utf8"));
}
