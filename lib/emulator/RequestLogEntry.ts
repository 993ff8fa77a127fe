import type { ServiceName } from "./Call.js";
import type { LoggedDecision } from "./LoggedDecision.js";

/** One request that the emulator answered, without its credentials. */
export interface RequestLogEntry {
  /** Counts from 0, in the order of arrival. */
  index: number;
  service: ServiceName | null;
  /** As "CreateBackupVault"; "" where it could not be told. */
  operation: string;
  accessKeyId: string | null;
  /** The caller as sts:GetCallerIdentity would answer; null where it was not recognised. */
  callerArn: string | null;
  /** The IAM user or role behind it. */
  principalArn: string | null;
  /**
   * How many requests, this one included, were under way when it arrived: above 1, they ran side by side. Answers are
   * quick; a `delay` fault makes it seen.
   */
  inFlight: number;
  startedAt: Date;
  /** Null while it is under way, and for ever where the connection was reset. */
  status: number | null;
  /** As "AccessDeniedException"; null where it succeeded. */
  errorCode: string | null;
  /** What the policies said to each action that the request needs, until one is refused. */
  decisions: LoggedDecision[];
  /**
   * The operation's input as it was read, without plaintexts, ciphertexts and tokens; of an unsigned call that was not let
   * in, only whom it names. Of more than 65,536 letters, members for which there is no room are told by their length.
   */
  input: Readonly<Record<string, unknown>>;
}
