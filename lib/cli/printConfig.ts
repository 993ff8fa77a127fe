import type { Command } from "commander";
import { inertJson } from "../report/inertJson.js";
import { printable } from "../report/printable.js";
import type { CliIo } from "./CliIo.js";
import { type Config, findConfig, loadConfig } from "./fromConfig.js";
import type { OutputOptions } from "./OutputOptions.js";
import { defaultSeconds, sweepSeconds } from "./requestLimits.js";
import { tellText } from "./tell.js";

/** A setting that is in force, and where it comes from. */
interface Setting {
  name: string;
  value: unknown;
  from: string;
}

/** What the environment stands in for, where nothing else says it; the first that is set counts. */
const environment: readonly (readonly [setting: string, variable: string])[] = [
  ["region", "AWS_REGION"],
  ["region", "AWS_DEFAULT_REGION"],
  ["profile", "AWS_PROFILE"],
  ["endpoint", "AWS_ENDPOINT_URL"],
  ["evidenceAccessKeyId", "BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID"],
];

/** Prints the settings in force for a command, and where each comes from; secrets are none of them. */
export async function printConfig(command: Command, io: CliIo): Promise<void> {
  const options = command.optsWithGlobals<OutputOptions & Record<string, unknown>>();
  const settings = await settingsOf(command, options, io);
  const text =
    options.format === "json"
      ? `${inertJson(settings, 2)}\n`
      : settings
          .map(({ name, value, from }) => `${printable(`${name} = ${JSON.stringify(value)}`)}  (${from})\n`)
          .join("");
  await tellText(text, options, io);
}

async function settingsOf(
  command: Command,
  options: { config?: string } & Record<string, unknown>,
  io: CliIo,
): Promise<Setting[]> {
  const config = await configOf(command, options.config);
  const settings = new Map<string, Setting>();
  const set = (name: string, value: unknown, from: string) => settings.set(name, { name, value, from });
  for (const [name, value] of Object.entries(options)) {
    if (name === "printConfig") continue;
    const source = command.getOptionValueSourceWithGlobals(name);
    set(name, value, source === "cli" ? "command line" : "default");
  }
  for (const [name, value] of Object.entries(config?.settings ?? {})) {
    if (settings.get(name)?.from !== "command line") set(name, value, config?.file ?? "");
  }
  if (command.options.some(({ long }) => long === "--timeout") && !settings.has("timeout")) {
    set("timeout", command.name() === "sweep" ? sweepSeconds : defaultSeconds, "default");
  }
  for (const [name, variable] of environment) {
    // A profile that is named for the evidence is taken instead.
    if (name === "evidenceAccessKeyId" && settings.has("evidenceProfile")) continue;
    if (!settings.has(name) && io.env[variable]) set(name, io.env[variable], variable);
  }
  return [...settings.values()].sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** As the command itself would: `test` looks for a file, the others read the one that is named. */
async function configOf(command: Command, file: string | undefined): Promise<Config | null> {
  if (file !== undefined) return loadConfig(file);
  return command.name() === "test" ? findConfig() : null;
}
