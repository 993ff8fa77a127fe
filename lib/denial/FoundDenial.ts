import type { Denial } from "../snapshot/Snapshot.js";
import type { DenialReading } from "./DenialReading.js";
import type { OtherFailure } from "./otherFailureOf.js";

/** One refusal in a text, with what the text tells of it; null where it does not. */
export interface FoundDenial {
  /** As a snapshot holds it: AWS's own words, without what tools put around them and where they broke lines. */
  denial: Denial;
  reading: DenialReading;
  /** The API operation that was refused, as "CreateBackupVault" or "PutObject". */
  operation: string | null;
  /**
   * Whether it is of the creation of a backup vault: "yes" by its words or the tool's, "no" where another operation was
   * refused, "open" where nothing tells.
   */
  ofVaultCreation: "yes" | "no" | "open";
  /** Who was refused, as AWS names it: an ARN. */
  principalArn: string | null;
  /** Who was refused where CloudTrail's table has no ARN: a user's name, or a role session's. */
  userName?: string;
  accountId: string | null;
  region: string | null;
  backupVaultName: string | null;
  encryptionKeyArn: string | null;
  /** Of a record of CloudTrail's or of a stack set's instance: CloudTrail's id of it, or that it tells none. */
  record?: { eventId: string | null };
  /** What the text tells of the same call later on: it was refused in other words, or the vault was made. */
  since?: "refused" | "made";
  /** Such a record without AWS's words, as a table of events has them. */
  wordless?: { eventId: string | null };
}

/** What a pasted text holds. */
export interface FoundDenials {
  /** Every refusal, in the text's order, each once; the first 100. */
  denials: FoundDenial[];
  /** The first failure in it that is no refusal; null where there is none. */
  otherFailure: OtherFailure | null;
  /** How many characters were left out at the beginning of a text that is too long. */
  unread: number;
}
