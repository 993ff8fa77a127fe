import type { Command } from "commander";
import { leastReaderPolicy } from "../evidence/requiredReads.js";
import { leastCreatorPolicy, leastKeyStatement } from "../request/leastPolicies.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { checkedFormat } from "./formats.js";
import type { OutputOptions } from "./OutputOptions.js";
import { refuseConfig } from "./refuseConfig.js";
import { tellText } from "./tell.js";

interface PolicyFlags {
  vault: string;
  key?: string;
  account: string;
  region: string;
  partition: string;
  principal?: string;
}

/** `policy`: the least policies that a creator, a key and this tool need. */
export function policyCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  program
    .command("policy")
    .description("print the least policies that a vault's creator, its key and this tool need")
    .option("--vault <name>", "the vault's name", "*")
    .option("--key <arn>", "the key's ARN; left out: any key of the account and Region")
    .option("--account <id>", "the account", "444455556666")
    .option("--region <region>", "the Region", "us-west-2")
    .option("--partition <partition>", "the partition", "aws")
    .option("--principal <arn>", "who creates the vault")
    .action(async (_own: PolicyFlags, command: Command) => {
      const options = command.optsWithGlobals<OutputOptions & PolicyFlags>();
      refuseConfig(options);
      if (!/^\d{12}$/.test(options.account)) throw new CliError(`--account ${options.account}: expected 12 digits`);
      const { partition, account: accountId, region, vault: backupVaultName } = options;
      const keyArn = options.key ?? `arn:${partition}:kms:${region}:${accountId}:key/*`;
      const principalArn = options.principal ?? `arn:${partition}:iam::${accountId}:role/VaultCreator`;
      const policies = {
        creator: leastCreatorPolicy({ partition, region, accountId, backupVaultName, keyArn }),
        key: leastKeyStatement({ principalArn, region }),
        reader: leastReaderPolicy({ partition, accountId, keyArn }),
      };
      const json = (value: object) => JSON.stringify(value, null, 2);
      const text =
        checkedFormat(options.format, ["text", "json"]) === "json"
          ? `${json(policies)}\n`
          : `Who creates the vault: identity policy\n${json(policies.creator)}\n\nThe key: statement of its key policy\n${json(policies.key)}\n\nWho reads the evidence: identity policy\n${json(policies.reader)}\n`;
      await tellText(text, options, io);
      end(0);
    });
}
