import type { RequestFacts } from "./authorization/callContext.js";
import type { EmulatorState } from "./EmulatorState.js";
import type { LoggedDecision } from "./LoggedDecision.js";
import type { Session } from "./Session.js";

export const serviceNames = ["backup", "iam", "sts", "kms", "organizations", "cloudtrail", "ec2"] as const;
export type ServiceName = (typeof serviceNames)[number];

/** One request to one operation, whoever makes it. */
export interface Call extends RequestFacts {
  state: EmulatorState;
  session: Session;
  service: ServiceName;
  operation: string;
  input: Input;
  requestId: string;
  /** What the policies said, in the order in which they were asked; the log's own list. */
  decisions: LoggedDecision[];
}

/** The operation's input as the wire protocol read it. */
export type Input = Readonly<Record<string, unknown>>;

/** Answers a call, or throws a ServiceError. */
export type Operation = (call: Call) => Output | undefined;

/** Members of the answer; what is undefined is left out. */
export type Output = Record<string, unknown>;
