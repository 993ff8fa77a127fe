import { CliError } from "./CliError.js";

/** Only `check`, `snapshot` and `test` have settings; elsewhere a configuration file would go unread without a word. */
export function refuseConfig({ config }: { config?: string }): void {
  if (config !== undefined)
    throw new CliError(`--config ${config}: only check, snapshot and test read a configuration file`);
}
