import type { ContextValue } from "../policy/ContextValue.js";
import type { ChangedPolicy, PlannedKey } from "../question/PlannedKey.js";
import type { ChangedBeside } from "./ChangedBeside.js";
import type { NotKnown } from "./NotKnown.js";

/** The key that a planned vault would be encrypted with. */
export type KeyOfVault =
  /** None is named: alias/aws/backup. */
  | { kind: "default" }
  /** One that is there; `changes` is what the plan makes of it, null where it leaves it alone. */
  | { kind: "existing"; arn: string; changes: PlannedKey | null }
  /** One that the plan makes, or one of which only the apply tells which it is. */
  | { kind: "planned"; planned: PlannedKey };

/** Where something stands in the file: the way to it, as `["Resources", "Vault"]`. */
export type PlanPath = readonly (string | number)[];

/** A vault that a plan creates. */
export interface PlannedVault {
  /** As the tool names it: `module.backup.aws_backup_vault.main`, a logical id. */
  address: string;
  name: string | NotKnown;
  /** Null: the plan does not say. */
  region: string | NotKnown | null;
  tags: Readonly<Record<string, string>>;
  /** Not all tags, or not all their values, are known before the apply. */
  hasUnknownTags: boolean;
  key: KeyOfVault;
  /** Condition keys that the tool's own way of calling AWS sets. */
  context: Readonly<Record<string, ContextValue>>;
  /** Condition keys of the session with which `role` makes the call; left out: nothing is known of it. */
  session?: Readonly<Record<string, ContextValue>>;
  /** The role that makes the call; null where whoever runs the tool does. */
  role: string | NotKnown | null;
  /** The profile whose credentials the tool takes, NotKnown where they are others; null or left out: those of whoever runs it. */
  profile?: string | NotKnown | null;
  /** Who the tool called as when the plan was made; null or left out: the plan does not tell. */
  plannedAs?: string | null;
  /** What may tell of another role that makes the call, and its ARN; null or left out: nothing. */
  perhapsAs?: { name: string; roleArn: string | null } | null;
  /** What narrows that role's session, and is not looked into; null or left out: nothing. */
  narrowed?: string | null;
  /** What may decide and is not looked into, as a change of its key's grants; each a sentence. */
  unsettled?: readonly string[];
  /** Managed policies that the plan changes, whoever has them. */
  changedPolicies?: readonly ChangedPolicy[];
  /** What was taken for granted, each a sentence. */
  assumptions: readonly string[];
  /** The file, as it was named, and where in it the vault and its key's policy stand. */
  file: string;
  /** The plan that was given, where the vault stands in the file of a nested stack. */
  plan?: string;
  /** What was given for the template's parameters, as it was given, without secrets; left out: nothing. */
  parameters?: readonly string[];
  /** The file of the key, where that is another. */
  keyFile?: string;
  path: PlanPath;
  keyPath: PlanPath | null;
  /** The way to the key policy's document, where the file holds it as a document and not as text. */
  keyPolicyPath: PlanPath | null;
}

/** What a plan says of vaults. */
export interface ReadPlan {
  vaults: readonly PlannedVault[];
  /** What is in it and not judged, each a sentence. */
  passedOver: readonly string[];
  /** What may make more vaults, and was not looked into, each a sentence. */
  notLookedInto: readonly string[];
  changes: readonly ChangedBeside[];
}
