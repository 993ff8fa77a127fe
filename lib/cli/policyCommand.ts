import type { Command } from "commander";
import { leastReaderPolicy } from "../evidence/leastReaderPolicy.js";
import { parseArn, parsePrincipalArn } from "../facts/arn.js";
import {
  accountId as accountIdForm,
  keyArn,
  partition as partitionForm,
  region as regionForm,
  vaultName,
} from "../facts/names.js";
import { leastCreatorPolicy, leastKeyStatement } from "../question/leastPolicies.js";
import { inertJson } from "../report/inertJson.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { checkedFormat } from "./formats.js";
import type { OutputOptions } from "./OutputOptions.js";
import { refuseConfig } from "./refuseConfig.js";
import { tellText } from "./tell.js";

interface PolicyFlags {
  vault: string;
  key?: string;
  account?: string;
  region?: string;
  partition?: string;
  principal?: string;
}

const example = { account: "444455556666", region: "us-west-2", partition: "aws" };

/** `policy`: the least policies that a creator, a key and this tool need. */
export function policyCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  program
    .command("policy")
    .description("print the least policies that a vault's creator, its key and this tool need")
    .option("--vault <name>", "the vault's name", "*")
    .option("--key <arn>", "the key's ARN; left out: any key of the account and Region")
    .option("--account <id>", `the account; left out: the principal's, the key's, or ${example.account}`)
    .option("--region <region>", `the Region; left out: the key's, or ${example.region}`)
    .option("--partition <partition>", `the partition; left out: the principal's, the key's, or ${example.partition}`)
    .option("--principal <arn>", "who creates the vault: an IAM user's or role's ARN")
    .action(async (_own: PolicyFlags, command: Command) => {
      const options = command.optsWithGlobals<OutputOptions & PolicyFlags>();
      refuseConfig(options);
      const format = checkedFormat(options.format, ["text", "json"]);
      const { partition, region, accountId, keyArn, principalArn } = placeOf(options);
      const policies = {
        creator: leastCreatorPolicy({ partition, region, accountId, backupVaultName: options.vault, keyArn }),
        key: leastKeyStatement({ principalArn, region }),
        reader: leastReaderPolicy({ partition, accountId, keyArn }),
      };
      const json = (value: object) => inertJson(value, 2);
      const text =
        format === "json"
          ? `${json(policies)}\n`
          : `Who creates the vault: identity policy\n${json(policies.creator)}\n\nThe key: statement of its key policy\n${json(policies.key)}\n\nWho reads the evidence: identity policy\n${json(policies.reader)}\n`;
      await tellText(text, options, io);
      end(0);
    });
}

/** Where the vault would be made, by whom, with which key: what is not given follows from what is. */
function placeOf(flags: PolicyFlags) {
  const { vault, key, principal } = flags;
  if (vault !== "*") expectFit("--vault", vault, isForm(vaultName), "2 to 50 letters, digits, hyphens or underscores");
  expectFit("--account", flags.account, isForm(accountIdForm), "12 digits");
  expectFit("--region", flags.region, isForm(regionForm), "a Region, as eu-west-1");
  expectFit("--partition", flags.partition, isForm(partitionForm), "a partition, as aws, aws-cn or aws-us-gov");
  // Policies know keys by their own ARN only: an alias in Resource matches no request.
  expectFit(
    "--key",
    key,
    (arn) => isForm(keyArn)(arn) && parseArn(arn)?.resource.startsWith("key/") === true,
    "the ARN of a KMS key, no alias, as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  );
  expectFit(
    "--principal",
    principal,
    (arn) => ["user", "role"].includes(parsePrincipalArn(arn)?.kind ?? ""),
    "the ARN of an IAM user or role, as arn:aws:iam::111122223333:role/Deployer",
  );
  const own = parseArn(key ?? "");
  const who = parseArn(principal ?? "");
  const partition = flags.partition ?? who?.partition ?? own?.partition ?? example.partition;
  const region = flags.region ?? own?.region ?? example.region;
  const accountId = flags.account ?? who?.accountId ?? own?.accountId ?? example.account;
  expectSame("--principal", principal, "account", who?.accountId, accountId);
  expectSame("--principal", principal, "partition", who?.partition, partition);
  expectSame("--key", key, "Region", own?.region, region);
  expectSame("--key", key, "partition", own?.partition, partition);
  return {
    partition,
    region,
    accountId,
    keyArn: key ?? `arn:${partition}:kms:${region}:${accountId}:key/*`,
    principalArn: principal ?? `arn:${partition}:iam::${accountId}:role/VaultCreator`,
  };
}

const isForm = (form: RegExp) => (value: string) => form.test(value);

function expectFit(flag: string, value: string | undefined, fits: (value: string) => boolean, expected: string): void {
  if (value !== undefined && !fits(value)) throw new CliError(`${flag} ${value}: expected ${expected}`);
}

function expectSame(
  flag: string,
  value: string | undefined,
  what: string,
  own: string | undefined,
  wanted: string,
): void {
  if (own !== undefined && own !== wanted) {
    throw new CliError(`${flag} ${value}: expected the vault's own ${what}, ${wanted}`);
  }
}
