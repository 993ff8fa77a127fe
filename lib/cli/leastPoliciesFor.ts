import { leastReaderPolicy } from "../evidence/leastReaderPolicy.js";
import { anyKeyArn, parseArn, parsePrincipalArn } from "../facts/arn.js";
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
import type { PolicyKind } from "./policiesAs.js";

/** Of what vault, key and creator; what is left out follows from the rest, or stays to be filled in. */
export interface LeastPolicyFlags {
  /** "*": any. */
  vault: string;
  key?: string;
  account?: string;
  region?: string;
  partition?: string;
  principal?: string;
}

/** For the reader to fill in: no account, Region or role is called so, and AWS refuses what still has them. */
export const placeholder = { account: "ACCOUNT_ID", region: "REGION", role: "ROLE_NAME" };

/**
 * The least policies of a vault's creator, its key and whoever reads the evidence.
 *
 * @throws CliError where an option is not in its form, or two contradict each other
 */
export function leastPoliciesFor(flags: LeastPolicyFlags, env: CliIo["env"]): Record<PolicyKind, object> {
  const { partition, region, accountId, keyArn, principalArn } = placeOf(flags, env);
  return {
    creator: leastCreatorPolicy({ partition, region, accountId, backupVaultName: flags.vault, keyArn }),
    key: leastKeyStatement({ principalArn, region }),
    reader: leastReaderPolicy({ partition, accountId, keyArn }),
  };
}

/** Where the vault would be made, by whom, with which key: what is not given follows from what is. */
function placeOf(flags: LeastPolicyFlags, env: CliIo["env"]) {
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
    keyArn: key ?? anyKeyArn({ partition, region, accountId }),
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
