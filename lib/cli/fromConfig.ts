import type { Command } from "commander";
import { CliError } from "./CliError.js";

const settings = ["vault", "key", "region", "profile", "principal", "timeout", "context"] as const;

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
    const isWrong = name === "timeout" ? typeof value !== "number" : name !== "context" && typeof value !== "string";
    if (isWrong)
      throw new CliError(
        `--config ${options.config}: ${name}: expected ${name === "timeout" ? "a number of seconds" : "text"}`,
      );
    const source = command.getOptionValueSource(name);
    if (source === undefined || source === "default") filled[name] = value;
  }
  return filled as T;
}
