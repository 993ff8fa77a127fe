/** What is known before the suite may touch an account. */
interface Asking {
  env: Record<string, string | undefined>;
  /** The configuration's allow list; undefined where there is no configuration, or none in it. */
  sandboxAccounts: readonly string[] | undefined;
}

const configuration = '"sandboxAccounts" of the configuration file (.backup-vault-accessrc.json)';

/**
 * Why the suite may not run; null where it may, as far as the account is not known yet. It makes roles, policies and keys, so
 * it wants to be asked by name, thrice: a variable, a profile and an allow list.
 */
export function whyNoSandbox({ env, sandboxAccounts }: Asking): string | null {
  if (env.BACKUP_VAULT_ACCESS_LIVE !== "1") {
    return "test:live makes roles, policies, keys and vaults in a real account: set BACKUP_VAULT_ACCESS_LIVE=1 to let it";
  }
  if (!env.AWS_PROFILE) return "AWS_PROFILE names no profile: test:live runs only as one that is named";
  if (sandboxAccounts === undefined || sandboxAccounts.length === 0) {
    return `${configuration} lists no account: test:live runs only in accounts that stand there`;
  }
  return null;
}

/** Why the suite may not run in the account that the profile turned out to be of; null where it may. */
export function whyNotInAccount(accountId: string, sandboxAccounts: readonly string[]): string | null {
  if (sandboxAccounts.includes(accountId)) return null;
  return `the profile is of account ${accountId}, which ${configuration} does not list`;
}
