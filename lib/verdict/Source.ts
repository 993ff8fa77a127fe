export const sources = ["policies", "simulator", "denial-message", "dry-run"] as const;

/** Where a verdict comes from. */
export type Source = (typeof sources)[number];
