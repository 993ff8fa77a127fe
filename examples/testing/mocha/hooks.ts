import { backupVaultAccess, emulatorRootHooks } from "backup-vault-access/testing";
import { use } from "chai";
import { world } from "../world.js";

use(backupVaultAccess());

/** One emulator for all files, a fresh world for each test. */
export const { mochaHooks, emulator } = emulatorRootHooks({ world });
