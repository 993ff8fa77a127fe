// The public surface as a page for each entrance under docs/api, made by API Extractor from the compiled declarations:
// `npm run api` writes; `npm run api -- --check` fails where what is committed is another surface.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { extract } from "./api/extract.mjs";

const pages = fileURLToPath(new URL("../docs/api", import.meta.url));
const isCheck = process.argv.includes("--check");
let changed = 0;

mkdirSync(pages, { recursive: true });
await extract(({ name, report }) => write(`${name}.api.md`, report));
process.exitCode = changed > 0 ? 1 : 0;

function write(file, text) {
  const path = join(pages, file);
  if (!isCheck) return writeFileSync(path, text);
  const committed = readdirSync(pages).includes(file) ? readFileSync(path, "utf8") : "";
  if (committed === text) return;
  changed += 1;
  console.error(`docs/api/${file} is another surface:`);
  const lines = (one) => new Set(one.split("\n"));
  for (const line of lines(committed)) if (!lines(text).has(line)) console.error(`- ${line}`);
  for (const line of lines(text)) if (!lines(committed).has(line)) console.error(`+ ${line}`);
}
