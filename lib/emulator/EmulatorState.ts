import type { Session } from "./Session.js";
import type { World } from "./World.js";

/** What lives between two requests. */
export interface EmulatorState {
  world: World;
  /** By access key id. */
  sessions: Map<string, Session>;
  /** Which of the seven actions a CreateBackupVault needs. */
  enforced: ReadonlySet<string>;
}
