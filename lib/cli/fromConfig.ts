import type { Command } from "commander";
import * as v from "valibot";
import { contextValueSchema } from "../snapshot/snapshotSchema.js";
import { CliError } from "./CliError.js";

const settings = ["vault", "key", "region", "profile", "principal", "timeout", "context"] as const;

const context = v.record(v.string(), contextValueSchema);

/** Fills in what a configuration file says where the command line says nothing; read only where `--config` names it. */
export async function withConfig<T extends object>(command: Command, options: T & { config?: string }): Promise<T> {
  if (options.config === undefined) return options;
  const { cosmiconfig } = await import("cosmiconfig");
  const loaded = await cosmiconfig("backup-vault-access")
    .load(options.config)
    .catch((error: unknown) => {
      throw new CliError(`--config ${options.config}: ${error instanceof Error ? error.message : String(error)}`);
    });
  const config: unknown = loaded?.config ?? {};
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new CliError(`--config ${options.config}: expected an object of settings`);
  }
  const filled: Record<string, unknown> = { ...options };
  for (const [name, value] of Object.entries(config)) {
    if (!settings.some((known) => known === name)) {
      throw new CliError(`--config ${options.config}: ${name}: no such setting; expected ${settings.join(", ")}`);
    }
    const expected = expectation(name, value);
    if (expected !== null) throw new CliError(`--config ${options.config}: ${name}: expected ${expected}`);
    const source = command.getOptionValueSource(name);
    if (source === undefined || source === "default") filled[name] = value;
  }
  return filled as T;
}

/** What a setting should have been; null where it is right. */
function expectation(name: string, value: unknown): string | null {
  if (name === "timeout") return typeof value === "number" && value > 0 ? null : "a number of seconds above 0";
  if (name === "context") return v.is(context, value) ? null : "an object of condition keys";
  return typeof value === "string" ? null : "text";
}
