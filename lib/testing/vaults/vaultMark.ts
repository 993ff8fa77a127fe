/** The tag that every vault of `withBackupVault` carries; its value is when it was made, as ISO 8601. */
export const vaultTag = "backup-vault-access:made-by-a-test-at";

/** What the names of such vaults begin with. */
export const defaultNamePrefix = "vault-access-test-";

/** What the request ids of such vaults begin with: it tells them also where no tag does. */
export const requestMark = "vault-access-";

/** Whether it is such an id, with a UUID behind the mark: nobody else's by chance. */
export function isOurRequest(id: string): boolean {
  return id.startsWith(requestMark) && id.length === requestMark.length + 36;
}
