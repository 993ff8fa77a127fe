import type { Key } from "../snapshot/Snapshot.js";

/** A key as a plan will leave it. */
export type PlannedKey =
  /** It will be made; its ARN is not known yet. Region and account: null where they are the vault's. */
  | {
      status: "new";
      address: string;
      region: string | null;
      accountId: string | null;
      /** KMS takes its policy only where that lets whoever makes the key change it again. */
      isGuarded: boolean;
      parts: Omit<Key, "arn" | "accountId" | "organization">;
    }
  /** It is there, and will have another policy, other tags or aliases, or be enabled or disabled (null: only the apply tells). */
  | ({ status: "changed"; address: string; isGuarded?: boolean; state?: "Enabled" | "Disabled" | null } & Partial<
      Pick<Key, "policy" | "tags" | "aliases">
    >)
  /** Which key it is, only the apply tells. */
  | { status: "unknown"; because: string };

/** A managed policy that is there, and what of the plan changes or deletes it. */
export interface ChangedPolicy {
  arn: string;
  address: string;
}

/** What is known only after the apply, besides what the request says. */
export interface PlannedParts {
  key?: PlannedKey;
  /** The vault's name is not known. */
  isNameUnknown?: boolean;
  /** Managed policies whose documents are others then. */
  changedPolicies?: readonly ChangedPolicy[];
}
