import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Instrumenter, type InstrumentResult } from "@stryker-mutator/instrumenter";

/** One change of the code that the specs are to notice. */
export type Mutant = InstrumentResult["mutants"][number];

const no = () => false;
const nothing = () => undefined;
const silent = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: no,
  isErrorEnabled: no,
  isFatalEnabled: no,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};

/** Every mutant that Stryker makes of a folder's sources. */
export async function listMutants(folder: string): Promise<Mutant[]> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => resolve(folder, name));
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  const { mutants } = await new Instrumenter(silent).instrument(
    files.map((name) => ({ name, mutate: true, content: readFileSync(name, "utf8") })),
    options,
  );
  return [...mutants];
}
