/** Writes docs/conformance.md from the case tables: `npx tsx scripts/conformance.ts`. */
import { writeFileSync } from "node:fs";
import { readCaseTables } from "../spec/policy/tables/readCaseTables.js";
import { renderConformance } from "../spec/policy/tables/renderConformance.js";

writeFileSync(new URL("../docs/conformance.md", import.meta.url), renderConformance(readCaseTables()));
