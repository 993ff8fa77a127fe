import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import * as v from "valibot";
import { nearest } from "../options/nearest.js";
import { formatIssue } from "../snapshot/formatIssue.js";
import { CliError } from "./CliError.js";
import { configSchema } from "./configSchema.js";
import { decoded } from "./decoded.js";

/** A configuration file's settings, and where they stand. */
export interface Config {
  file: string;
  settings: v.InferOutput<typeof configSchema>;
}

/** Fills in what a configuration file says where the command line says nothing; read only where `--config` names it. */
export async function withConfig<T extends object>(command: Command, options: T & { config?: string }): Promise<T> {
  if (options.config === undefined) return options;
  return filledIn(command, options, await loadConfig(options.config));
}

/** The options with the file's settings where the command line says nothing. */
export function filledIn<T extends object>(command: Command, options: T, { settings }: Config): T {
  const { $schema: _, expectations: __, sandboxAccounts: ___, ...values } = settings;
  const filled: object & Record<string, unknown> = { ...(options as object) };
  for (const [name, value] of Object.entries(values)) {
    const source = command.getOptionValueSource(name);
    if (source === undefined || source === "default") filled[name] = value;
  }
  return filled as T;
}

/**
 * Reads and checks a configuration file.
 *
 * @throws CliError naming the file, the place in it and what was expected there
 */
export async function loadConfig(file: string): Promise<Config> {
  const { cosmiconfig } = await import("cosmiconfig");
  const loaded = await cosmiconfig("backup-vault-access", { loaders: await decodingLoaders() })
    .load(file)
    .catch((error: unknown) => {
      throw new CliError(`--config ${file}: ${error instanceof Error ? error.message : String(error)}`);
    });
  return checked(file, loaded?.config ?? {});
}

/** The configuration file of this folder or of one above it, as cosmiconfig finds it; null where there is none. */
export async function findConfig(): Promise<Config | null> {
  const { cosmiconfig } = await import("cosmiconfig");
  const found = await cosmiconfig("backup-vault-access", {
    searchStrategy: "project",
    loaders: await decodingLoaders(),
  })
    .search()
    .catch((error: unknown) => {
      throw new CliError(`the configuration file: ${error instanceof Error ? error.message : String(error)}`);
    });
  return found === null || found.isEmpty === true ? null : checked(found.filepath, found.config);
}

/** The library reads every file as UTF-8, and takes its mark for a part of the text. */
async function decodingLoaders() {
  const { defaultLoaders } = await import("cosmiconfig");
  const decoding =
    (load: (file: string, text: string) => unknown) =>
    async (file: string): Promise<unknown> =>
      load(file, decoded(await readFile(file)));
  const { ".json": json, ".yaml": yaml } = defaultLoaders;
  return { ".json": decoding(json), ".yaml": decoding(yaml), ".yml": decoding(yaml), noExt: decoding(yaml) };
}

function checked(file: string, config: unknown): Config {
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new CliError(`--config ${file}: expected an object of settings`);
  }
  const unknown = Object.keys(config).find((name) => !Object.hasOwn(configSchema.entries, name));
  if (unknown !== undefined) {
    const names = Object.keys(configSchema.entries);
    const meant = nearest(unknown, names);
    const hint = meant === null ? `expected ${names.join(", ")}` : `did you mean ${meant}?`;
    throw new CliError(`--config ${file}: ${unknown}: no such setting; ${hint}`);
  }
  const parsed = v.safeParse(configSchema, config);
  if (parsed.success) return { file, settings: parsed.output };
  const { path, expected } = formatIssue(parsed.issues[0]);
  throw new CliError(`--config ${file}: ${path}: ${expected}`);
}
