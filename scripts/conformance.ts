/**
 * Writes docs/conformance.md from the case tables: `npm run conformance`. With `-- --check` it writes nothing, and fails
 * where the page is out of date. It fails too where a rule of the specification has no case.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { renderConformance } from "../spec/policy/tables/renderConformance.js";

const page = new URL("../docs/conformance.md", import.meta.url);
const text = renderConformance();
if (!process.argv.includes("--check")) writeFileSync(page, text);
else if (readFileSync(page, "utf8") !== text) {
  console.error("docs/conformance.md is out of date: run npm run conformance, and commit what it writes");
  process.exitCode = 1;
}
