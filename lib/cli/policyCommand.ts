import { type Command, Option } from "commander";
import { leastReaderPolicy } from "../evidence/leastReaderPolicy.js";
import { parseArn, parsePrincipalArn } from "../facts/arn.js";
import {
  accountId as accountForm,
  keyArn as keyForm,
  partition as partitionForm,
  region as regionForm,
  vaultName,
} from "../facts/names.js";
import { leastCreatorPolicy, leastKeyStatement } from "../question/leastPolicies.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { checkedFormat } from "./formats.js";
import { liveReader } from "./liveOptions.js";
import type { OutputOptions } from "./OutputOptions.js";
import { type PolicyForm, type PolicyKind, policiesAs, policyForms, policyKinds } from "./policiesAs.js";
import { refuseConfig } from "./refuseConfig.js";
import { tellText } from "./tell.js";
import { withHelp } from "./withHelp.js";

interface PolicyFlags {
  vault: string;
  key?: string;
  account?: string;
  region?: string;
  partition?: string;
  principal?: string;
  profile?: string;
  caller?: boolean;
  only?: PolicyKind;
  as?: PolicyForm;
}

/** For the reader to fill in: no account, Region or role is called so, and AWS refuses what still has them. */
const placeholder = { account: "ACCOUNT_ID", region: "REGION", role: "ROLE_NAME" };

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
    const { partition, region, accountId, keyArn, principalArn } = placeOf(await withCaller(options, io), io);
    const policies = {
      creator: leastCreatorPolicy({ partition, region, accountId, backupVaultName: options.vault, keyArn }),
      key: leastKeyStatement({ principalArn, region }),
      reader: leastReaderPolicy({ partition, accountId, keyArn }),
    };
    const form = options.as ?? (format === "json" ? "json" : null);
    await tellText(policiesAs(policies, options.only ?? null, form), options, io);
    end(0);
  });
}

/** The account and the principal of whoever calls, where AWS is to be asked. */
async function withCaller(flags: PolicyFlags, io: CliIo): Promise<PolicyFlags> {
  if (flags.caller !== true) return flags;
  const { region, options } = await liveReader({ ...flags, context: {} }, io);
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const sts = new STSClient({
    ...(region !== undefined && { region }),
    ...(options.credentials !== undefined && { credentials: options.credentials }),
  });
  try {
    const { Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
    const caller = parsePrincipalArn(Arn);
    if (caller === null) throw new Error(`it answered ${Arn}`);
    const { partition, accountId, kind, name } = caller;
    const own = kind === "role-session" ? `arn:${partition}:iam::${accountId}:role/${name}` : Arn;
    return {
      ...flags,
      account: flags.account ?? accountId,
      partition: flags.partition ?? partition,
      principal: flags.principal ?? own,
      ...(region !== undefined && { region }),
    };
  } catch (error) {
    throw new CliError(
      `--caller: AWS does not tell who calls (${error instanceof Error ? error.message : String(error)})`,
      4,
    );
  } finally {
    sts.destroy();
  }
}

/** Where the vault would be made, by whom, with which key: what is not given follows from what is. */
function placeOf(flags: PolicyFlags, { env }: CliIo) {
  const { vault, key, principal } = flags;
  if (vault !== "*") expectFit("--vault", vault, isForm(vaultName), "2 to 50 letters, digits, hyphens or underscores");
  expectFit("--account", flags.account, isForm(accountForm), "12 digits");
  expectFit("--region", flags.region, isForm(regionForm), "a Region, as eu-west-1");
  expectFit("--partition", flags.partition, isForm(partitionForm), "a partition, as aws, aws-cn or aws-us-gov");
  // Policies know keys by their own ARN only: an alias in Resource matches no request.
  expectFit(
    "--key",
    key,
    (arn) => keyForm.test(arn) && parseArn(arn)?.resource.startsWith("key/") === true,
    "the ARN of a KMS key, no alias, as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  );
  expectFit(
    "--principal",
    principal,
    (arn) => ["user", "role"].includes(parsePrincipalArn(arn)?.kind ?? ""),
    "the ARN of an IAM user or role, as arn:aws:iam::111122223333:role/Deployer",
  );
  const [ofKey, ofPrincipal] = [parseArn(key ?? ""), parseArn(principal ?? "")];
  const partition = flags.partition ?? ofPrincipal?.partition ?? ofKey?.partition ?? "aws";
  const environments = [env.AWS_REGION, env.AWS_DEFAULT_REGION].find((name) => name && regionForm.test(name));
  const region = flags.region ?? ofKey?.region ?? environments ?? placeholder.region;
  const accountId = flags.account ?? ofPrincipal?.accountId ?? ofKey?.accountId ?? placeholder.account;
  expectSame("--principal", principal, "account", ofPrincipal?.accountId, accountId);
  expectSame("--principal", principal, "partition", ofPrincipal?.partition, partition);
  expectSame("--key", key, "Region", ofKey?.region, region);
  expectSame("--key", key, "partition", ofKey?.partition, partition);
  return {
    partition,
    region,
    accountId,
    keyArn: key ?? `arn:${partition}:kms:${region}:${accountId}:key/*`,
    principalArn: principal ?? `arn:${partition}:iam::${accountId}:role/${placeholder.role}`,
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
