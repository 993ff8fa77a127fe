import type { Session } from "./Session.js";
import type { TokenIssuer } from "./tokenIssuer.js";
import type { TrailRecord } from "./trail/TrailRecord.js";
import type { World } from "./World.js";

/** What lives between two requests. */
export interface EmulatorState {
  world: World;
  /** By access key id. */
  sessions: Map<string, Session>;
  /** Which of the seven actions a CreateBackupVault needs. */
  enforced: ReadonlySet<string>;
  /** When and where each role, by its unique id, last made a request. */
  lastUsed: Map<string, { at: Date; region: string }>;
  /** Ids of the tasks that deleted service-linked roles. */
  deletionTasks: Set<string>;
  /** Signs tokens for identity providers; made when it is first asked for. */
  tokenIssuer: () => TokenIssuer;
  /** What CloudTrail recorded, oldest first, and when (epoch milliseconds). */
  trail: { record: TrailRecord; at: number }[];
  /** How long after a call LookupEvents tells of it, in milliseconds. */
  trailDelay: number;
}
