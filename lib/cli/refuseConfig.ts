import { CliError } from "./CliError.js";

/** Only `check` and `snapshot` have settings; elsewhere a configuration file would go unread without a word. */
export function refuseConfig({ config }: { config?: string }): void {
  if (config !== undefined) throw new CliError(`--config ${config}: only check and snapshot read a configuration file`);
}
