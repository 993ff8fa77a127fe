/** The tag that every vault of `withBackupVault` carries; its value is when it was made, as ISO 8601. */
export const vaultTag = "backup-vault-access:made-by-a-test-at";

/** What the names of such vaults begin with. */
export const defaultNamePrefix = "vault-access-test-";
