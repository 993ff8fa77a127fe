import { type Command, Option } from "commander";
import type { CliIo } from "./CliIo.js";
import { checkedFormat } from "./formats.js";
import { type LeastPolicyFlags, leastPoliciesFor, placeholder } from "./leastPoliciesFor.js";
import { liveReader } from "./liveOptions.js";
import type { OutputOptions } from "./OutputOptions.js";
import { type PolicyForm, type PolicyKind, policiesAs, policyForms, policyKinds } from "./policiesAs.js";
import { refuseConfig } from "./refuseConfig.js";
import { roleWithPath } from "./roleWithPath.js";
import { say, tellText } from "./tell.js";
import { whoCalls } from "./whoCalls.js";
import { withHelp } from "./withHelp.js";

interface PolicyFlags extends LeastPolicyFlags {
  profile?: string;
  caller?: boolean;
  only?: PolicyKind;
  as?: PolicyForm;
}

/** `policy`: the least policies that a creator, a key and this tool need. */
export function policyCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  const command = program
    .command("policy")
    .description("print the least policies that a vault's creator, its key and this tool need")
    .option("--vault <name>", "the vault's name; left out: any", "*")
    .option("--key <arn>", "the key's ARN; left out: any key of the account and Region")
    .option("--account <id>", `the account; left out: the principal's, the key's, or ${placeholder.account}`)
    .option("--region <region>", `the Region; left out: the key's, the environment's, or ${placeholder.region}`)
    .option("--partition <partition>", "the partition; left out: the principal's, the key's, or aws")
    .option("--principal <arn>", "who creates the vault: an IAM user's or role's ARN")
    .option("--caller", "ask AWS who calls, for account and principal")
    .option("--profile <name>", "with --caller: as whom to ask")
    .addOption(new Option("--only <whose>", "one of the three").choices(policyKinds))
    .addOption(new Option("--as <form>", "for which tool").choices(policyForms));
  withHelp(command, [
    "backup-vault-access policy --caller --vault prod-vault",
    "backup-vault-access policy --vault prod-vault --account 111122223333 --region eu-west-1 --only creator",
    "backup-vault-access policy --only reader --as terraform > reader.tf",
  ]).action(async (_own: PolicyFlags, policy: Command) => {
    const options = policy.optsWithGlobals<OutputOptions & PolicyFlags>();
    refuseConfig(options);
    const format = checkedFormat(options.format, ["text", "json"]);
    const policies = leastPoliciesFor(await withCaller(options, io), io.env);
    const form = options.as ?? (format === "json" ? "json" : null);
    await tellText(policiesAs(policies, options.only ?? null, form), options, io);
    end(0);
  });
}

/** The account and the principal of whoever calls, where AWS is to be asked. */
async function withCaller(flags: PolicyFlags & { quiet?: boolean }, io: CliIo): Promise<PolicyFlags> {
  if (flags.caller !== true) return flags;
  const { region, options } = await liveReader({ ...flags, context: {} }, io);
  const { accountId, partition, principalArn, isPathKnown } = await whoCalls("--caller", region, options);
  const isAsked = flags.principal === undefined && !isPathKnown && (flags.only ?? "key") === "key";
  const told = isAsked ? await roleWithPath(principalArn, region, options) : principalArn;
  if (told === null) {
    const where = "name the role as it is with --principal, should it have a path";
    say(
      io,
      flags.quiet,
      `--caller: IAM does not tell the path of ${principalArn}, and KMS takes no other ARN; ${where}`,
    );
  }
  return {
    ...flags,
    account: flags.account ?? accountId,
    partition: flags.partition ?? partition,
    principal: flags.principal ?? told ?? principalArn,
    ...(region !== undefined && { region }),
  };
}
