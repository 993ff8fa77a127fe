import { readFileSync } from "node:fs";

/** The text of one of the specification's examples. */
export function exampleSnapshot(name: string): string {
  return readFileSync(new URL(`../examples/${name}.snapshot.json`, import.meta.url), "utf8");
}
