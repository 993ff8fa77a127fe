import type { RequiredAction } from "../../lib/facts/actions.js";
import type { Layer } from "../../lib/facts/layers.js";
import type { PolicyStatement } from "../../lib/policy/PolicyDocument.js";

/** One way to be refused a vault in a real account, or to be given it. */
export interface SandboxJourney {
  title: string;
  /** What the role's policy leaves out of the seven actions. */
  without?: RequiredAction;
  /** A Deny in the role's policy. */
  denied?: RequiredAction;
  /** What a permissions boundary leaves out. */
  boundaryWithout?: RequiredAction;
  /** What the session's policy leaves out. */
  sessionWithout?: RequiredAction;
  /** The key policy's statements beside the administrator's; left out: the account's policies decide. */
  keyStatements?: (roleArn: string) => PolicyStatement[];
  isKeyDisabled?: boolean;
  /** With the AWS managed key instead of one of ours. */
  isDefaultKey?: boolean;
  /** The layer that must block, "created", or "open" where only AWS knows whether it enforces the action at creation. */
  expected: Layer | "created" | "open";
}
