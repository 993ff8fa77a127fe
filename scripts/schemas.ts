// Writes config/schemas/*.schema.json from the valibot schemas that the types come from too.
// `npm run schemas` writes; `npm run schemas -- --check` fails where a committed file is not up to date.
import { readFileSync, writeFileSync } from "node:fs";
import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { configSchema } from "../lib/cli/configSchema.js";
import { diagnosisSchema } from "../lib/diagnosis/diagnosisSchema.js";
import { worldSchema } from "../lib/emulator/worldSchema.js";
import { snapshotSchema } from "../lib/snapshot/snapshotSchema.js";

const published: { name: string; title: string; schema: GenericSchema; typeMode?: "input" }[] = [
  { name: "configuration", title: "backup-vault-access configuration", schema: configSchema, typeMode: "input" },
  { name: "snapshot", title: "backup-vault-access snapshot, version 1", schema: snapshotSchema },
  { name: "diagnosis", title: "backup-vault-access diagnosis, version 1", schema: diagnosisSchema },
  // What may be left out of a world file is filled in, so its input is what people write.
  { name: "world", title: "backup-vault-access world", schema: worldSchema, typeMode: "input" },
];

const isCheck = process.argv.includes("--check");
let stale = 0;

for (const { name, title, schema, typeMode } of published) {
  const path = new URL(`../config/schemas/${name}.schema.json`, import.meta.url);
  const json = toJsonSchema(schema, {
    // Hand-made checks (a policy document, a time) have no counterpart; their base type stands.
    errorMode: "ignore",
    ...(typeMode !== undefined && { typeMode }),
    overrideSchema: ({ valibotSchema, jsonSchema }) =>
      valibotSchema.type === "custom" ? { type: "object" } : jsonSchema,
  });
  const text = `${JSON.stringify({ ...json, title }, null, 2)}\n`;
  if (!isCheck) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`config/schemas/${name}.schema.json is not up to date: run npm run schemas`);
    stale += 1;
  }
}
process.exitCode = stale > 0 ? 1 : 0;
