/** Condition keys of our own, for what only the apply of a plan tells: AWS has none that begin so (specification, section 3). */
export const planKeyPrefix = "plan:";

/** In a snapshot's context it says that the vault will have tags which only the apply tells. */
export const openTagsKey = `${planKeyPrefix}backupvaulttags`;
