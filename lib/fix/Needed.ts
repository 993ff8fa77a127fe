/** What a vault needs of a Deny that is to spare it. */
export interface Needed {
  actions: readonly string[];
  region: string;
  vaultArn: string;
  /** Null where it is not known, or in the key's own policy, which is about no other. */
  keyArn: string | null;
}
