import { startEmulator } from "../../lib/emulator/index.js";
import { createVault } from "./createVault.js";
import { environmentOf, evidenceCredentials, inEnvironment } from "./inEnvironment.js";
import { demonstrationWorlds, keyArn, vaultName } from "./worlds.js";

/** Creates a vault in every world of the demonstration, each served by an emulator of its own, and tells what a user sees. */
export async function demonstrate(tell: (text: string) => void, color: boolean): Promise<void> {
  for (const [index, { title, world }] of demonstrationWorlds.entries()) {
    const emulator = await startEmulator({ world });
    try {
      const seen = await inEnvironment(environmentOf(emulator), () => {
        const credentials = evidenceCredentials();
        return createVault({
          backupVaultName: vaultName,
          encryptionKeyArn: keyArn,
          color,
          ...(credentials !== undefined && { evidenceCredentials: credentials }),
        });
      });
      tell(
        `${index === 0 ? "" : "\n"}=== World ${index + 1} of ${demonstrationWorlds.length}: ${title} ===\n\n${seen}`,
      );
    } finally {
      await emulator.stop();
    }
  }
}
