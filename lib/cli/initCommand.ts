import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type * as v from "valibot";
import { printable } from "../report/printable.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import type { configSchema } from "./configSchema.js";
import type { OutputOptions } from "./OutputOptions.js";
import { refuseConfig } from "./refuseConfig.js";
import { withHelp } from "./withHelp.js";

const file = ".backup-vault-accessrc.json";

/** To start from: names in capitals are for the reader to fill in, and are refused until then. */
const start: v.InferInput<typeof configSchema> = {
  $schema: "./node_modules/backup-vault-access/config/schemas/configuration.schema.json",
  region: "us-west-2",
  timeout: 60,
  expectations: [
    {
      name: "the deployer may create the production vault",
      principal: "arn:aws:iam::ACCOUNT:role/DEPLOYER",
      vault: "prod-vault",
      expect: "allowed",
    },
    {
      name: "the application may not create vaults",
      principal: "arn:aws:iam::ACCOUNT:role/APPLICATION",
      vault: "prod-vault",
      expect: { blockedBy: "identity-policy" },
    },
  ],
};

/** `init`: writes a configuration file to start from. A file that is there is never written over. */
export function initCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  withHelp(
    program.command("init").description("write a configuration file to start from; one that is there stays as it is"),
    ["backup-vault-access init", "backup-vault-access init --output tests/vaults.json"],
  ).action(async (_own: object, command: Command) => {
    const { output = file, quiet, config } = command.optsWithGlobals<OutputOptions>();
    refuseConfig({ ...(config !== undefined && { config }) });
    try {
      await writeFile(output, `${JSON.stringify(start, null, 2)}\n`, { flag: "wx" });
    } catch (error) {
      const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
      throw new CliError(
        isThere
          ? `${output} is there already, and stays as it is; name another one with --output FILE`
          : `${output}: could not be written (${error instanceof Error ? error.message : String(error)})`,
      );
    }
    if (quiet !== true) {
      io.stdout(
        `${printable(output)} was written. Fill in ACCOUNT and the roles' names, then run: backup-vault-access test\n`,
      );
    }
    end(0);
  });
}
