/** Writes docs/conformance.md from the case tables: `npm run conformance`. */
import { writeFileSync } from "node:fs";
import { renderConformance } from "../spec/policy/tables/renderConformance.js";

writeFileSync(new URL("../docs/conformance.md", import.meta.url), renderConformance());
