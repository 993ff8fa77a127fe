import type { Blocker } from "../../diagnosis/Diagnosis.js";

/** How an assertion takes what cannot be known. */
export interface AssertionOptions {
  /** An inconclusive diagnosis satisfies the assertion. Default: false, it fails and says what is missing. */
  allowInconclusive?: boolean | undefined;
}

/** Which blocker is meant; what is left out is not looked at. */
export interface ExpectedBlocker extends AssertionOptions {
  /** The Sid of the statement that denies. */
  sid?: string | undefined;
  /** The statement's place in its policy, counted from 0. */
  index?: number | undefined;
  /** The policy's name or ARN. */
  policy?: string | undefined;
  /** Service and resource control policies: the id of the root, organizational unit or account. */
  target?: string | undefined;
  /** Denied by a statement, or by silence. */
  effect?: Blocker["effect"] | undefined;
  certainty?: Blocker["certainty"] | undefined;
  /** One of the actions that it stops, as "kms:CreateGrant". */
  action?: string | undefined;
}
