import { readFileSync } from "node:fs";
import type { LayerRules } from "./LayerRules.js";

export function readLayerRules(): LayerRules {
  return JSON.parse(readFileSync(new URL("../rules.json", import.meta.url), "utf8")) as LayerRules;
}
