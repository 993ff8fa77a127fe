/** Points at one statement of one policy; `index` counts from 0. A grant is `{ policy: "grant/ID", index: 0 }`. */
export interface StatementRef {
  policy: string;
  sid: string | null;
  index: number;
  effect: "Allow" | "Deny";
}

const grantPrefix = "grant/";

/** What stands for the policy where a grant stands among a key policy's statements: "grant/ID". */
export function grantPolicy(grantId: string): string {
  return `${grantPrefix}${grantId}`;
}

/** The grant's id; null where it is a policy's name. */
export function grantIdIn(policy: string): string | null {
  return policy.startsWith(grantPrefix) ? policy.slice(grantPrefix.length) : null;
}
