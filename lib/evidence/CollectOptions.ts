import type { ClientSettings } from "../aws/ClientSettings.js";
import type { Clock } from "../aws/Clock.js";
import type { EvidenceMemory } from "../aws/EvidenceMemory.js";
import type { ContextValue } from "../policy/ContextValue.js";
import type { PlannedParts } from "../question/PlannedKey.js";
import type { Denial } from "../snapshot/Snapshot.js";

/** How CloudTrail is looked into: it tells of a call some minutes later. */
export interface TrailOptions {
  /** How long to look again until an event decides, in milliseconds. Default: 0, look once. */
  wait?: number | undefined;
  /** Told before each further look. */
  onWait?: ((progress: TrailProgress) => void) | undefined;
}

/** How far waiting for CloudTrail has come; times in milliseconds. */
export interface TrailProgress {
  waited: number;
  wait: number;
  /** Events of this caller, key and vault so far. */
  found: number;
}

/** How evidence is collected. */
export interface CollectOptions {
  /** As whom the call was, or would be, made. It is asked who it is, and reads the evidence unless `evidence` is given. */
  caller: ClientSettings;
  /** As whom IAM, KMS and the simulator are read. Default: `caller`. */
  evidence?: ClientSettings;
  /** As whom Organizations is read (a role in the management account). Default: `evidence`. */
  organization?: ClientSettings;
  /** Where given, nothing is asked at all and everything is unreadable for this reason. */
  skip?: string;
  /** Aborts at the deadline or when the caller gives up; what is then still open becomes unreadable evidence. */
  signal: AbortSignal;
  /** The refusal that was seen. Default: null. */
  denial?: Denial | null;
  /** What else is known of the caller's own call. */
  context?: Record<string, ContextValue>;
  /** What of the request only the apply of a plan will tell, and the key as it will be. Default: nothing. */
  planned?: PlannedParts;
  /** "dry-run": also ask KMS itself, as the caller, with DryRun. */
  probe?: "dry-run";
  /** Look into CloudTrail, and for how long. Default: it is not looked into. */
  cloudTrail?: TrailOptions;
  /** Calls in flight at a time. Default: 8. */
  inFlight?: number;
  /** Further tries after a throttled or failed call. Default: the reader's own. */
  retries?: number;
  /** Where several diagnoses of the same readers share what they read. Default: each reads for itself. */
  memory?: EvidenceMemory;
  /** How long one call may take, in milliseconds; what is not answered by then is unreadable. Default: no limit. */
  callLimit?: number;
  /** What calls are timed by. Default: the system's clock. */
  clock?: Clock;
  /** When the snapshot is taken. Default: the system's clock. */
  now?: () => Date;
}
